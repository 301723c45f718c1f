// A request that came by letter, call or on paper, entered by the one who received it.

import { Button, Group, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../../api/http';
import { failureText } from '../../../lib/failure';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { useRenew } from '../shared/queries';
import type { NewRequest, RequestType } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const types: readonly RequestType[] = [
  'information', 'correction', 'blocking', 'deletion', 'withdrawal', 'stop', 'objection',
];
const channels = ['email', 'phone', 'paper'] as const;
const empty: NewRequest = { type: 'information', name: '', contact: '', data: '', essence: '', channel: 'email' };

export function NewRequestPage() {
  const { w, t } = useWords();
  const navigate = useNavigate();
  const renew = useRenew();
  const [form, setForm] = useState(empty);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const set = (part: Partial<NewRequest>) => setForm((before) => ({ ...before, ...part }));

  const told = (field: 'name' | 'contact' | 'data' | 'essence') => {
    if (checked && !form[field].trim()) return w('requests.needed');
    return refused instanceof ApiError ? refused.fields.find(({ pointer }) => pointer === `/${field}`)?.message : undefined;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (busy || !form.name.trim() || !form.contact.trim() || !form.data.trim() || !form.essence.trim()) return;
    setBusy(true);
    setRefused(null);
    try {
      const made = await privacyApi.createRequest(form);
      await renew();
      showToast(w('requests.created'));
      await navigate(`/privacy/requests/${made.id}`, { replace: true });
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };

  const text = (field: 'name' | 'contact') => ({
    label: w(`requests.${field}`),
    value: form[field],
    maxLength: 200,
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
    error: told(field),
    'data-testid': `request-${field}`,
  });
  const area = (field: 'data' | 'essence') => ({
    label: w(`requests.${field}`),
    value: form[field],
    maxLength: 4_000,
    autosize: true,
    minRows: 2,
    maxRows: 12,
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
    error: told(field),
    'data-testid': `request-${field}`,
  });

  return (
    <CentrePage
      title={w('requests.addTitle')}
      lead={w('requests.addLead')}
      above={<BackLink to="/privacy/requests">{w('requests.title')}</BackLink>}
    >
      <Panel>
        <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
          <div className={classes.two}>
            <Select
              label={w('requests.type')}
              allowDeselect={false}
              value={form.type}
              onChange={(value) => set({ type: types.find((type) => type === value) ?? 'information' })}
              data={types.map((value) => ({ value, label: w(`requests.type_${value}`) }))}
            />
            <Select
              label={w('requests.channel')}
              allowDeselect={false}
              value={form.channel}
              onChange={(value) => set({ channel: value ?? 'email' })}
              data={channels.map((value) => ({ value, label: w(`requests.channel_${value}`) }))}
            />
          </div>
          <div className={classes.two}>
            <TextInput {...text('name')} autoComplete="off" />
            <TextInput {...text('contact')} type="email" inputMode="email" autoComplete="off" />
          </div>
          <Textarea {...area('data')} description={w('requests.dataHint')} />
          <Textarea {...area('essence')} />
          <div role="alert">
            {refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}
          </div>
          <Group justify="flex-end">
            <Button type="submit" loading={busy} data-testid="request-create">
              {w('requests.create')}
            </Button>
          </Group>
        </form>
      </Panel>
    </CentrePage>
  );
}
