import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Chip } from '../../../ui/Chip';
import { EmptyState } from '../../../ui/EmptyState';
import { IconClock, IconMail } from '../../../ui/icons';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { LoadedPages } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, useAnswer, usePages } from '../shared/queries';
import { useTerms } from '../shared/terms';
import type { JobRow, MailRow } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const mailTone = { waiting: 'waiting', sent: 'brand', dead: 'danger', suppressed: 'quiet' } as const;
const jobTone = { waiting: 'waiting', leased: 'assistant', done: 'brand', dead: 'danger' } as const;

/** How often the lists look again: the work goes on without a click. */
const lookEveryMs = 10_000;

/** Errors and acts have their columns only when there are any. */
const some = <Row extends { state: string; error: string }>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
  columns.filter(
    ({ key }) =>
      (key !== 'acts' || rows.some(({ state }) => state === 'dead')) && (key !== 'error' || rows.some(({ error }) => error !== '')),
  );

function Mail() {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  const { busy, act } = useAct();
  const query = usePages(['mail'], (cursor, signal) => privacyApi.mail(cursor, signal));
  const columns: Column<MailRow>[] = [
    { key: 'template', name: w('jobs.template'), cell: (row) => term('mail', row.template) },
    { key: 'state', name: w('jobs.state'), tight: true, cell: (row) => <Chip tone={mailTone[row.state]}>{w(`jobs.mail_${row.state}`)}</Chip> },
    { key: 'created', name: w('jobs.created'), tight: true, cell: (row) => when.at(row.created_at) },
    { key: 'tries', name: w('jobs.tries'), tight: true, cell: (row) => row.attempts },
    { key: 'next', name: w('jobs.next'), tight: true, cell: (row) => (row.next_at ? when.at(row.next_at) : w('shared.none')) },
    { key: 'error', name: w('jobs.error'), free: true, cell: (row) => row.error || w('shared.none') },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) =>
        row.state === 'dead' ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy === row.id}
            onClick={() => void act(row.id, () => privacyApi.retryMail(row.id), w('jobs.mailRetried'))}
            data-testid="mail-retry"
          >
            {w('jobs.retryMail')}
          </Button>
        ) : null,
    },
  ];
  return (
    <LoadedPages query={query} empty={<EmptyState icon={IconMail} title={w('jobs.emptyMail')} text={w('jobs.emptyMailText')} />}>
      {(rows) => (
        <Panel flush>
          <DataTable label={w('jobs.tab_mail')} columns={some(columns, rows)} rows={rows} keyOf={(row) => row.id} testId="mail" />
        </Panel>
      )}
    </LoadedPages>
  );
}

function Jobs() {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  const { busy, act } = useAct();
  const query = usePages(['jobs'], (cursor, signal) => privacyApi.jobs(cursor, signal));
  const columns: Column<JobRow>[] = [
    { key: 'kind', name: w('jobs.kind'), cell: (row) => term('job', row.kind) },
    { key: 'state', name: w('jobs.state'), tight: true, cell: (row) => <Chip tone={jobTone[row.state]}>{w(`jobs.job_${row.state}`)}</Chip> },
    { key: 'runAt', name: w('jobs.runAt'), tight: true, cell: (row) => when.at(row.run_at) },
    { key: 'tries', name: w('jobs.tries'), tight: true, cell: (row) => w('jobs.triesOf', { count: row.attempts, max: row.max_attempts }) },
    { key: 'error', name: w('jobs.error'), free: true, cell: (row) => row.error || w('shared.none') },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) =>
        row.state === 'dead' ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy === row.id}
            onClick={() => void act(row.id, () => privacyApi.retryJob(row.id), w('jobs.retried'))}
            data-testid="job-retry"
          >
            {w('jobs.retry')}
          </Button>
        ) : null,
    },
  ];
  return (
    <LoadedPages query={query} empty={<EmptyState icon={IconClock} title={w('jobs.emptyJobs')} text={w('jobs.emptyJobsText')} />}>
      {(rows) => (
        <Panel flush>
          <DataTable label={w('jobs.tab_jobs')} columns={some(columns, rows)} rows={rows} keyOf={(row) => row.id} testId="jobs" />
        </Panel>
      )}
    </LoadedPages>
  );
}

export function JobsPage() {
  const { w } = useWords();
  const [tab, setTab] = useState<'mail' | 'jobs'>('mail');
  const overview = useAnswer(['mail-status'], (signal) => privacyApi.mailStatus(signal), lookEveryMs);
  return (
    <CentrePage title={w('jobs.title')} lead={w('jobs.lead')}>
      {overview.data && !overview.data.configured && (
        <Notice tone="waiting" title={w('jobs.noServer')}>
          {w('jobs.noServerText')} {overview.data.waiting > 0 && w('jobs.waiting', { count: overview.data.waiting })}
        </Notice>
      )}
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('jobs.tab')}
          value={tab}
          onChange={(value) => setTab(value === 'jobs' ? 'jobs' : 'mail')}
          data={(['mail', 'jobs'] as const).map((value) => ({ value, label: w(`jobs.tab_${value}`) }))}
        />
      </div>
      {tab === 'mail' ? <Mail /> : <Jobs />}
    </CentrePage>
  );
}
