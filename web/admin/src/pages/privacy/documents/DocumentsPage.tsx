import { Link } from 'react-router';
import { Chip } from '../../../ui/Chip';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAnswer } from '../shared/queries';
import type { DocumentSummary, InternalDocument } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const documentTone = { approved: 'brand', changed: 'waiting', missing: 'danger' } as const;

/** One question for the list and the page: documents come together. */
export function useDocuments() {
  const { language } = useWords();
  return useAnswer(['documents', language], (signal) => privacyApi.internalDocuments(signal));
}

function Internal() {
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
    <Panel title={w('documents.internal')} note={w('documents.internalText')} flush>
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            label={w('documents.internal')}
            columns={columns}
            rows={items}
            keyOf={(row) => row.kind}
            to={(row) => `/privacy/documents/internal/${row.kind}`}
            testId="internal-documents"
          />
        )}
      </Loaded>
    </Panel>
  );
}

function Generated() {
  const { w, language } = useWords();
  const when = useWhen();
  const query = useAnswer(['generated', language], (signal) => privacyApi.documents(language, signal));
  const columns: Column<DocumentSummary>[] = [
    { key: 'name', name: w('documents.name'), cell: (row) => row.title },
    { key: 'version', name: w('documents.edition'), tight: true, cell: (row) => row.version },
    { key: 'changed', name: w('documents.changedAt'), tight: true, cell: (row) => when.date(row.changed_at) },
    {
      key: 'notify',
      name: w('documents.notify'),
      cell: (row) => (row.notify_by ? <ClockChip days due={row.notify_by} done={row.filed_at} /> : w('shared.none')),
    },
  ];
  return (
    <Panel title={w('documents.generated')} note={w('documents.generatedText')} flush>
      <Loaded query={query}>
        {({ items, missing, policy_path }) =>
          missing.length > 0 ? (
            <div className={classes.inset}>
              <Notice tone="danger" actions={<Link to="/privacy/organisation">{w('shared.section_organisation')}</Link>}>
                {w('documents.missingDetails')}
              </Notice>
            </div>
          ) : (
            <>
              <DataTable
                label={w('documents.generated')}
                columns={columns}
                rows={items}
                keyOf={(row) => row.kind}
                to={(row) => `/privacy/documents/${row.kind}`}
                testId="documents"
              />
              <p className={classes.foot}>
                <a href={policy_path} target="_blank" rel="noreferrer">
                  {w('documents.publicPage')}
                </a>
              </p>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

export function DocumentsPage() {
  const { w } = useWords();
  return (
    <CentrePage title={w('documents.title')} lead={w('documents.lead')}>
      <div className={classes.stack}>
        <Internal />
        <Generated />
      </div>
    </CentrePage>
  );
}
