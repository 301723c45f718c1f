import { Chip } from '../../../ui/Chip';
import { EmptyState } from '../../../ui/EmptyState';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { IconDoc } from '../shared/icons';
import { Loaded } from '../shared/Loaded';
import { useAnswer } from '../shared/queries';
import type { DocumentSummary } from '../wire';
import { useWords } from '../words';

export const documentTone = { approved: 'brand', changed: 'waiting', draft: 'danger', missing: 'danger' } as const;

export function DocumentsPage() {
  const { w } = useWords();
  const when = useWhen();
  const query = useAnswer(['documents'], (signal) => privacyApi.documents(signal));
  const columns: Column<DocumentSummary>[] = [
    { key: 'name', name: w('documents.name'), cell: (row) => row.title },
    {
      key: 'state',
      name: w('documents.state'),
      cell: (row) => <Chip tone={documentTone[row.state]}>{w(`documents.state_${row.state}`)}</Chip>,
    },
    { key: 'since', name: w('documents.inForce'), tight: true, cell: (row) => (row.in_force ? when.day(row.in_force) : w('shared.none')) },
    { key: 'approver', name: w('documents.approver'), cell: (row) => row.approver ?? w('shared.none') },
    { key: 'notify', name: w('shared.due'), cell: (row) => (row.notify_by ? <ClockChip due={row.notify_by} /> : w('shared.none')) },
  ];
  return (
    <CentrePage title={w('documents.title')} lead={w('documents.lead')}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={IconDoc} title={w('documents.empty')} />
          ) : (
            <Panel flush>
              <DataTable
                label={w('documents.title')}
                columns={columns}
                rows={items}
                keyOf={(row) => row.kind}
                to={(row) => `/privacy/documents/${row.kind}`}
                testId="documents"
              />
            </Panel>
          )
        }
      </Loaded>
    </CentrePage>
  );
}
