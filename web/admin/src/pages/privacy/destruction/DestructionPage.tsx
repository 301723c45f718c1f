import { Link } from 'react-router';
import { EmptyState } from '../../../ui/EmptyState';
import { IconTrash } from '../../../ui/icons';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Download } from '../shared/Download';
import { LoadedPages } from '../shared/Loaded';
import { usePages } from '../shared/queries';
import { useTerms } from '../shared/terms';
import type { DestructionRow } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

export function DestructionPage() {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  const query = usePages(['destruction'], (cursor, signal) => privacyApi.destructionActs(cursor, signal));
  const columns: Column<DestructionRow>[] = [
    { key: 'number', name: w('destruction.number'), cell: (row) => `№ ${row.number}` },
    { key: 'at', name: w('destruction.at'), tight: true, cell: (row) => when.at(row.at) },
    { key: 'reason', name: w('destruction.reason'), cell: (row) => term('reason', row.reason) },
    {
      key: 'file',
      name: w('people.file'),
      cell: (row) => (
        <Link className={`${classes.inlineLink} ${classes.nowrap}`} to={`/privacy/people/${row.subject}`}>
          {row.subject.slice(-12)}
        </Link>
      ),
    },
    { key: 'kept', name: w('destruction.keptUntil'), tight: true, cell: (row) => when.date(row.expires_at) },
    {
      key: 'files',
      name: w('shared.download'),
      tight: true,
      cell: (row) => (
        <span className={classes.actions}>
          <Download path={`/privacy/destruction/${row.id}/act.pdf`} name={`${row.number}.pdf`} small>
            {w('destruction.act')}
          </Download>
          <Download path={`/privacy/destruction/${row.id}/log.json`} name={`${row.number}.json`} small>
            {w('destruction.log')}
          </Download>
        </span>
      ),
    },
  ];
  return (
    <CentrePage title={w('destruction.title')} lead={w('destruction.lead')}>
      <LoadedPages
        query={query}
        empty={<EmptyState icon={IconTrash} title={w('destruction.empty')} text={w('destruction.emptyText')} />}
      >
        {(rows) => (
          <Panel flush>
            <DataTable label={w('destruction.title')} columns={columns} rows={rows} keyOf={(row) => row.id} testId="acts" />
          </Panel>
        )}
      </LoadedPages>
    </CentrePage>
  );
}
