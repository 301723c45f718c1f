// What an employee reads, accepts and signs before working: one text after another, each by its hash.

import { Button, Checkbox, Progress, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { keys } from '../../../api/keys';
import { useSession, useSignOut } from '../../../api/session';
import { failureText, tellFailure } from '../../../lib/failure';
import { LanguageMenu, ThemeMenu } from '../../../shell/EmployeeMenu';
import { privacyApi } from '../api';
import { useWhen } from '../shared/days';
import { DocumentView } from '../shared/DocumentView';
import type { Duties } from '../wire';
import { useWords } from '../words';
import { stepsOf, type DutyStep } from './steps';
import classes from './Duties.module.css';

function StepView({ step, onDone, onLater }: { step: DutyStep; onDone(next: Duties): void; onLater: (() => void) | null }) {
  const { w, t, language } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const [read, setRead] = useState(false);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  // Each text is announced and read from its top.
  useEffect(() => {
    heading.current?.focus();
  }, []);
  const accept = async () => {
    setChecked(true);
    if (!read || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      if (step.kind === 'document') onDone(await privacyApi.signDocument(step.paper.id, step.paper.hash));
      else if (step.kind === 'agreement') onDone(await privacyApi.acceptAgreement(step.paper.hash, language));
      else onDone(await privacyApi.acceptProcessing(step.paper.hash, language));
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={classes.step} data-testid="duty" data-kind={step.kind}>
      <h2 ref={heading} tabIndex={-1}>
        {w(`duties.${step.kind}`)}
        <span className={classes.version}>{w('duties.version', { version: step.paper.version })}</span>
      </h2>
      {step.kind === 'processing' && <p className={classes.lead}>{w('duties.processingText')}</p>}
      <div className={classes.text} tabIndex={0} role="region" aria-label={step.paper.title}>
        {step.kind === 'document' ? (
          <article className={classes.plain}>
            <h3>{step.paper.title}</h3>
            {step.paper.text}
          </article>
        ) : (
          <DocumentView document={step.paper.document} />
        )}
      </div>
      <Checkbox
        label={w('duties.read')}
        checked={read}
        onChange={(event) => setRead(event.currentTarget.checked)}
        error={checked && !read ? w('duties.readFirst') : null}
        data-testid="duty-read"
      />
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <div className={classes.buttons}>
        {onLater && (
          <Button variant="default" onClick={onLater} data-testid="duty-later">
            {w('duties.later')}
          </Button>
        )}
        <Button loading={busy} onClick={() => void accept()} data-testid="duty-accept">
          {step.kind === 'document' ? w('duties.sign') : w('duties.accept')}
        </Button>
      </div>
    </section>
  );
}

function Expired({ until }: { until: string | null }) {
  const { w, t } = useWords();
  const when = useWhen();
  const { employee } = useSession();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim() || busy) return;
    setBusy(true);
    try {
      await privacyApi.askAccess({ role: employee.role, reason: reason.trim(), until: null });
      setAsked(true);
    } catch (error) {
      tellFailure(error, t);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={classes.step} data-testid="access-expired">
      <h2>{w('duties.expiredTitle')}</h2>
      {until && <p className={classes.lead}>{w('duties.expiredText', { when: when.at(until) })}</p>}
      {asked ? (
        <div role="status">
          <b>{w('duties.asked')}</b>
          <p className={classes.lead}>{w('duties.askedText')}</p>
        </div>
      ) : (
        <form onSubmit={(event) => void ask(event)}>
          <Textarea
            label={w('duties.reason')}
            value={reason}
            maxLength={1_000}
            autosize
            minRows={3}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <div className={classes.buttons}>
            <Button type="submit" loading={busy} disabled={!reason.trim()}>
              {w('duties.ask')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

export function DutiesPage({ duties, onLater }: { duties: Duties; onLater(): void }) {
  const { w, t, language } = useWords();
  const cache = useQueryClient();
  const signOut = useSignOut();
  const steps = stepsOf(duties);
  // How many there were at first, so that the count does not shrink as one goes.
  const [all, setAll] = useState(steps.length);
  useEffect(() => setAll((before) => Math.max(before, steps.length)), [steps.length]);
  const now = all - steps.length + 1;
  const [step] = steps;
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="Chatika" width={28} height={28} />
        <span className={classes.bars}>
          <LanguageMenu />
          <ThemeMenu />
          <Button variant="subtle" color="gray" size="compact-md" onClick={() => void signOut().catch((error: unknown) => tellFailure(error, t))}>
            {w('duties.signOut')}
          </Button>
        </span>
      </header>
      <main className={classes.body}>
        <h1>{w('duties.title')}</h1>
        <p className={classes.lead}>{w('duties.lead')}</p>
        {step ? (
          <>
            {all > 1 && (
              <div className={classes.progress}>
                <span>{w('duties.step', { now, all })}</span>
                <Progress value={(100 * (now - 1)) / all} aria-label={w('duties.step', { now, all })} />
              </div>
            )}
            <StepView
              key={step.paper.hash}
              step={step}
              onDone={(next) => cache.setQueryData([...keys.duties, language], next)}
              onLater={step.kind === 'processing' ? onLater : null}
            />
          </>
        ) : (
          <Expired until={duties.access_until} />
        )}
      </main>
    </div>
  );
}
