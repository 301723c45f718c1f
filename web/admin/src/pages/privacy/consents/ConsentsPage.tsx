import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Chip } from '../../../ui/Chip';
import { EmptyState } from '../../../ui/EmptyState';
import { IconShield } from '../../../ui/icons';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { LoadedPages } from '../shared/Loaded';
import { usePages } from '../shared/queries';
import { useTerms } from '../shared/terms';
import type { FileConsent } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const filters = ['all', 'given', 'withdrawn', 'objected'] as const;
type Filter = (typeof filters)[number];

const consentTone = { given: 'brand', withdrawn: 'danger', objected: 'waiting', objection_lifted: 'quiet' } as const;

export function ConsentsPage() {
  const { w } = useWords();
  const when = useWhen();
  const { term, terms } = useTerms();
  const [filter, setFilter] = useState<Filter>('all');
  const query = usePages(['consents', filter], (cursor, signal) =>
    privacyApi.consents(filter === 'all' ? undefined : filter, cursor, signal),
  );
  const columns: Column<FileConsent>[] = [
    { key: 'person', name: w('consents.person'), cell: (row) => row.name ?? w('consents.anonymous') },
    { key: 'act', name: w('consents.act'), tight: true, cell: (row) => <Chip tone={consentTone[row.act]}>{w(`consents.act_${row.act}`)}</Chip> },
    { key: 'at', name: w('consents.at'), tight: true, cell: (row) => when.at(row.at) },
    { key: 'purposes', name: w('consents.purposes'), cell: (row) => [terms('purpose', row.purposes), row.health && w('consents.health')].filter(Boolean).join(', ') },
    { key: 'channel', name: w('consents.channel'), cell: (row) => term('channel', row.channel) },
  ];
  return (
    <CentrePage title={w('consents.title')} lead={w('consents.lead')}>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('consents.filters')}
          value={filter}
          onChange={(value) => setFilter(filters.find((one) => one === value) ?? 'all')}
          data={filters.map((value) => ({ value, label: w(`consents.filter_${value}`) }))}
        />
      </div>
      <LoadedPages query={query} empty={<EmptyState icon={IconShield} title={w('consents.empty')} text={w('consents.emptyText')} />}>
        {(rows) => (
          <Panel flush>
            <DataTable
              label={w('consents.title')}
              columns={columns}
              rows={rows}
              keyOf={(row) => `${row.subject} ${row.seq}`}
              to={(row) => `/privacy/people/${row.subject}`}
              testId="consents"
            />
          </Panel>
        )}
      </LoadedPages>
    </CentrePage>
  );
}
