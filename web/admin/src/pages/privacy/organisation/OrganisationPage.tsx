import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../../api/http';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DocumentView } from '../shared/DocumentView';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, useAnswer, useRenew } from '../shared/queries';
import type { Organisation, ShownPaper } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

function Details({ organisation, owner }: { organisation: Organisation; owner: boolean }) {
  const { w, t } = useWords();
  const renew = useRenew();
  const [form, setForm] = useState({
    ...organisation.legal,
    name_en: organisation.legal.name_en ?? '',
    address_en: organisation.legal.address_en ?? '',
    phone: organisation.phone,
  });
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const pointer = {
    name: '/legal/name',
    tax_number: '/legal/tax_number',
    address: '/legal/address',
    email: '/legal/email',
    name_en: '/legal/name_en',
    address_en: '/legal/address_en',
    phone: '/phone',
  };
  const told = (field: keyof typeof pointer) =>
    refused instanceof ApiError ? refused.fields.find((one) => one.pointer === pointer[field])?.message : undefined;
  const field = (name: keyof typeof pointer, max: number) => (
    <TextInput
      label={w(`organisation.${name}`)}
      description={name === 'email' || name === 'name_en' ? w(`organisation.${name}Hint`) : undefined}
      value={form[name]}
      maxLength={max}
      readOnly={!owner}
      onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })}
      error={told(name)}
      data-testid={`legal-${name}`}
    />
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefused(null);
    const { phone, name, tax_number, address, email, name_en, address_en } = form;
    try {
      await privacyApi.setOrganisation({
        phone: phone.trim(),
        legal: {
          name: name.trim(),
          tax_number: tax_number.trim(),
          address: address.trim(),
          email: email.trim(),
          name_en: name_en.trim() || null,
          address_en: address_en.trim() || null,
        },
      });
      await renew();
      showToast(w('organisation.saved'));
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={w('organisation.details')} note={owner ? undefined : w('organisation.ownerOnly')}>
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        {field('name', 300)}
        <div className={classes.two}>
          {field('tax_number', 12)}
          {field('phone', 40)}
        </div>
        {field('address', 500)}
        {field('email', 254)}
        {field('name_en', 300)}
        {field('address_en', 500)}
        <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
        {owner && (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} data-testid="legal-save">
              {t('common.save')}
            </Button>
          </Group>
        )}
      </form>
    </Panel>
  );
}

/** The agreement with who runs the installation: read, then accepted by its hash. */
function Agreement({ paper, complete }: { paper: ShownPaper | null; complete: boolean }) {
  const { w, t, language } = useWords();
  const { busy, act } = useAct();
  const [reading, setReading] = useState(false);
  if (!paper && !complete) {
    return (
      <Panel title={w('organisation.agreement')}>
        <p className={classes.plain}>{w('organisation.noAgreement')}</p>
      </Panel>
    );
  }
  if (!paper) return <Notice tone="brand">{w('organisation.agreementAccepted')}</Notice>;
  const accept = async () => {
    const done = await act('accept', () => privacyApi.acceptProcessing(paper.hash, language), w('organisation.accepted'));
    if (done) setReading(false);
  };
  return (
    <>
      <Notice
        tone="danger"
        title={w('organisation.agreement')}
        actions={
          <Button onClick={() => setReading(true)} data-testid="agreement-read">
            {w('organisation.agreementRead')}
          </Button>
        }
      >
        {w('organisation.agreementText')}
      </Notice>
      <Modal
        opened={reading}
        onClose={() => setReading(false)}
        size="xl"
        title={w('organisation.agreement')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <DocumentView document={paper.document} />
        <Group justify="flex-end" mt="md">
          <Button loading={busy === 'accept'} onClick={() => void accept()} data-testid="agreement-accept">
            {w('organisation.accept')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

export function OrganisationPage() {
  const { w, language } = useWords();
  const owner = useSession().employee.role === 'owner';
  const organisation = useAnswer(['organisation', language], (signal) => privacyApi.organisation(signal));
  const duties = useAnswer(['duties', language], (signal) => privacyApi.duties(signal));
  return (
    <CentrePage title={w('organisation.title')} lead={w('organisation.lead')}>
      <Loaded query={organisation}>
        {(found) => (
          <div className={classes.stack}>
            {owner && duties.data && <Agreement paper={duties.data.processing_agreement} complete={found.legal.email !== ''} />}
            <Details key={JSON.stringify(found.legal)} organisation={found} owner={owner} />
          </div>
        )}
      </Loaded>
    </CentrePage>
  );
}
