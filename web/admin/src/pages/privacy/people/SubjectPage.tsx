// Everything held about one person, on one page, and what can be done about it.

import { ActionIcon, Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { IconMore } from '../../../ui/icons';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Download } from '../shared/Download';
import { Facts } from '../shared/Facts';
import { IconLock } from '../shared/icons';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, useAnswer } from '../shared/queries';
import { Timeline } from '../shared/Timeline';
import type { AuditRow, HeldField, SubjectFile } from '../wire';
import { useWords } from '../words';
import { SubjectStates } from './PeoplePage';
import { SubjectDialogs, type SubjectDialog } from './SubjectDialogs';
import classes from '../shared/Shared.module.css';

function HeldTable({ file, open }: { file: SubjectFile; open(dialog: SubjectDialog): void }) {
  const { w } = useWords();
  const when = useWhen();
  const columns: Column<HeldField>[] = [
    {
      key: 'field',
      name: w('people.field'),
      cell: (row) => (
        <span className={classes.withIcon}>
          {row.label}
          {row.held && <IconLock size={15} />}
        </span>
      ),
    },
    { key: 'value', name: w('people.value'), cell: (row) => row.value ?? <span className={classes.soft}>{w('people.hidden')}</span> },
    { key: 'purposes', name: w('people.purposes'), cell: (row) => row.purposes.join(', ') },
    { key: 'basis', name: w('people.basis'), cell: (row) => row.basis },
    { key: 'until', name: w('people.until'), tight: true, cell: (row) => (row.until ? when.day(row.until) : w('shared.none')) },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) => (
        <Menu position="bottom-end" width={200} shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`${w('requests.more')}: ${row.label}`} data-testid="field-more">
              <IconMore size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {row.correctable && (
              <Menu.Item onClick={() => open({ kind: 'correct', field: row })}>{w('people.correct')}</Menu.Item>
            )}
            <Menu.Item disabled={row.held} onClick={() => open({ kind: 'hold', field: row })}>
              {w('people.hold')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ];
  return (
    <Panel title={w('people.held')} note={w('people.heldText')} flush>
      <DataTable label={w('people.held')} columns={columns} rows={file.fields} keyOf={(row) => row.key} testId="held" />
    </Panel>
  );
}

