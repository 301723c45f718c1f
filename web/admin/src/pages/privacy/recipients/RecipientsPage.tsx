// Who is given data besides the register's own recipients, what they were told, and what they have acknowledged.

import { Button, Group, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../../api/http';
import { failureText } from '../../../lib/failure';
import { Chip } from '../../../ui/Chip';
import { Confirm } from '../../../ui/Confirm';
import { EmptyState } from '../../../ui/EmptyState';
import { IconCheck, IconPlus, IconSend } from '../../../ui/icons';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Loaded, LoadedPages } from '../shared/Loaded';
import { useAct, useAnswer, usePages, useRenew } from '../shared/queries';
import { lowerFirst, useTerms } from '../shared/terms';
import type { Recipient, RecipientKind, RecipientNotice } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const kinds: readonly RecipientKind[] = ['crm', 'webhook', 'partner', 'authority'];

function RecipientForm({ close }: { close(): void }) {
  const { w, t } = useWords();
  const renew = useRenew();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [kind, setKind] = useState<RecipientKind>('crm');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const told = (pointer: string) => (refused instanceof ApiError ? refused.fields.find((one) => one.pointer === pointer)?.message : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!name.trim() || !email.trim() || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await privacyApi.addRecipient({ name: name.trim(), email: email.trim(), kind });
      await renew();
      showToast(w('recipients.added'));
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
        label={w('recipients.name')}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        error={checked && !name.trim() ? w('recipients.needed') : told('/name')}
        data-autofocus
        data-testid="recipient-name"
      />
      <div className={classes.two}>
        <TextInput
          type="email"
          label={w('recipients.email')}
          value={email}
          maxLength={254}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={checked && !email.trim() ? w('recipients.needed') : told('/email')}
          data-testid="recipient-email"
        />
        <Select
          label={w('recipients.kind')}
          allowDeselect={false}
          value={kind}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'crm')}
          data={kinds.map((value) => ({ value, label: w(`recipients.kind_${value}`) }))}
        />
      </div>
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-testid="confirm">
          {w('recipients.add')}
        </Button>
      </Group>
    </form>
  );
}

function Notices() {
  const { w } = useWords();
  const when = useWhen();
  const { terms } = useTerms();
  const { busy, act } = useAct();
  const [open, setOpen] = useState(true);
  const query = usePages(['notices', open ? 'open' : 'all'], (cursor, signal) => privacyApi.notices(open, cursor, signal));
  const columns: Column<RecipientNotice>[] = [
    { key: 'who', name: w('recipients.name'), cell: (row) => row.recipient_name },
    { key: 'what', name: w('recipients.what'), cell: (row) => `${w(`people.told_${row.act}`)}: ${lowerFirst(terms('field', row.fields))}` },
    { key: 'at', name: w('audit.at'), tight: true, cell: (row) => when.at(row.created_at) },
    { key: 'told', name: w('jobs.tries'), tight: true, cell: (row) => row.told },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) => row.acknowledged_at ? (
        <Chip tone="brand">
          {w(row.acknowledged_by === 'link' ? 'recipients.byLink' : 'recipients.byHand', { when: when.at(row.acknowledged_at) })}
        </Chip>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCheck size={14} />}
          loading={busy === row.id}
          onClick={() => void act(row.id, () => privacyApi.acknowledge(row.id), w('recipients.acknowledged'))}
        >
          {w('recipients.acknowledge')}
        </Button>
      ),
    },
  ];
  return (
    <Panel
      title={w('recipients.notices')}
      flush
      actions={
        <SegmentedControl
          size="xs"
          value={open ? 'open' : 'all'}
          onChange={(value) => setOpen(value === 'open')}
          data={[
            { value: 'open', label: w('recipients.noticesOpen') },
            { value: 'all', label: w('recipients.noticesAll') },
          ]}
          aria-label={w('recipients.notices')}
          data-testid="notices-state"
        />
      }
    >
      <LoadedPages query={query} empty={<p className={classes.pad}>{w(open ? 'recipients.noNotices' : 'recipients.noneYet')}</p>}>
        {(rows) => <DataTable label={w('recipients.notices')} columns={columns} rows={rows} keyOf={(row) => row.id} testId="notices" />}
      </LoadedPages>
    </Panel>
  );
}

export function RecipientsPage() {
  const { w, t } = useWords();
  const when = useWhen();
  const { busy, act } = useAct();
  const [adding, setAdding] = useState(false);
  const [retiring, setRetiring] = useState<Recipient | null>(null);
  const query = useAnswer(['recipients'], (signal) => privacyApi.recipients(signal));
  const columns: Column<Recipient>[] = [
    { key: 'name', name: w('recipients.name'), cell: (row) => row.name },
    { key: 'kind', name: w('recipients.kind'), cell: (row) => w(`recipients.kind_${row.kind}`) },
    { key: 'email', name: w('recipients.email'), free: true, cell: (row) => row.email },
    {
      key: 'state',
      name: w('shared.state'),
      tight: true,
      cell: (row) => <Chip tone={row.active ? 'brand' : 'quiet'}>{row.active ? w('recipients.active') : w('recipients.gone')}</Chip>,
    },
    { key: 'since', name: w('recipients.since'), tight: true, cell: (row) => when.date(row.added_at) },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) =>
        row.active ? (
          <Button size="compact-sm" variant="default" onClick={() => setRetiring(row)} data-testid="retire">
            {w('recipients.retire')}
          </Button>
        ) : null,
    },
  ];
  const retire = async () => {
    if (retiring) await act('retire', () => privacyApi.retireRecipient(retiring.id), w('recipients.retired'));
    setRetiring(null);
  };
  return (
    <CentrePage
      title={w('recipients.title')}
      lead={w('recipients.lead')}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)} data-testid="recipient-add">
          {w('recipients.add')}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={IconSend} title={w('recipients.empty')} text={w('recipients.emptyText')} />
          ) : (
            <div className={classes.stack}>
              <Panel flush>
                <DataTable label={w('recipients.title')} columns={columns} rows={items} keyOf={(row) => row.id} testId="recipients" />
              </Panel>
              <Notices />
            </div>
          )
        }
      </Loaded>
      <Modal opened={adding} onClose={() => setAdding(false)} title={w('recipients.add')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        {adding && <RecipientForm close={() => setAdding(false)} />}
      </Modal>
      <Confirm
        opened={retiring !== null}
        busy={busy === 'retire'}
        title={w('recipients.retireTitle')}
        text={w('recipients.retireText', { name: retiring?.name ?? '' })}
        confirm={w('recipients.retire')}
        onConfirm={() => void retire()}
        onClose={() => setRetiring(null)}
      />
    </CentrePage>
  );
}
