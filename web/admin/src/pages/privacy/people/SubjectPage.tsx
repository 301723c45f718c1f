// Everything held about one person, on one page, and what can be done about it.

import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { useWhen } from '../shared/days';
import { Download } from '../shared/Download';
import { Facts } from '../shared/Facts';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, useAnswer } from '../shared/queries';
import { useTerms } from '../shared/terms';
import type { SubjectFile } from '../wire';
import { useWords } from '../words';
import { ConsentLedger, Corrections, HeldTable, HoldList, Looked, Messages, RecipientList, Visits } from './FileParts';
import { SubjectDialogs, type SubjectDialog } from './SubjectDialogs';
import { SubjectStates } from './SubjectStates';
import classes from '../shared/Shared.module.css';

function Actions({ file, open }: { file: SubjectFile; open(dialog: SubjectDialog): void }) {
  const { w } = useWords();
  const { subject } = file;
  if (subject.erased_at) return null;
  return (
    <>
      <Download path={`/privacy/subjects/${subject.id}/file.pdf`} name={`${subject.id}.pdf`}>
        PDF
      </Download>
      <Download path={`/privacy/subjects/${subject.id}/file.json`} name={`${subject.id}.json`}>
        JSON
      </Download>
      {subject.blocked_at ? (
        <Button variant="default" onClick={() => open({ kind: 'unblock' })} data-testid="unblock">
          {w('people.unblock')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => open({ kind: 'block' })} data-testid="block">
          {w('people.block')}
        </Button>
      )}
      <Button variant="default" className={classes.danger ?? ''} onClick={() => open({ kind: 'erase' })} data-testid="erase">
        {w('people.erase')}
      </Button>
    </>
  );
}

/** What has become of the person's data, above everything else. */
function Standing({ file }: { file: SubjectFile }) {
  const { w } = useWords();
  const when = useWhen();
  const { term } = useTerms();
  const { busy, act } = useAct();
  const { subject } = file;
  if (subject.erased_at) {
    return (
      <Notice tone="plain" actions={<Link to="/privacy/destruction">{w('people.erasedAct')}</Link>}>
        {w('people.erasedNotice', { when: when.at(subject.erased_at) })}
      </Notice>
    );
  }
  const planned = file.erasures.find((erasure) => erasure.state === 'planned' || erasure.state === 'held');
  return (
    <>
      {subject.kind === 'employee' && (
        <Notice tone="plain" actions={<Link to="/privacy/staff">{w('people.employeeStaff')}</Link>}>
          {w('people.employeeNotice')}
        </Notice>
      )}
      {subject.blocked_at && <Notice tone="danger">{w('people.blockedNotice', { when: when.at(subject.blocked_at) })}</Notice>}
      {planned && (
        <Notice
          tone="waiting"
          title={w('people.planned')}
          actions={
            <Button
              variant="default"
              loading={busy === 'cancel'}
              onClick={() =>
                void act('cancel', () => privacyApi.actOnSubject(subject.id, 'cancel-erasure'), w('people.erasureCancelled'))
              }
              data-testid="cancel-erasure"
            >
              {w('people.cancelErasure')}
            </Button>
          }
        >
          {term('reason', planned.reason)}. {w('people.plannedFor')} <ClockChip days due={planned.due_at} />
        </Notice>
      )}
    </>
  );
}

function FileView({ file }: { file: SubjectFile }) {
  const { w } = useWords();
  const when = useWhen();
  const { terms } = useTerms();
  const [dialog, setDialog] = useState<SubjectDialog | null>(null);
  const { subject } = file;
  return (
    <CentrePage
      title={subject.name ?? w(subject.erased_at ? 'people.erasedTitle' : 'people.noName')}
      above={<BackLink to="/privacy/people">{w('people.title')}</BackLink>}
      actions={<Actions file={file} open={setDialog} />}
    >
      <Standing file={file} />
      <div className={classes.stack}>
        <Panel>
          <Facts
            facts={[
              {
                name: w('people.kind'),
                value: (
                  <span className={classes.withIcon}>
                    {w(`people.kind_${subject.kind}`)} <SubjectStates subject={subject} />
                  </span>
                ),
              },
              { name: w('people.capacity'), value: w(`people.capacity_${subject.capacity}`) },
              { name: w('people.firstSeen'), value: subject.first_at ? when.at(subject.first_at) : w('shared.none') },
              { name: w('people.lastSeen'), value: subject.last_at ? when.at(subject.last_at) : w('shared.none') },
              { name: w('people.granted'), value: terms('purpose', file.granted) || w('shared.none') },
              ...(file.objected.length > 0
                ? [{ name: w('people.objectsTo'), value: terms('purpose', file.objected) }]
                : []),
              { name: w('people.file'), value: <span className={classes.mono}>{subject.id}</span> },
            ]}
          />
        </Panel>
        {file.fields.length > 0 && <HeldTable file={file} open={setDialog} />}
        <Visits file={file} />
        <Messages file={file} />
        <div className={classes.two}>
          <ConsentLedger rows={file.consents} />
          {(file.holds.length > 0 || !subject.erased_at) && <HoldList holds={file.holds} release={(hold) => setDialog({ kind: 'release', hold })} />}
        </div>
        <Corrections file={file} />
        <RecipientList notices={file.notices} />
        <Looked subject={subject.id} />
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
