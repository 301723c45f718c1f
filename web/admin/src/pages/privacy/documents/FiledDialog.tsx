// A change that Roskomnadzor had to be told of was told: when, and under which number.

import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../../api/http';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { dayOf } from '../../../lib/time';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { useRenew } from '../shared/queries';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

function FiledForm({ version, close }: { version: number; close(): void }) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const renew = useRenew();
  const today = dayOf(new Date(), tenant.time_zone);
  const [date, setDate] = useState(today);
  const [number, setNumber] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const told = (field: string) =>
    refused instanceof ApiError ? refused.fields.find(({ pointer }) => pointer === `/${field}`)?.message : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (busy || !date || !number.trim()) return;
    setBusy(true);
    setRefused(null);
    try {
      await privacyApi.fileNotification(version, { date, number: number.trim() });
      await renew();
      showToast(w('documents.filed'));
      close();
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <p className={classes.plain}>{w('documents.filedText')}</p>
      <TextInput
        type="date"
        label={w('documents.filedOn')}
        value={date}
        max={today}
        onChange={(event) => setDate(event.currentTarget.value)}
        error={checked && !date ? w('requests.needed') : told('date')}
        data-testid="filed-date"
      />
      <TextInput
        label={w('documents.filedNumber')}
        value={number}
        maxLength={120}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={checked && !number.trim() ? w('requests.needed') : told('number')}
        data-autofocus
        data-testid="filed-number"
      />
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-testid="confirm">
          {w('documents.markFiled')}
        </Button>
      </Group>
    </form>
  );
}

export function FiledDialog({ version, close }: { version: number | null; close(): void }) {
  const { w, t } = useWords();
  return (
    <Modal opened={version !== null} onClose={close} title={w('documents.markFiled')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {version !== null && <FiledForm version={version} close={close} />}
    </Modal>
  );
}
