import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useParams } from 'react-router';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { dayOf } from '../../../lib/time';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { useWhen } from '../shared/days';
import { ChangesView, DocumentView } from '../shared/DocumentView';
import { Download } from '../shared/Download';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAnswer, useRenew } from '../shared/queries';
import { Timeline } from '../shared/Timeline';
import type { DocumentDetail } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

function ApproveForm({ found, close }: { found: DocumentDetail; close(): void }) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const renew = useRenew();
  const [approver, setApprover] = useState(found.approver ?? '');
  const [from, setFrom] = useState(dayOf(new Date(), tenant.time_zone));
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!approver.trim() || !from || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      // The hash says which text was read: one that changed meanwhile is refused.
      await privacyApi.approveDocument(found.kind, { hash: found.hash, approver: approver.trim(), in_force: from });
      showToast(w('documents.approved'));
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
      <p className={classes.plain}>{w('documents.approveText')}</p>
      <TextInput
        label={w('documents.who')}
        description={w('documents.whoHint')}
        value={approver}
        maxLength={200}
        onChange={(event) => setApprover(event.currentTarget.value)}
        error={checked && !approver.trim() ? w('documents.whoNeeded') : null}
        data-autofocus
        data-testid="approver"
      />
      <TextInput
        type="date"
        label={w('documents.from')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        error={checked && !from ? w('documents.fromNeeded') : null}
        data-testid="in-force"
      />
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-testid="confirm">
          {w('documents.approve')}
        </Button>
      </Group>
    </form>
  );
}

const tabs = ['text', 'changes', 'versions'] as const;
type Tab = (typeof tabs)[number];

function DetailView({ found }: { found: DocumentDetail }) {
  const { w, t } = useWords();
  const when = useWhen();
  const [tab, setTab] = useState<Tab>('text');
  const [approving, setApproving] = useState(false);
  return (
    <CentrePage
      title={found.title}
      above={<BackLink to="/privacy/documents">{w('documents.title')}</BackLink>}
      actions={
        <>
          <Download path={`/privacy/documents/${found.kind}.pdf`} name={`${found.kind}.pdf`}>
            {w('documents.pdf')}
          </Download>
          {found.state !== 'approved' && (
            <Button onClick={() => setApproving(true)} data-testid="approve">
              {w('documents.approve')}
            </Button>
          )}
        </>
      }
    >
      {found.state === 'changed' && <Notice tone="waiting">{w('documents.changedNotice')}</Notice>}
      {(found.state === 'draft' || found.state === 'missing') && <Notice tone="danger">{w('documents.draftNotice')}</Notice>}
      {found.notify_by && (
        <Notice tone="waiting" title={w('documents.notifyBy', { day: when.day(found.notify_by) })}>
          {w('documents.notifyText')}
        </Notice>
      )}
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('documents.view')}
          value={tab}
          onChange={(value) => setTab(tabs.find((one) => one === value) ?? 'text')}
          data={tabs.map((value) => ({ value, label: w(`documents.tab_${value}`) }))}
        />
      </div>
      {tab === 'text' && <DocumentView document={found.document} />}
      {tab === 'changes' && (
        <Panel>
          <ChangesView changes={found.changes} />
        </Panel>
      )}
      {tab === 'versions' && (
        <Panel>
          {found.versions.length === 0 && <p className={classes.plain}>{w('documents.noVersions')}</p>}
          <Timeline
            happenings={found.versions.map((version) => ({
              key: version.hash,
              at: version.approved_at,
              what: w('documents.version', { who: version.approver }),
              who: `${w('documents.inForce')} ${when.day(version.in_force)}`,
              note: `${w('documents.hash')}: ${version.hash}`,
            }))}
          />
        </Panel>
      )}
      <Modal
        opened={approving}
        onClose={() => setApproving(false)}
        title={w('documents.approveTitle', { title: found.title })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {approving && <ApproveForm found={found} close={() => setApproving(false)} />}
      </Modal>
    </CentrePage>
  );
}

export function DocumentPage() {
  const { kind = '' } = useParams();
  const query = useAnswer(['document', kind], (signal) => privacyApi.document(kind, signal));
  return <Loaded query={query}>{(found) => <DetailView key={kind} found={found} />}</Loaded>;
}
