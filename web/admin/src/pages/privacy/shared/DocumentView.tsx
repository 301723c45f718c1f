import type { PaperDocument, TextChange } from '../wire';
import { useWords } from '../words';
import classes from './Document.module.css';

type PaperBlock = PaperDocument['blocks'][number];

function BlockView({ block }: { block: PaperBlock }) {
  switch (block.type) {
    case 'heading': {
      const Tag = block.level <= 2 ? 'h3' : block.level === 3 ? 'h4' : 'h5';
      return <Tag>{block.text}</Tag>;
    }
    case 'paragraph':
      return <p data-style={block.style}>{block.text}</p>;
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul';
      return (
        <Tag>
          {block.items.map((item, index) => (
            <li key={index}>{item}</li>
          ))}
        </Tag>
      );
    }
    case 'table':
      return (
        // Scrolled by keyboard too.
        <div className={classes.tableScroll} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.columns.map((column, index) => (
                  <th key={index} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, at) => (
                    <td key={at}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'key_values':
      return (
        <dl>
          {block.items.map(({ key, value }, index) => (
            <div key={index}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
    case 'signature':
      return (
        <p className={classes.signature}>
          <span>{block.role}</span>
          <span className={classes.line} aria-hidden="true" />
          <span>{block.name}</span>
        </p>
      );
    case 'page_break':
      return <hr />;
  }
}

/** The document as a sheet of paper: the same blocks that the PDF is made from. */
export function DocumentView({ document, label }: { document: PaperDocument; label?: string }) {
  return (
    <article className={classes.paper} lang={document.language} aria-label={label ?? document.title} data-testid="document">
      <h2>{document.title}</h2>
      {document.blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </article>
  );
}

/** What differs between two versions, one change after another. */
export function ChangesView({ changes }: { changes: readonly TextChange[] }) {
  const { w } = useWords();
  if (changes.length === 0) return <p className={classes.same}>{w('shared.noChanges')}</p>;
  return (
    <ul className={classes.changes}>
      {changes.map((change, index) => (
        <li key={index}>
          <div className={classes.changeWhere}>
            {w(`shared.change_${change.kind}`)}
            {change.section && ` · ${change.section}`}
          </div>
          {change.before && <del>{change.before}</del>}
          {change.after && <ins>{change.after}</ins>}
        </li>
      ))}
    </ul>
  );
}
