// The parts of a subject file.

import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { phoneText } from '../../../lib/phone';
import { Chip } from '../../../ui/Chip';
import { IconMore } from '../../../ui/icons';
import { privacyApi } from '../api';
import { Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { IconLock } from '../shared/icons';
import { LoadedPages } from '../shared/Loaded';
import { usePages } from '../shared/queries';
import { useTerms } from '../shared/terms';
import { Timeline } from '../shared/Timeline';
import { useActor } from '../shared/useActor';
import { looksOf, type Look } from './looks';
import type { FileConsent, FileField, Hold, RecipientNotice, SubjectFile } from '../wire';
import { useWords } from '../words';
import type { SubjectDialog } from './SubjectDialogs';
import classes from '../shared/Shared.module.css';

/** The assistant's own note on where the talk stands: kept as a record, so shown as one, folded. */
const isRecord = (key: string) => key === 'conversation.dialogue';

function pretty(record: string): string {
  try {
    return JSON.stringify(JSON.parse(record), null, 2);
  } catch {
    return record;
  }
}

function Value({ row }: { row: FileField }) {
  const { w } = useWords();
  if (isRecord(row.key)) {
    return (
      <details className={classes.why}>
        <summary>{w('people.record')}</summary>
        <pre className={classes.code}>{pretty(row.value)}</pre>
      </details>
    );
  }
  return /^\+\d+$/.test(row.value) ? <span className={classes.nowrap}>{phoneText(row.value)}</span> : row.value;
}

export function HeldTable({ file, open }: { file: SubjectFile; open(dialog: SubjectDialog): void }) {
  const { w } = useWords();
  const when = useWhen();
  const { term, terms } = useTerms();
  const acts = file.subject.erased_at === null;
  const columns: Column<FileField>[] = [
    {
      key: 'field',
      name: w('people.field'),
      cell: (row) => (
        <span className={classes.withIcon}>
          {term('field', row.key)}
          {row.held && (
            <span title={w('people.holds')} className={classes.soft}>
              <IconLock size={15} />
              <span className="unseen">{w('people.holds')}</span>
            </span>
          )}
        </span>
      ),
    },
    { key: 'value', name: w('people.value'), free: true, cell: (row) => <Value row={row} /> },
    { key: 'purposes', name: w('people.purposes'), cell: (row) => terms('purpose', row.purposes) || w('shared.none') },
    { key: 'basis', name: w('people.basis'), cell: (row) => terms('basis', row.bases) || w('shared.none') },
    { key: 'until', name: w('people.until'), tight: true, cell: (row) => (row.until ? when.date(row.until) : w('shared.none')) },
    ...(acts
      ? [
          {
            key: 'acts',
            name: w('shared.acts'),
            tight: true,
            cell: (row: FileField) => (
              <Menu position="bottom-end" width={200} shadow="md">
                <Menu.Target>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${w('requests.more')}: ${term('field', row.key)}`}
                    data-testid="field-more"
                  >
                    <IconMore size={18} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {row.correctable && (
                    <Menu.Item onClick={() => open({ kind: 'correct', field: row })} data-testid="field-correct">
                      {w('people.correct')}
                    </Menu.Item>
                  )}
                  <Menu.Item disabled={row.held} onClick={() => open({ kind: 'hold', field: row })} data-testid="field-hold">
                    {w('people.hold')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel title={w('people.held')} note={w('people.heldText')} flush>
      <DataTable label={w('people.held')} columns={columns} rows={file.fields} keyOf={(row) => `${row.key} ${row.row}`} testId="held" />
    </Panel>
  );
}

/** Bookings and leads: what the person came for. */
export function Visits({ file }: { file: SubjectFile }) {
  const { w, t } = useWords();
  const when = useWhen();
  if (file.bookings.length + file.leads.length === 0) return null;
  return (
    <Panel title={w('people.visits')}>
      <ul className={classes.tasks}>
        {file.bookings.map((booking) => (
          <li key={booking.id}>
            <span>
              <b>{booking.service}</b> · {when.at(booking.starts_at)}
              <span className={classes.smallBlock}>
                {booking.specialist} · {booking.reference}
              </span>
            </span>
            <Chip tone={booking.status === 'confirmed' ? 'brand' : 'quiet'}>
              {booking.status === 'held' || booking.status === 'confirmed' || booking.status === 'cancelled'
                ? t(`booking.status_${booking.status}`)
                : booking.status}
            </Chip>
          </li>
        ))}
        {file.leads.map((lead) => (
          <li key={lead.id}>
            <span>
              <b>{lead.kind === 'callback' || lead.kind === 'contact' ? t(`leads.kind_${lead.kind}`) : lead.kind}</b>
              {' · '}
              {when.at(lead.created_at)}
              {lead.note && <span className={classes.smallBlock}>{lead.note}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Messages({ file }: { file: SubjectFile }) {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  const [shown, setShown] = useState(false);
  const { messages } = file;
  if (messages.length === 0) return null;
  return (
    <Panel
      title={w('people.messages')}
      note={`${w('people.messagesText', { count: messages.length })}${file.more_messages ? `, ${w('people.moreMessages')}` : ''}`}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={shown}
          onClick={() => setShown(!shown)}
          data-testid="file-messages"
        >
          {shown ? w('people.hideMessages') : w('people.showMessages')}
        </Button>
      }
    >
      {shown && (
        <ol className={classes.messages} tabIndex={0} aria-label={w('people.messages')}>
          {messages.map((message) => (
            <li key={message.id}>
              <span className={classes.small}>
                {when.at(message.at)} · {term('from', message.from)}
              </span>
              <p>{message.text}</p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

export function ConsentLedger({ rows }: { rows: readonly FileConsent[] }) {
  const { w } = useWords();
  const { term, terms } = useTerms();
  return (
    <Panel title={w('people.consents')}>
      {rows.length === 0 && <p className={classes.plain}>{w('people.noConsents')}</p>}
      <Timeline
        happenings={rows.map((row) => ({
          key: String(row.seq),
          at: row.at,
          what: w(`consents.act_${row.act}`),
          who: [term('channel', row.channel), row.version && `${w('consents.version')} ${row.version}`].filter(Boolean).join(' · '),
          note: [terms('purpose', row.purposes), row.health && w('consents.health')].filter(Boolean).join(', '),
        }))}
      />
    </Panel>
  );
}

export function HoldList({ holds, release }: { holds: readonly Hold[]; release(hold: Hold): void }) {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  return (
    <Panel title={w('people.holds')}>
      {holds.length === 0 && <p className={classes.plain}>{w('people.noHolds')}</p>}
      <ul className={classes.tasks}>
        {holds.map((hold) => (
          <li key={hold.id}>
            <span>
              <b>{term('field', hold.field)}</b> · {hold.article}
              <span className={classes.smallBlock}>
                {hold.reason}
                {hold.released_at && ` · ${w('holds.until')}: ${when.at(hold.released_at)}`}
              </span>
            </span>
            {!hold.released_at && (
              <Button size="compact-sm" variant="default" onClick={() => release(hold)} data-testid="release">
                {w('people.release')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Corrections and blockings, with what was before. */
export function Corrections({ file }: { file: SubjectFile }) {
  const { w } = useWords();
  const { term } = useTerms();
  const actor = useActor();
  const rows = [
    ...file.corrections.map((row) => ({
      key: row.id,
      at: row.at,
      what: `${w('people.corrected_')}: ${term('field', row.field)}`,
      who: actor(row.actor),
      note: `${row.before ? `${w('people.was')}: ${row.before}\n` : ''}${w('people.became')}: ${row.after}\n${row.reason}`,
    })),
    ...file.restrictions.map((row) => ({
      key: `${row.at} ${row.act}`,
      at: row.at,
      what: row.act === 'blocked' ? w('people.wasBlocked') : w('people.wasUnblocked'),
      who: actor(row.actor),
      note: row.reason,
    })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (rows.length === 0) return null;
  return (
    <Panel title={w('people.history')}>
      <Timeline happenings={rows} />
    </Panel>
  );
}

export function RecipientList({ notices }: { notices: readonly RecipientNotice[] }) {
  const { w } = useWords();
  const when = useWhen();
  const { terms } = useTerms();
  if (notices.length === 0) return null;
  return (
    <Panel title={w('people.recipients')} note={w('people.recipientsText')}>
      <ul className={classes.tasks}>
        {notices.map((notice) => (
          <li key={notice.id}>
            <span>
              <b>{notice.recipient_name}</b> · {w(`people.told_${notice.act}`)}
              <span className={classes.smallBlock}>
                {when.at(notice.created_at)}
                {notice.fields.length > 0 && ` · ${terms('field', notice.fields)}`}
              </span>
            </span>
            <Chip tone={notice.acknowledged_at ? 'brand' : 'waiting'}>
              {notice.acknowledged_at ? w('people.acknowledged') : w('people.notAcknowledged', { count: notice.told })}
            </Chip>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The person's own page of the audit: who looked at the data. */
export function Looked({ subject }: { subject: string }) {
  const { w } = useWords();
  const when = useWhen();
  const { actor, fields, operation, term } = useTerms();
  const query = usePages(['looked', subject], (cursor, signal) => privacyApi.looked(subject, cursor, signal));
  const columns: Column<Look>[] = [
    {
      key: 'operation',
      name: w('audit.operation'),
      cell: ({ row, times }) => (
        <>
          {operation(row.operation)}
          {times > 1 && <span className={classes.smallBlock}>{w('people.times', { count: times })}</span>}
        </>
      ),
    },
    {
      key: 'at',
      name: w('audit.at'),
      tight: true,
      cell: ({ row, first }) => (
        <>
          {when.at(row.at)}
          {when.at(first) !== when.at(row.at) && <span className={classes.smallBlock}>{w('people.since', { when: when.at(first) })}</span>}
        </>
      ),
    },
    { key: 'actor', name: w('audit.actor'), cell: ({ row }) => row.actor_name ?? actor(row.actor) },
    { key: 'fields', name: w('audit.fields'), cell: ({ row }) => fields(row.fields) || w('shared.none') },
    { key: 'origin', name: w('audit.origin'), tight: true, cell: ({ row }) => (row.from ? term('origin', row.from) : w('shared.none')) },
  ];
  return (
    <Panel title={w('people.looked')} note={w('people.lookedText')} flush>
      <LoadedPages query={query} empty={<p className={classes.pad}>{w('people.nobodyLooked')}</p>}>
        {(rows) => <DataTable label={w('people.looked')} columns={columns} rows={looksOf(rows)} keyOf={({ row }) => row.seq} testId="looked" />}
      </LoadedPages>
    </Panel>
  );
}
