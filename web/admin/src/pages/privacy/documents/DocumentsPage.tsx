import { Chip } from '../../../ui/Chip';
import { EmptyState } from '../../../ui/EmptyState';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { IconDoc } from '../shared/icons';
import { Loaded } from '../shared/Loaded';
import { useAnswer } from '../shared/queries';
import type { InternalDocument } from '../wire';
import { useWords } from '../words';

export const documentTone = { approved: 'brand', changed: 'waiting', missing: 'danger' } as const;

/** One question for the list and the page: documents come together. */
export function useDocuments() {
  const { language } = useWords();
  return useAnswer(['documents', language], (signal) => privacyApi.internalDocuments(signal));
}

export function DocumentsPage() {
  const { w } = useWords();
  const when = useWhen();
  const query = useDocuments();
  const columns: Column<InternalDocument>[] = [
    { key: 'name', name: w('documents.name'), cell: (row) => row.title },
    {
      key: 'state',
      name: w('documents.state'),
      tight: true,
      cell: (row) => <Chip tone={documentTone[row.state]}>{w(`documents.state_${row.state}`)}</Chip>,
    },
    {
      key: 'since',
      name: w('documents.inForce'),
      tight: true,
      cell: ({ versions: [last] }) => (last ? when.date(last.in_force_from) : w('shared.none')),
    },
    { key: 'approver', name: w('documents.approver'), cell: ({ versions: [last] }) => last?.approver.name || w('shared.none') },
    { key: 'signed', name: w('documents.signed'), tight: true, cell: ({ versions: [last] }) => (last ? last.signed_by : w('shared.none')) },
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