function Messages({ messages }: { messages: SubjectFile['messages'] }) {
  const { w } = useWords();
  const when = useWhen();
  const [shown, setShown] = useState(false);
  if (messages.length === 0) return null;
  return (
    <Panel
      title={w('people.messages')}
      note={w('people.messagesText', { count: messages.length })}
      actions={
        <Button size="compact-sm" variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? w('people.hideMessages') : w('people.showMessages')}
        </Button>
      }
    >
      {shown && (
        <ol className={classes.messages}>
          {messages.map((message) => (
            <li key={message.id}>
              <span className={classes.small}>
                {when.at(message.at)} · {message.from}
              </span>
              <p>{message.text}</p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

export function Looked({ rows }: { rows: readonly AuditRow[] }) {
  const { w } = useWords();
  const when = useWhen();
  const columns: Column<AuditRow>[] = [
    { key: 'at', name: w('audit.at'), tight: true, cell: (row) => when.at(row.at) },
    { key: 'actor', name: w('audit.actor'), cell: (row) => row.actor },
    { key: 'operation', name: w('audit.operation'), cell: (row) => row.operation },
    { key: 'fields', name: w('audit.fields'), cell: (row) => row.fields.join(', ') },
    { key: 'purpose', name: w('audit.purpose'), cell: (row) => row.purpose ?? w('shared.none') },
  ];
  return (
    <Panel title={w('people.looked')} note={w('people.lookedText')} flush>
      <DataTable label={w('people.looked')} columns={columns} rows={rows} keyOf={(row) => String(row.seq)} testId="looked" />
    </Panel>
  );
}

function Corrections({ rows }: { rows: SubjectFile['corrections'] }) {
  const { w } = useWords();
  if (rows.length === 0) return null;
  return (
    <Panel title={w('people.history')}>
      <Timeline
        happenings={rows.map((row) => ({
          key: row.id,
          at: row.at,
          what: row.label,
          who: row.actor,
          note: `${w('people.was')}: ${row.before}\n${w('people.became')}: ${row.after}\n${row.reason}`,
        }))}
      />
    </Panel>
  );
}

function FileView({ file }: { file: SubjectFile }) {
  const { w } = useWords();
  const when = useWhen();
  const { busy, act } = useAct();
  const [dialog, setDialog] = useState<SubjectDialog | null>(null);
  const gone = file.erased_at !== null;
  return (
    <CentrePage
      title={file.name ?? w('people.noName')}
      above={<BackLink to="/privacy/people">{w('people.title')}</BackLink>}
      actions={
        gone ? null : (
          <>
            <Download path={`/privacy/subjects/${file.id}/export.pdf`} name={`${file.id}.pdf`}>
              PDF
            </Download>
            <Download path={`/privacy/subjects/${file.id}/export.json`} name={`${file.id}.json`}>
              JSON
            </Download>
            {file.blocked_at ? (
              <Button
                variant="default"
                loading={busy === 'unblock'}
                onClick={() => void act('unblock', () => privacyApi.actOnSubject(file.id, 'unblock'), w('people.unblocked'))}
                data-testid="unblock"
              >
                {w('people.unblock')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => setDialog({ kind: 'block' })} data-testid="block">
                {w('people.block')}
              </Button>
            )}
            <Button variant="default" className={classes.danger ?? ''} onClick={() => setDialog({ kind: 'erase' })} data-testid="erase">
              {w('people.erase')}
            </Button>
          </>
        )
      }
    >
      {file.erased_at && (
        <Notice
          tone="plain"
          actions={file.act && <Link to={`/privacy/destruction/${file.act}`}>{w('people.erasedAct')}</Link>}
        >
          {w('people.erasedNotice', { when: when.at(file.erased_at) })}
        </Notice>
      )}
      {!gone && file.blocked_at && <Notice tone="danger">{w('people.blockedNotice', { when: when.at(file.blocked_at) })}</Notice>}
      <div className={classes.stack}>
        <Panel>
          <Facts
            facts={[
              {
                name: w('people.kind'),
                value: (
                  <span className={classes.withIcon}>
                    {w(`people.kind_${file.kind}`)} <SubjectStates subject={file} />
                  </span>
                ),
              },
              { name: w('people.capacity'), value: w(`people.capacity_${file.capacity}`) },
              { name: w('people.firstSeen'), value: file.first_at ? when.at(file.first_at) : w('shared.none') },
              { name: w('people.lastSeen'), value: file.last_at ? when.at(file.last_at) : w('shared.none') },
              { name: w('people.file'), value: <span className={classes.mono}>{file.id}</span> },
            ]}
          />
        </Panel>
        {file.fields.length > 0 && <HeldTable file={file} open={setDialog} />}
        <Messages messages={file.messages} />
        <div className={classes.two}>
          <Panel title={w('people.consents')}>
            <Timeline
              happenings={file.consents.map((row) => ({
                key: row.id,
                at: row.at,
                what: `${w(`consents.act_${row.act}`)}: ${row.purposes.join(', ')}`,
                who: row.channel,
              }))}
            />
          </Panel>
          <Panel title={w('people.holds')}>
            {file.holds.length === 0 && <p className={classes.plain}>{w('people.noHolds')}</p>}
            <ul className={classes.tasks}>
              {file.holds.map((hold) => (
                <li key={hold.id}>
                  <span>
                    <b>{hold.field}</b> · {hold.article}
                    <span className={classes.smallBlock}>{hold.reason}</span>
                  </span>
                  {!hold.released_at && (
                    <Button size="compact-sm" variant="default" onClick={() => setDialog({ kind: 'release', hold })}>
                      {w('people.release')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <Corrections rows={file.corrections} />
        <Looked rows={file.looked} />
      </div>
      <SubjectDialogs file={file} dialog={dialog} close={() => setDialog(null)} />
    </CentrePage>
  );
}

export function SubjectPage() {
  const { id = '' } = useParams();
  const query = useAnswer(['subject', id], (signal) => privacyApi.subject(id, signal));
  return <Loaded query={query}>{(file) => <FileView key={id} file={file} />}</Loaded>;
}
