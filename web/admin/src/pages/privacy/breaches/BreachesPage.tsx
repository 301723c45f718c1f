import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { Chip } from '../../../ui/Chip';
import { EmptyState } from '../../../ui/EmptyState';
import { IconAlert, IconPlus } from '../../../ui/icons';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Loaded } from '../shared/Loaded';
import { useAnswer } from '../shared/queries';
import type { Breach } from '../wire';
import { useWords } from '../words';

export const breachTone = { open: 'danger', notified: 'waiting', closed: 'quiet' } as const;

export function BreachesPage() {
  const { w } = useWords();
  const when = useWhen();
  const query = useAnswer(['breaches'], (signal) => privacyApi.breaches(signal));
  const columns: Column<Breach>[] = [
    { key: 'number', name: w('breaches.number'), cell: (row) => `${row.number} · ${row.title}` },
    { key: 'state', name: w('breaches.state'), tight: true, cell: (row) => <Chip tone={breachTone[row.state]}>{w(`breaches.state_${row.state}`)}</Chip> },
    { key: 'found', name: w('breaches.found'), tight: true, cell: (row) => when.at(row.found_at) },
    { key: 'notify', name: w('breaches.notify'), cell: (row) => <ClockChip bare due={row.notify_due} done={row.notified_at} /> },
    { key: 'report', name: w('breaches.report'), cell: (row) => <ClockChip bare due={row.report_due} done={row.reported_at} /> },
  ];
  return (
    <CentrePage
      title={w('breaches.title')}
      lead={w('breaches.lead')}
      actions={
        <Button component={Link} to="/privacy/breaches/new" leftSection={<IconPlus size={18} />} data-testid="breach-add">
          {w('breaches.add')}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={IconAlert} title={w('breaches.empty')} text={w('breaches.emptyText')} />
          ) : (
            <Panel flush>
              <DataTable
                label={w('breaches.title')}
                columns={columns}
                rows={items}
                keyOf={(row) => row.id}
                to={(row) => `/privacy/breaches/${row.id}`}
                testId="breaches"
              />
            </Panel>
          )
        }
      </Loaded>
    </CentrePage>
  );
}
