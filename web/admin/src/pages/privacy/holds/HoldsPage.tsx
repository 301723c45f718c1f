import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { EmptyState } from '../../../ui/EmptyState';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { IconLock } from '../shared/icons';
import { LoadedPages } from '../shared/Loaded';
import { usePages, useRenew } from '../shared/queries';
import { ReasonDialog } from '../shared/ReasonDialog';
import { useTerms } from '../shared/terms';
import type { Hold } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

export function HoldsPage() {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  const renew = useRenew();
  const [filter, setFilter] = useState<'active' | 'released'>('active');
  const [releasing, setReleasing] = useState<Hold | null>(null);
  const query = usePages(['holds', filter], (cursor, signal) => privacyApi.holds(filter, cursor, signal));
  const columns: Column<Hold>[] = [
    { key: 'field', name: w('holds.field'), cell: (row) => term('field', row.field) },
    { key: 'article', name: w('holds.article'), cell: (row) => row.article },
    { key: 'reason', name: w('holds.reason'), cell: (row) => row.reason },
    { key: 'since', name: w('holds.since'), tight: true, cell: (row) => when.at(row.placed_at) },
    filter === 'active'
      ? {
          key: 'release',
          name: w('shared.acts'),
          tight: true,
          cell: (row) => (
            <Button size="compact-sm" variant="default" onClick={() => setReleasing(row)} data-testid="release">
              {w('holds.release')}
            </Button>
          ),
        }
      : { key: 'until', name: w('holds.until'), tight: true, cell: (row) => (row.released_at ? when.at(row.released_at) : '') },
  ];
  return (
    <CentrePage title={w('holds.title')} lead={w('holds.lead')}>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('holds.filters')}
          value={filter}
          onChange={(value) => setFilter(value === 'released' ? 'released' : 'active')}
          data={(['active', 'released'] as const).map((value) => ({ value, label: w(`holds.filter_${value}`) }))}
        />
      </div>
      <LoadedPages
        query={query}
        empty={<EmptyState icon={IconLock} title={w(`holds.empty_${filter}`)} text={w(`holds.emptyText_${filter}`)} />}
      >
        {(rows) => (
          <Panel flush>
            <DataTable
              label={w('holds.title')}
              columns={columns}
              rows={rows}
              keyOf={(row) => row.id}
              to={(row) => `/privacy/people/${row.subject}`}
              testId="holds"
            />
          </Panel>
        )}
      </LoadedPages>
      <ReasonDialog
        opened={releasing !== null}
        onClose={() => setReleasing(null)}
        title={w('holds.releaseTitle')}
        text={w('holds.releaseText')}
        confirm={w('holds.release')}
        draft={`privacy:hold:${releasing?.id ?? ''}`}
        onSubmit={async ({ reason }) => {
          if (!releasing) return;
          await privacyApi.releaseHold(releasing.id, reason);
          showToast(w('holds.released'));
          await renew();
        }}
      />
    </CentrePage>
  );
}
