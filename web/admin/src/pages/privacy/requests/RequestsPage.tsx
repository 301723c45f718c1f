import { Button, SegmentedControl } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { Chip } from '../../../ui/Chip';
import { EmptyState } from '../../../ui/EmptyState';
import { IconPlus, IconShield } from '../../../ui/icons';
import { privacyApi, requestFilters, type RequestFilter } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { DataTable, type Column } from '../shared/DataTable';
import { LoadedPages } from '../shared/Loaded';
import { usePages } from '../shared/queries';
import type { RequestSummary } from '../wire';
import { useWords } from '../words';
import { statusTone, verificationTone } from './tones';
import classes from '../shared/Shared.module.css';

const isFilter = (text: string | null): text is RequestFilter => requestFilters.some((filter) => filter === text);

function useColumns(): Column<RequestSummary>[] {
  const { w } = useWords();
  return [
    {
      key: 'number',
      name: w('requests.number'),
      cell: (row) => (
        <>
          {w(`requests.type_${row.type}`)}
          <span className={classes.smallBlock}>{row.number}</span>
        </>
      ),
    },
    { key: 'name', name: w('requests.requester'), cell: (row) => row.name },
    {
      key: 'verification',
      name: w('requests.verification'),
      tight: true,
      cell: (row) => <Chip tone={verificationTone[row.verification]}>{w(`requests.verification_${row.verification}`)}</Chip>,
    },
    {
      key: 'due',
      name: w('requests.due'),
      cell: ({ deadline, status }) =>
        status === 'closed' || status === 'answered' || status === 'refused' || !deadline ? (
          <Chip tone={statusTone[status]}>{w(`requests.status_${status}`)}</Chip>
        ) : (
          <ClockChip days due={deadline.due} done={deadline.done_at} extended={deadline.extended} provisional={deadline.provisional} />
        ),
    },
    {
      key: 'handler',
      name: w('requests.handler'),
      cell: (row) => row.assignee?.name ?? <span className={classes.soft}>{w('requests.nobody')}</span>,
    },
  ];
}

export function RequestsPage() {
  const { w } = useWords();
  const [params, setParams] = useSearchParams();
  const asked = params.get('filter');
  const filter: RequestFilter = isFilter(asked) ? asked : 'open';
  const query = usePages(['requests', filter], (cursor, signal) => privacyApi.requests(filter, cursor, signal));
  const columns = useColumns();
  return (
    <CentrePage
      title={w('requests.title')}
      lead={w('requests.lead')}
      actions={
        <Button component={Link} to="/privacy/requests/new" leftSection={<IconPlus size={18} />} data-testid="request-add">
          {w('requests.add')}
        </Button>
      }
    >
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('requests.filters')}
          value={filter}
          onChange={(value) => setParams(value === 'open' ? {} : { filter: value }, { replace: true })}
          data={requestFilters.map((value) => ({ value, label: w(`requests.filter_${value}`) }))}
        />
      </div>
      <LoadedPages
        query={query}
        empty={
          <EmptyState icon={IconShield} title={w(`requests.empty_${filter}`)} text={w(`requests.emptyText_${filter}`)} />
        }
      >
        {(rows) => (
          <Panel flush>
            <DataTable
              label={w('requests.title')}
              columns={columns}
              rows={rows}
              keyOf={(row) => row.id}
              to={(row) => `/privacy/requests/${row.id}`}
              testId="requests"
            />
          </Panel>
        )}
      </LoadedPages>
    </CentrePage>
  );
}
