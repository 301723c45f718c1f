import { Button, Select, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../../../ui/EmptyState';
import { IconShield } from '../../../ui/icons';
import { privacyApi, type AuditQuery } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Download } from '../shared/Download';
import { IconHistory } from '../shared/icons';
import { LoadedPages } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, usePages } from '../shared/queries';
import { operationNames, useTerms } from '../shared/terms';
import type { AuditRow, AuditVerdict } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const nothing: AuditQuery = {};
/** An operation over a whole list names everybody in it; the row shows some and counts the rest. */
const shownSubjects = 4;

export function AuditPage() {
  const { w } = useWords();
  const when = useWhen();
  const [form, setForm] = useState<AuditQuery>(nothing);
  const [asked, setAsked] = useState<AuditQuery>(nothing);
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const { busy, act } = useAct();
  const { actor, fields, operation, term, terms } = useTerms();
  const operations = useMemo(
    () => operationNames.map((value) => ({ value, label: operation(value) })).sort((a, b) => a.label.localeCompare(b.label)),
    [operation],
  );
  const query = usePages(['audit', asked.from, asked.to, asked.operation, asked.subject], (cursor, signal) =>
    privacyApi.audit(asked, cursor, signal),
  );
  const field = (name: keyof AuditQuery, type: 'text' | 'date' = 'text') => (
    <TextInput
      {...(name === 'subject' ? { className: classes.grow ?? '' } : {})}
      type={type}
      label={w(`audit.${name}`)}
      value={form[name] ?? ''}
      onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value || undefined })}
      data-testid={`audit-${name}`}
    />
  );
  const columns: Column<AuditRow>[] = [
    { key: 'operation', name: w('audit.operation'), cell: (row) => operation(row.operation) },
    {
      key: 'at',
      name: w('audit.at'),
      tight: true,
      cell: (row) => (
        <>
          {when.at(row.at)}
          {row.from && <span className={classes.smallBlock}>{term('origin', row.from)}</span>}
        </>
      ),
    },
    { key: 'actor', name: w('audit.actor'), cell: (row) => row.actor_name ?? actor(row.actor) },
    {
      key: 'whose',
      name: w('audit.whose'),
      cell: ({ subjects }) => (
        <span className={classes.links}>
          {subjects.slice(0, shownSubjects).map((subject) => (
            <Link key={subject.id} className={`${classes.inlineLink} ${classes.nowrap}`} to={`/privacy/people/${subject.id}`}>
              {subject.name}
            </Link>
          ))}
          {subjects.length > shownSubjects && <span className={classes.soft}>+{subjects.length - shownSubjects}</span>}
        </span>
      ),
    },
    { key: 'fields', name: w('audit.fields'), cell: (row) => fields(row.fields) },
    {
      key: 'purpose',
      name: w('audit.purpose'),
      cell: (row) =>
        row.purposes.length > 0 && (
          <>
            {terms('purpose', row.purposes)}
            <span className={classes.smallBlock}>{terms('basis', row.bases)}</span>
          </>
        ),
    },
  ];
  const search = (event: FormEvent) => {
    event.preventDefault();
    setAsked(form);
  };
  const verify = () => act('verify', async () => setVerdict(await privacyApi.verifyAudit()));
  return (
    <CentrePage
      title={w('audit.title')}
      lead={w('audit.lead')}
      actions={
        <>
          <Button leftSection={<IconShield size={18} />} loading={busy === 'verify'} onClick={() => void verify()} data-testid="audit-verify">
            {w('audit.verify')}
          </Button>
          <Download path="/privacy/audit/export" name="audit.jsonl">
            {w('audit.export')}
          </Download>
        </>
      }
    >
      <div role="status">
        {verdict &&
          (verdict.first_bad === null ? (
            <Notice tone="brand" title={w('audit.verifiedTitle')}>
              {w('audit.verified', { count: verdict.rows })} {w('audit.signed', { count: verdict.checkpoints })}
            </Notice>
          ) : (
            <Notice tone="danger" title={w('audit.brokenTitle')}>
              {verdict.fault && term('fault', verdict.fault)} {w('audit.broken', { seq: verdict.first_bad })}
            </Notice>
          ))}
      </div>
      <form className={classes.toolbar} onSubmit={search} role="search">
        {field('from', 'date')}
        {field('to', 'date')}
        <Select
          searchable
          clearable
          label={w('audit.operation')}
          value={form.operation ?? null}
          onChange={(value) => setForm({ ...form, operation: value ?? undefined })}
          data={operations}
          nothingFoundMessage={w('audit.empty')}
          data-testid="audit-operation"
        />
        {field('subject')}
        <Button type="submit" variant="default" data-testid="audit-search">
          {w('audit.search')}
        </Button>
        {asked !== nothing && (
          <Button
            variant="subtle"
            onClick={() => {
              setForm(nothing);
              setAsked(nothing);
            }}
          >
            {w('audit.reset')}
          </Button>
        )}
      </form>
      <LoadedPages query={query} empty={<EmptyState icon={IconHistory} title={w('audit.empty')} text={w('audit.emptyText')} />}>
        {(rows) => (
          <Panel flush>
            <DataTable label={w('audit.title')} columns={columns} rows={rows} keyOf={(row) => row.seq} testId="audit" />
          </Panel>
        )}
      </LoadedPages>
    </CentrePage>
  );
}
