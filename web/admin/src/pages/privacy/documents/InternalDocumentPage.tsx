import { Button, Group, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useParams } from 'react-router';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { showToast } from '../../../ui/toasts';
import { NotFound } from '../../NotFound';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { startOfDay, useWhen } from '../shared/days';
import { DocumentView } from '../shared/DocumentView';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useRenew } from '../shared/queries';
import { Timeline } from '../shared/Timeline';
import type { InternalDocument } from '../wire';
import { useWords } from '../words';
import { useDocuments } from './DocumentsPage';
import classes from '../shared/Shared.module.css';

function ApproveForm({ found, close }: { found: InternalDocument; close(): void }) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const renew = useRenew();
  const [from, setFrom] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefused(null);
    try {
      // The hash says which text was read: one that changed meanwhile is refused.
      await privacyApi.approveDocument({
        kind: found.kind,
        hash: found.hash,
        language: found.document.language,
        in_force_from: from ? startOfDay(from, tenant.time_zone) : null,
      });
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
        type="date"
        label={w('documents.from')}
        description={w('documents.fromHint')}
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
        data-testid="in-force"
      />
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-autofocus data-testid="confirm">
          {w('documents.approve')}
        </Button>
      </Group>
    </form>
  );
}

const tabs = ['text', 'versions'] as const;
type Tab = (typeof tabs)[number];

function Versions({ found }: { found: InternalDocument }) {
  const { w } = useWords();
  const when = useWhen();
  return (
    <Panel>
      {found.versions.length === 0 && <p className={classes.plain}>{w('documents.noVersions')}</p>}
      <Timeline
        happenings={found.versions.map((version) => ({
          key: version.id,
          at: version.approved_at,
          what: w('documents.version', { number: version.version, who: version.approver.name }),
          who: `${w('documents.inForce')} ${when.date(version.in_force_from)}`,
          note: `${w('documents.signedBy', { count: version.signed_by })}\n${w('documents.hash')}: ${version.hash}`,
        }))}
      />
    </Panel>
  );
}

function DetailView({ found }: { found: InternalDocument }) {
  const { w, t } = useWords();
  const owner = useSession().employee.role === 'owner';
  const [tab, setTab] = useState<Tab>('text');
  const [approving, setApproving] = useState(false);
  return (
    <CentrePage
      title={found.title}
      above={<BackLink to="/privacy/documents">{w('documents.title')}</BackLink>}
      actions={
        owner &&
        found.state !== 'approved' && (
          <Button onClick={() => setApproving(true)} data-testid="approve">
            {w('documents.approve')}
          </Button>
        )
      }
    >
      {found.state === 'changed' && <Notice tone="waiting">{w('documents.changedNotice')}</Notice>}
      {found.state === 'missing' && <Notice tone="danger">{w('documents.draftNotice')}</Notice>}
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('documents.view')}
          value={tab}
          onChange={(value) => setTab(tabs.find((one) => one === value) ?? 'text')}
          data={tabs.map((value) => ({ value, label: w(`documents.tab_${value}`) }))}
        />
      </div>
      {tab === 'text' ? <DocumentView document={found.document} /> : <Versions found={found} />}
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

export function InternalDocumentPage() {
  const { kind = '' } = useParams();
  const query = useDocuments();
  return (
    <Loaded query={query}>
      {({ items }) => {
        const found = items.find((item) => item.kind === kind);
        return found ? <DetailView key={kind} found={found} /> : <NotFound />;
      }}
    </Loaded>
  );
}
