import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { showToast } from '../../../ui/toasts';
import { Chip } from '../../../ui/Chip';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { useWhen } from '../shared/days';
import { Facts } from '../shared/Facts';
import { Loaded } from '../shared/Loaded';
import { useAnswer, useRenew } from '../shared/queries';
import { ReasonDialog } from '../shared/ReasonDialog';
import { Timeline } from '../shared/Timeline';
import { useTerms } from '../shared/terms';
import { useActor } from '../shared/useActor';
import type { Breach } from '../wire';
import { useWords } from '../words';
import { BreachForm } from './BreachForm';
import { Drafts } from './Drafts';
import { breachTone } from './BreachesPage';
import classes from '../shared/Shared.module.css';

const events = ['found', 'corrected', 'notified', 'reported', 'told', 'closed'] as const;
const isEvent = (kind: string): kind is (typeof events)[number] => events.some((one) => one === kind);

type Dialog = 'notified' | 'reported' | 'told' | 'close' | 'edit';

function Clocks({ found, open }: { found: Breach; open(dialog: Dialog): void }) {
  const { w } = useWords();
  const when = useWhen();
  const clock = (title: string, due: string, done: string | null, reference: string, dialog: Dialog, text: string) => (
    <div>
      <div className={classes.happened}>{title}</div>
      <ClockChip due={due} done={done} />
      <div className={classes.small}>{done ? reference : w('breaches.article')}</div>
      {!done && (dialog === 'notified' || found.notified_at) && (
        <Button mt={6} size="compact-sm" variant="default" onClick={() => open(dialog)} data-testid={`breach-${dialog}`}>
          {text}
        </Button>
      )}
    </div>
  );
  return (
    <Panel title={w('breaches.clocks')}>
      <div className={classes.stack}>
        {clock(w('breaches.notifyTitle'), found.notify_due, found.notified_at, found.notify_reference, 'notified', w('breaches.markNotified'))}
        {clock(w('breaches.reportTitle'), found.report_due, found.reported_at, found.report_reference, 'reported', w('breaches.markReported'))}
        <div>
          <div className={classes.happened}>{w('breaches.toldTitle')}</div>
          {found.told_at ? (
            <>
              {when.at(found.told_at)}
              <div className={classes.small}>{found.told_how}</div>
            </>
          ) : (
            <Button mt={6} size="compact-sm" variant="default" onClick={() => open('told')} data-testid="breach-told">
              {w('breaches.markTold')}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}

function BreachView({ found }: { found: Breach }) {
  const { w, t } = useWords();
  const when = useWhen();
  const renew = useRenew();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const act = async (name: string, body: object | undefined, said: string) => {
    await privacyApi.actOnBreach(found.id, name, body);
    showToast(said);
    await renew();
  };
  const close = () => setDialog(null);
  const eventText = (kind: string) => (isEvent(kind) ? w(`breaches.event_${kind}`) : kind);
  const { terms } = useTerms();
  const actor = useActor();
  const said = (text: string) => text || <span className={classes.soft}>{w('breaches.unknown')}</span>;
  const open = found.state !== 'closed';
  return (
    <CentrePage
      title={`${found.number} · ${found.title}`}
      above={<BackLink to="/privacy/breaches">{w('breaches.title')}</BackLink>}
      actions={
        open && (
          <>
            <Button variant="default" onClick={() => setDialog('edit')} data-testid="breach-edit">
              {w('breaches.edit')}
            </Button>
            {found.notified_at && found.reported_at && (
              <Button onClick={() => setDialog('close')} data-testid="breach-close">
                {w('breaches.close')}
              </Button>
            )}
          </>
        )
      }
    >
      <div className={classes.split}>
        <div className={`${classes.stack} ${classes.aside}`}>
          <Clocks found={found} open={setDialog} />
          <Panel>
            <Facts
              facts={[
                { name: w('breaches.state'), value: <Chip tone={breachTone[found.state]}>{w(`breaches.state_${found.state}`)}</Chip> },
                { name: w('breaches.found'), value: when.at(found.found_at) },
                { name: w('breaches.people'), value: found.people ?? said('') },
              ]}
            />
          </Panel>
        </div>
        <div className={classes.stack}>
          <Panel title={w('breaches.details')}>
            <Facts
              facts={[
                { name: w('breaches.what'), value: found.what },
                { name: w('breaches.categories'), value: terms('field', found.categories) || said('') },
                { name: w('breaches.cause'), value: said(found.cause) },
                { name: w('breaches.harm'), value: said(found.harm) },
                { name: w('breaches.measures'), value: said(found.measures) },
                { name: w('breaches.happened'), value: found.happened_at ? when.at(found.happened_at) : said('') },
                { name: w('breaches.inquiry'), value: said(found.inquiry) },
                { name: w('breaches.responsible'), value: said(found.responsible) },
              ]}
            />
          </Panel>
          <Drafts breach={found} />
          <Panel title={w('breaches.timeline')}>
            <Timeline
              happenings={found.events.map((event) => ({
                key: String(event.seq), at: event.at, what: eventText(event.kind), who: actor(event.actor),
              }))}
            />
          </Panel>
        </div>
      </div>
      {(['notified', 'reported'] as const).map((name) => (
        <ReasonDialog
          key={name}
          opened={dialog === name}
          onClose={close}
          title={w(name === 'notified' ? 'breaches.markNotified' : 'breaches.markReported')}
          text={w('breaches.markText')}
          reasonLabel={w('breaches.reference')}
          confirm={w(name === 'notified' ? 'breaches.markNotified' : 'breaches.markReported')}
          draft={`privacy:${found.id}:${name}`}
          onSubmit={({ reason }) => act(name, { reference: reason }, w('breaches.marked'))}
        />
      ))}
      <ReasonDialog
        opened={dialog === 'told'}
        onClose={close}
        title={w('breaches.markTold')}
        text={w('breaches.toldText')}
        reasonLabel={w('breaches.toldHow')}
        confirm={w('breaches.markTold')}
        draft={`privacy:${found.id}:told`}
        onSubmit={({ reason }) => act('told', { reference: reason }, w('breaches.marked'))}
      />
      <ReasonDialog
        opened={dialog === 'close'}
        onClose={close}
        reason={false}
        title={w('breaches.close')}
        text={w('breaches.closeText')}
        confirm={w('breaches.close')}
        draft={`privacy:${found.id}:close`}
        onSubmit={() => act('close', undefined, w('breaches.closed'))}
      />
      <Modal
        opened={dialog === 'edit'}
        onClose={close}
        size="lg"
        title={w('breaches.details')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {dialog === 'edit' && (
          <BreachForm
            before={found}
            confirm={t('common.save')}
            onSubmit={async (said) => {
              await act('edit', said, w('breaches.saved'));
              close();
            }}
          />
        )}
      </Modal>
    </CentrePage>
  );
}

export function BreachPage() {
  const { id = '' } = useParams();
  const query = useAnswer(['breach', id], (signal) => privacyApi.breach(id, signal));
  return <Loaded query={query}>{(found) => <BreachView key={id} found={found} />}</Loaded>;
}
