import { Button, NumberInput, Progress } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../../../ui/Confirm';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Facts } from '../shared/Facts';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, useAnswer } from '../shared/queries';
import { useTerms } from '../shared/terms';
import type { Retention, RetentionRule } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

/** A running sweep is looked at this often. */
const lookEveryMs = 2_000;

/** One period: changed in place; a shorter one destroys data and is asked about. */
function Period({ rule }: { rule: RetentionRule }) {
  const { w } = useWords();
  const { term } = useTerms();
  const { busy, act } = useAct();
  const [days, setDays] = useState<number | string>(rule.days);
  const [asking, setAsking] = useState(false);
  if (rule.fixed) return <span>{rule.days}</span>;
  const value = typeof days === 'number' ? days : NaN;
  const fits = Number.isInteger(value) && value >= rule.min_days && value <= rule.max_days;
  const save = async () => {
    await act('save', () => privacyApi.setRetention(rule.category, value), w('retention.saved'));
    setAsking(false);
  };
  return (
    <div className={classes.inlineForm}>
      <NumberInput
        aria-label={`${w('retention.period')}: ${term('retention', rule.category)}`}
        value={days}
        onChange={setDays}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        w={92}
        size="sm"
        error={fits ? null : w('retention.outside', { min: rule.min_days, max: rule.max_days })}
        data-testid={`retention-${rule.category}`}
      />
      {value !== rule.days && fits && (
        <Button size="sm" loading={busy === 'save'} onClick={() => (value < rule.days ? setAsking(true) : void save())}>
          {w('retention.save')}
        </Button>
      )}
      <Confirm
        opened={asking}
        danger
        busy={busy === 'save'}
        title={w('retention.shorterTitle')}
        text={w('retention.shorterText', { days: fits ? value : rule.days })}
        confirm={w('retention.shorten')}
        onConfirm={() => void save()}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function Rules({ rules }: { rules: readonly RetentionRule[] }) {
  const { w } = useWords();
  const { term } = useTerms();
  const columns: Column<RetentionRule>[] = [
    { key: 'category', name: w('retention.category'), cell: (row) => term('retention', row.category) },
    { key: 'period', name: w('retention.period'), cell: (row) => <Period key={row.days} rule={row} /> },
    {
      key: 'limits',
      name: w('retention.limits'),
      cell: (row) =>
        row.fixed
          ? w('retention.fixed')
          : `${w('retention.limitsOf', { min: row.min_days, max: row.max_days })}, ${w('retention.byDefault', { days: row.default_days })}`,
    },
  ];
  return (
    <Panel title={w('retention.rules')} flush>
      <DataTable label={w('retention.rules')} columns={columns} rows={rules} keyOf={(row) => row.category} testId="rules" />
    </Panel>
  );
}

function Sweep({ retention }: { retention: Retention }) {
  const { w } = useWords();
  const { term } = useTerms();
  const when = useWhen();
  const { busy, act } = useAct();
  const { last } = retention;
  const running = last !== null && last.finished_at === null;
  const facts = last && [
    { name: w('retention.last'), value: when.at(last.finished_at ?? last.started_at) },
    ...(retention.next_at ? [{ name: w('retention.next'), value: when.at(retention.next_at) }] : []),
    { name: w('retention.checked'), value: w('retention.people', { count: last.done }) },
    ...last.counts.map((count) => ({ name: term('count', count.name), value: count.rows })),
  ];
  return (
    <Panel
      title={w('retention.sweep')}
      actions={
        <Button
          variant="default"
          disabled={running}
          loading={busy === 'sweep'}
          onClick={() => void act('sweep', () => privacyApi.sweepNow(), w('retention.started'))}
          data-testid="sweep"
        >
          {w('retention.run')}
        </Button>
      }
    >
      {last?.error && <Notice tone="danger">{w('retention.failed', { error: last.error })}</Notice>}
      {running && (
        <div role="status" className={classes.progress}>
          <Progress
            value={last.total > 0 ? (100 * last.done) / last.total : 0}
            aria-label={w('retention.progress', { done: last.done, total: last.total })}
          />
          <span className={classes.small}>{w('retention.progress', { done: last.done, total: last.total })}</span>
        </div>
      )}
      {facts ? <Facts facts={facts} /> : <p className={classes.plain}>{w('retention.never')}</p>}
    </Panel>
  );
}

export function RetentionPage() {
  const { w } = useWords();
  const [running, setRunning] = useState(false);
  const query = useAnswer(['retention'], (signal) => privacyApi.retention(signal), running ? lookEveryMs : undefined);
  const now = query.data?.last != null && query.data.last.finished_at === null;
  if (now !== running) setRunning(now);
  return (
    <CentrePage title={w('retention.title')} lead={w('retention.lead')}>
      <Loaded query={query}>
        {(retention) => (
          <div className={classes.stack}>
            <Sweep retention={retention} />
            <Rules rules={retention.periods} />
          </div>
        )}
      </Loaded>
    </CentrePage>
  );
}
