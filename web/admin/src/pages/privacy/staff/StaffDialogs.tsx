import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { dayOf, shiftDay } from '../../../lib/time';
import { Confirm } from '../../../ui/Confirm';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { endOfDay } from '../shared/days';
import { useAct, useRenew } from '../shared/queries';
import { ReasonDialog } from '../shared/ReasonDialog';
import type { AccessRequest, Review, Role, Staff, StaffRow } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

export type StaffDialog =
  | { kind: 'responsible' }
  | { kind: 'grant'; access: AccessRequest }
  | { kind: 'term' | 'disable'; employee: StaffRow }
  | { kind: 'review'; review: Review };

/** Access is given for this many days unless said otherwise. */
const usualDays = 90;

/** A small form: its fields, what the server refused, one button. */
function SmallForm({ confirm, ready, said, run, close, children }: {
  confirm: string;
  ready: boolean;
  said: string;
  run(): Promise<unknown>;
  close(): void;
  children(checked: boolean): ReactNode;
}) {
  const { t } = useWords();
  const renew = useRenew();
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!ready || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await run();
      showToast(said);
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
      {children(checked)}
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-testid="confirm">
          {confirm}
        </Button>
      </Group>
    </form>
  );
}

function ResponsibleForm({ staff, close }: { staff: Staff; close(): void }) {
  const { w } = useWords();
  const { tenant } = useSession();
  const [employee, setEmployee] = useState(staff.responsible?.employee ?? '');
  const [number, setNumber] = useState('');
  const [date, setDate] = useState(() => dayOf(new Date(), tenant.time_zone));
  const people = staff.employees.filter((one) => !one.disabled_at);
  return (
    <SmallForm
      confirm={w('staff.appoint')}
      ready={employee !== '' && number.trim() !== '' && date !== ''}
      said={w('staff.appointed')}
      run={() => privacyApi.setResponsible({ employee, order_number: number.trim(), order_date: date })}
      close={close}
    >
      {(checked) => (
        <>
          <p className={classes.plain}>{w('staff.appointText')}</p>
          <Select
            label={w('staff.employee')}
            allowDeselect={false}
            value={employee || null}
            onChange={(value) => setEmployee(value ?? '')}
            data={people.map((one) => ({ value: one.id, label: one.name }))}
            error={checked && !employee ? w('staff.needed') : null}
            data-autofocus
            data-testid="responsible-employee"
          />
          <div className={classes.two}>
            <TextInput
              label={w('staff.orderNumber')}
              value={number}
              maxLength={40}
              onChange={(event) => setNumber(event.currentTarget.value)}
              error={checked && !number.trim() ? w('staff.needed') : null}
              data-testid="order-number"
            />
            <TextInput
              type="date"
              label={w('staff.orderDate')}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
              error={checked && !date ? w('staff.needed') : null}
              data-testid="order-date"
            />
          </div>
        </>
      )}
    </SmallForm>
  );
}

/** Role and last day, of an employee or of a request for access. */
function AccessForm({ role: before, until: end, fixedRole, confirm, said, run, close }: {
  role: Role;
  until: string;
  fixedRole: boolean;
  confirm: string;
  said: string;
  run(role: Role, until: string | null): Promise<unknown>;
  close(): void;
}) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const [role, setRole] = useState<Role>(before);
  const [until, setUntil] = useState(end);
  return (
    <SmallForm
      confirm={confirm}
      ready
      said={said}
      run={() => run(role, until ? endOfDay(until, tenant.time_zone) : null)}
      close={close}
    >
      {() => (
        <>
          {!fixedRole && (
            <Select
              label={w('staff.role')}
              allowDeselect={false}
              value={role}
              onChange={(value) => setRole(value === 'owner' ? 'owner' : 'receptionist')}
              data={(['owner', 'receptionist'] as const).map((value) => ({ value, label: t(`common.role_${value}`) }))}
            />
          )}
          <TextInput
            type="date"
            label={w('staff.until')}
            description={w('staff.termHint')}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
            data-testid="access-until"
          />
        </>
      )}
    </SmallForm>
  );
}

export function StaffDialogs({ staff, dialog, close }: { staff: Staff; dialog: StaffDialog | null; close(): void }) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const renew = useRenew();
  const { busy, act } = useAct();
  const zone = tenant.time_zone;
  const review = dialog?.kind === 'review' ? dialog.review : null;
  const modal = (kind: StaffDialog['kind'], title: string, body: ReactNode) => (
    <Modal opened={dialog?.kind === kind} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {body}
    </Modal>
  );
  const disable = async (employee: StaffRow) => {
    await act('disable', () => privacyApi.enableEmployee(employee.id, false), w('staff.closedDone'));
    close();
  };
  return (
    <>
      {modal('responsible', w('staff.responsible'), dialog?.kind === 'responsible' && <ResponsibleForm staff={staff} close={close} />)}
      {modal(
        'grant',
        w('staff.grantTitle'),
        dialog?.kind === 'grant' && (
          <>
            <p className={classes.plain}>
              {dialog.access.who.name}: {t(`common.role_${dialog.access.role}`)}. {dialog.access.reason}
            </p>
            <AccessForm
              role={dialog.access.role}
              fixedRole
              until={dialog.access.wanted_until ? dayOf(dialog.access.wanted_until, zone) : shiftDay(dayOf(new Date(), zone), usualDays)}
              confirm={w('staff.grant')}
              said={w('staff.granted')}
              run={(_role, until) => privacyApi.actOnAccess(dialog.access.id, 'grant', { until })}
              close={close}
            />
          </>
        ),
      )}
      {modal(
        'term',
        w('staff.termTitle'),
        dialog?.kind === 'term' && (
          <AccessForm
            role={dialog.employee.role}
            fixedRole={false}
            until={dialog.employee.access_until ? dayOf(dialog.employee.access_until, zone) : ''}
            confirm={t('common.save')}
            said={w('staff.termSaved')}
            run={(role, until) => privacyApi.setAccess(dialog.employee.id, { role, until })}
            close={close}
          />
        ),
      )}
      <Confirm
        opened={dialog?.kind === 'disable'}
        danger
        busy={busy === 'disable'}
        title={w('staff.closeTitle')}
        text={dialog?.kind === 'disable' ? w('staff.closeText', { name: dialog.employee.name }) : ''}
        confirm={w('staff.close')}
        onConfirm={() => dialog?.kind === 'disable' && void disable(dialog.employee)}
        onClose={close}
      />
      <ReasonDialog
        opened={dialog?.kind === 'review'}
        onClose={close}
        title={w('staff.finishTitle')}
        text={review?.title}
        reasonLabel={w('staff.outcome')}
        confirm={w('staff.finish')}
        draft={`privacy:review:${review?.id ?? ''}`}
        onSubmit={async ({ reason }) => {
          await privacyApi.finishReview(review?.id ?? '', reason);
          showToast(w('staff.finished'));
          await renew();
        }}
      />
    </>
  );
}
