// One request: what was asked, how long there is, what to answer, what to do, what happened.

import { Button, Menu } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useSession } from '../../../api/session';
import { Chip } from '../../../ui/Chip';
import { IconCheck, IconMore } from '../../../ui/icons';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { useWhen } from '../shared/days';
import { Download } from '../shared/Download';
import { Facts } from '../shared/Facts';
import { Loaded } from '../shared/Loaded';
import { useAct, useAnswer } from '../shared/queries';
import { Timeline } from '../shared/Timeline';
import type { Deadline, RequestCase } from '../wire';
import { useWords } from '../words';
import { AnswerEditor } from './AnswerEditor';
import { CaseDialogs, type CaseDialog } from './CaseDialogs';
import { statusTone, verificationTone } from './tones';
import classes from '../shared/Shared.module.css';

const isOpen = ({ status }: Pick<RequestCase, 'status'>) => status === 'new' || status === 'in_work';
const isVerified = ({ verification }: RequestCase) => verification === 'verified' || verification === 'manual';

function Deadlines({ deadlines }: { deadlines: readonly Deadline[] }) {
  const { w } = useWords();
  return (
    <Panel title={w('requests.deadline')}>
      <div className={classes.stack}>
        {deadlines.map((deadline) => (
          <div key={deadline.act} data-testid="deadline">
            <div className={classes.happened}>{deadline.act}</div>
            <ClockChip
              days
              due={deadline.due}
              done={deadline.done_at}
              extended={deadline.extended}
              provisional={deadline.provisional}
            />
            <div className={classes.small}>{deadline.article}</div>
            {deadline.explanation.length > 0 && (
              <details className={classes.why}>
                <summary>{w('requests.whyDue')}</summary>
                <ol>
                  {deadline.explanation.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ol>
              </details>
            )}
          </div>
        ))}
      </div>
    </Panel>
  );
}

function Tasks({ found, busy, onDone }: { found: RequestCase; busy: string | null; onDone(task: string): void }) {
  const { w } = useWords();
  const when = useWhen();
  return (
    <Panel title={w('requests.tasks')}>
      {found.tasks.length === 0 && <p className={classes.plain}>{w('requests.noTasks')}</p>}
      <ul className={classes.tasks}>
        {found.tasks.map((task) => (
          <li key={task.id} data-done={task.done_at !== null || undefined}>
            <span>
              {task.kind}
              {task.done_at && (
                <span className={classes.small}>
                  {' '}
                  · {when.at(task.done_at)}
                  {task.done_by && `, ${task.done_by}`}
                </span>
              )}
            </span>
            {!task.done_at && (
              <Button
                size="compact-sm"
                variant="default"
                loading={busy === task.id}
                leftSection={<IconCheck size={14} />}
                onClick={() => onDone(task.id)}
              >
                {w('requests.taskDone')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Actions({ found, busy, open, take }: {
  found: RequestCase;
  busy: string | null;
  open(dialog: CaseDialog): void;
  take(): void;
}) {
  const { w } = useWords();
  const me = useSession().employee.id;
  const executable = isVerified(found) && found.type !== 'information' && found.subject !== null && !found.executed;
  const execute = executable && (
    <Button onClick={() => open('execute')} data-testid="case-execute">
      {found.type !== 'information' && w(`requests.execute_${found.type}`)}
    </Button>
  );
  if (!isOpen(found)) {
    return found.status === 'closed' ? null : (
      <>
        {execute}
        <Button variant="default" onClick={() => open('close')} data-testid="case-close">
          {w('requests.close')}
        </Button>
      </>
    );
  }
  const items: { name: CaseDialog; text: string; shown: boolean }[] = [
    { name: 'verify', text: w('requests.verify'), shown: !isVerified(found) },
    { name: 'extend', text: w('requests.extend'), shown: found.deadlines.some((deadline) => deadline.extendable) },
    { name: 'refuse', text: w('requests.refuse'), shown: true },
    { name: 'close', text: w('requests.close'), shown: true },
  ];
  return (
    <>
      {found.assignee?.id !== me && (
        <Button variant="default" loading={busy === 'take'} onClick={take} data-testid="case-take">
          {w('requests.take')}
        </Button>
      )}
      {!isVerified(found) && (
        <Button onClick={() => open('verify')} data-testid="case-verify">
          {w('requests.verify')}
        </Button>
      )}
      {execute}
      <Menu position="bottom-end" width={250} shadow="md">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={w('requests.more')} data-testid="case-more">
            <IconMore size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {items
            .filter((item) => item.shown)
            .map((item) => (
              <Menu.Item key={item.name} onClick={() => open(item.name)}>
                {item.text}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function CaseView({ found }: { found: RequestCase }) {
  const { w } = useWords();
  const when = useWhen();
  const { busy, act } = useAct();
  const [dialog, setDialog] = useState<CaseDialog | null>(null);
  const { id } = found;

  const person: ReactNode =
    found.subjects.length > 0 ? (
      <span className={classes.links}>
      {found.subjects.map((subject, index) => (
        <Link key={subject} className={classes.inlineLink ?? ''} to={`/privacy/people/${subject}`} data-testid="case-file">
          {index === 0 ? w('requests.openFile') : `№ ${index + 1}`}
        </Link>
      ))}
      </span>
    ) : (
      <>
        <span className={classes.soft}>{w('requests.noSubject')}</span>
        {isOpen(found) && (
          <Button size="compact-xs" variant="default" ml={8} onClick={() => setDialog('link')} data-testid="case-link">
            {w('requests.link')}
          </Button>
        )}
      </>
    );

  return (
    <CentrePage
      title={`${found.number} · ${w(`requests.type_${found.type}`)}`}
      above={<BackLink to="/privacy/requests">{w('requests.title')}</BackLink>}
      actions={
        <Actions
          found={found}
          busy={busy}
          open={setDialog}
          take={() => void act('take', () => privacyApi.actOnRequest(id, 'take'), w('requests.taken'))}
        />
      }
    >
      <div className={classes.split}>
        <div className={`${classes.stack} ${classes.aside}`}>
          <Panel>
            <Facts
              facts={[
                { name: w('requests.received'), value: when.at(found.received_at) },
                { name: w('requests.channel'), value: w(`requests.channel_${found.channel}`) },
                {
                  name: w('requests.verification'),
                  value: (
                    <Chip tone={verificationTone[found.verification]}>
                      {w(`requests.verification_${found.verification}`)}
                    </Chip>
                  ),
                },
                { name: w('requests.person'), value: person },
                { name: w('requests.handler'), value: found.assignee?.name ?? w('requests.nobody') },
                { name: w('shared.state'), value: <Chip tone={statusTone[found.status]}>{w(`requests.status_${found.status}`)}</Chip> },
              ]}
            />
          </Panel>
          <Deadlines deadlines={found.deadlines} />
        </div>
        <div className={classes.stack}>
          <Panel title={w('requests.whatAsked')}>
            <Facts
              facts={[
                { name: w('requests.name'), value: found.name },
                { name: w('requests.contact'), value: found.contact },
                { name: w('requests.data'), value: found.data },
                { name: w('requests.essence'), value: found.essence },
              ]}
            />
          </Panel>
          {found.subject && isVerified(found) && (
            <Panel title={w('requests.accessAnswer')} note={w('requests.accessAnswerText')}>
              <div className={classes.actions}>
                <Download path={`/privacy/requests/${id}/access.pdf`} name={`${found.number}.pdf`}>
                  {w('shared.downloadPdf')}
                </Download>
                <Download path={`/privacy/requests/${id}/access.json`} name={`${found.number}.json`}>
                  {w('shared.downloadJson')}
                </Download>
              </div>
            </Panel>
          )}
          {isOpen(found) ? (
            <AnswerEditor found={found} />
          ) : (
            found.answer && (
              <Panel title={found.status === 'refused' ? w('requests.refusal') : w('requests.answerSent')}>
                {found.refusal && (
                  <Facts
                    facts={[
                      { name: w('shared.reason'), value: found.refusal.reason },
                      { name: w('shared.article'), value: found.refusal.article },
                      { name: w('requests.appeal'), value: found.refusal.appeal },
                    ]}
                  />
                )}
                {found.answer !== found.refusal?.reason && <p className={classes.letter}>{found.answer}</p>}
              </Panel>
            )
          )}
          <Tasks
            found={found}
            busy={busy}
            onDone={(task) => void act(task, () => privacyApi.actOnRequest(id, `tasks/${task}/done`))}
          />
          <Panel title={w('requests.timeline')}>
            <Timeline
              happenings={found.events.map((event) => ({
                key: event.id,
                at: event.at,
                what: event.kind,
                who: event.actor,
                note: event.note,
              }))}
            />
          </Panel>
        </div>
      </div>
      <CaseDialogs found={found} dialog={dialog} close={() => setDialog(null)} />
    </CentrePage>
  );
}

export function CasePage() {
  const { id = '' } = useParams();
  const query = useAnswer(['request', id], (signal) => privacyApi.request(id, signal));
  return <Loaded query={query}>{(found) => <CaseView key={id} found={found} />}</Loaded>;
}
