import { useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useKeys } from '../../../shell/shortcuts';
import classes from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  name: string;
  cell(row: Row): ReactNode;
  /** Narrow and never wrapped: dates, numbers, chips. */
  tight?: boolean;
  /** Words of strangers, which may be longer than the column and have no place to break. */
  free?: boolean;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** Where a row leads; the first column then carries the link, which covers the whole row. */
  to?(row: Row): string;
  testId?: string;
}

/** A table that becomes a list of cards on a phone. J and K walk through rows that lead somewhere. */
export function DataTable<Row>({ label, columns, rows, keyOf, to, testId }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const step = (by: number) => {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[at === -1 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  useKeys(to ? { KeyJ: () => step(1), KeyK: () => step(-1) } : {});
  // The roles stand here because a table laid out as cards loses its own.
  return (
    <table className={classes.table} role="table" aria-label={label} data-testid={testId} data-linked={to ? true : undefined}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col">
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" ref={body}>
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" data-testid="row" data-id={keyOf(row)}>
            {columns.map((column, index) => (
              <td key={column.key} role="cell" data-name={column.name} data-tight={column.tight || undefined} data-free={column.free || undefined}>
                {index === 0 && to ? (
                  <Link to={to(row)} className={classes.rowLink ?? ''} data-row="">
                    {column.cell(row)}
                  </Link>
                ) : (
                  <div>{column.cell(row)}</div>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
