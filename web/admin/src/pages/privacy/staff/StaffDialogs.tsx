import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { dayOf, shiftDay } from '../../../lib/time';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { useRenew } from '../shared/queries';
import { ReasonDialog } from '../shared/ReasonDialog';
import type { AccessRequest, Review, Staff } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

export type StaffDialog =
  | { kind: 'responsible' }
  | { kind: 'grant' | 'refuse'; access: AccessRequest }
  | { kind: 'review'; review: Review };

/** Access is given for this many days unless said otherwise. */
const usualDays = 90;

function ResponsibleForm({ staff, close }: { staff: Staff; close(): void }) {
  const { w, t } = useWords();
  const renew = useRenew();
  const [name, setName] = useState(staff.responsible?.name ?? '');
  const [contact, setContact] = useState(staff.responsible?.contact ?? '');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!name.trim() || !contact.trim() || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await privacyApi.setResponsible({ name: name.trim(), contact: contact.trim() });
      showToast(w('staff.appointed'));
      await renew();
      close();
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <TextInput
        label={w('staff.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        error={checked && !name.trim() ? w('staff.needed') : null}
        data-autofocus
        data-testid="responsible-name"
      />
      <TextInput
        type="email"
        label={w('staff.contact')}
        value={contact}
        maxLength={200}
        onChange={(event) => setContact(event.currentTarget.value)}
        error={checked && !contact.trim() ? w('staff.needed') : null}
        data-testid="responsible-contact"
      />
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-testid="confirm">
          {w('staff.appoint')}
        </Button>
      </Group>
    </form>
  );
}

export function StaffDialogs({ staff, dialog, close }: { staff: Staff; dialog: StaffDialog | null; close(): void }) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const renew = useRenew();
  const [until, setUntil] = useState(() => shiftDay(dayOf(new Date(), tenant.time_zone), usualDays));
  const access = dialog?.kind === 'grant' || dialog?.kind === 'refuse' ? dialog.access : null;
  const review = dialog?.kind === 'review' ? dialog.review : null;
  const done = async (work: Promise<unknown>, said: string) => {
    await work;
    showToast(said);
    await renew();
  };
  return (
    <>
      <Modal
        opened={dialog?.kind === 'responsible'}
        onClose={close}
        title={w('staff.responsible')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {dialog?.kind === 'responsible' && <ResponsibleForm staff={staff} close={close} />}
      </Modal>
      <ReasonDialog
        opened={dialog?.kind === 'grant'}
        onClose={close}
        reason={false}
        title={w('staff.grantTitle')}
        text={access && `${access.who.name}: ${access.what}. ${access.reason}`}
        confirm={w('staff.grant')}
        draft={`privacy:access:${access?.id ?? ''}`}
        onSubmit={() => done(privacyApi.actOnAccess(access?.id ?? '', 'grant', { until }), w('staff.granted'))}
      >
        <TextInput
          type="date"
          label={w('staff.until')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
          data-testid="access-until"
        />
      </ReasonDialog>
      <ReasonDialog
        opened={dialog?.kind === 'refuse'}
        onClose={close}
        title={w('staff.refuse')}
        text={access && `${access.who.name}: ${access.what}`}
        confirm={w('staff.refuse')}
        draft={`privacy:access-refuse:${access?.id ?? ''}`}
        onSubmit={({ reason }) => done(privacyApi.actOnAccess(access?.id ?? '', 'refuse', { reason }), w('staff.refused'))}
      />
      <ReasonDialog
        opened={dialog?.kind === 'review'}
        onClose={close}
        title={w('staff.finishTitle')}
        reasonLabel={w('staff.outcome')}
        confirm={w('staff.finish')}
        draft={`privacy:review:${review?.id ?? ''}`}
        onSubmit={({ reason }) => done(privacyApi.finishReview(review?.id ?? '', reason), w('staff.finished'))}
      />
    </>
  );
}
