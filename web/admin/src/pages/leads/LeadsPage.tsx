import type { Lead } from '@chatika/client';
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../api/api';
import { useLeads } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { tellFailure } from '../../lib/failure';
import { phoneText } from '../../lib/phone';
import { dateTimeText } from '../../lib/time';
import { putLead } from '../../live/feed';
import { usePageTitle } from '../../shell/pageTitle';
import { LeadChip } from '../../ui/Chip';
import { EmptyState } from '../../ui/EmptyState';
import { Failed } from '../../ui/Failed';
import { IconCheck, IconInbox, IconLead, IconMail, IconPhone } from '../../ui/icons';
import { PageBody, PageHead } from '../../ui/PageBody';
import { showToast } from '../../ui/toasts';
import classes from './Leads.module.css';

type Status = Lead['status'];

/** Marks a lead and offers to take it back for as long as the notice stands. */
function useMark() {
  const { t } = useText();
  const cache = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const set = async (lead: Lead, status: Status, offerUndo: boolean) => {
    setBusy(lead.id);
    try {
      const stored = await api.setLeadStatus(lead.id, status);
      putLead(cache, stored);
      showToast(status === 'done' ? t('leads.doneNotice') : t('leads.newNotice'), {
        id: `lead-${lead.id}`,
        ...(offerUndo && { action: { label: t('common.undo'), run: () => void set(stored, lead.status, false) } }),
      });
    } catch (error) {
      tellFailure(error, t);
    } finally {
      setBusy(null);
    }
  };
  return { busy, mark: (lead: Lead, status: Status) => void set(lead, status, true) };
}

interface CardProps {
  lead: Lead;
  busy: boolean;
  onMark(status: Status): void;
}

function LeadCard({ lead, busy, onMark }: CardProps) {
  const { t, language } = useText();
  const { tenant } = useSession();
  const done = lead.status === 'done';
  return (
    <li className={classes.lead} data-testid="lead" data-id={lead.id}>
      <div className={classes.body}>
        <div className={classes.top}>
          <h2 className={classes.name}>{lead.name ?? t('leads.noName')}</h2>
          <LeadChip kind={lead.kind} />
          <time className={classes.time} dateTime={lead.created_at}>
            {dateTimeText(lead.created_at, tenant.time_zone, language)}
          </time>
        </div>
        {lead.note && <p className={classes.note}>{lead.note}</p>}
        <div className={classes.contacts}>
          {lead.phone && (
            <a href={`tel:${lead.phone}`} aria-label={t('leads.call', { phone: phoneText(lead.phone) })}>
              <IconPhone size={18} />
              {phoneText(lead.phone)}
            </a>
          )}
          {lead.email && (
            <a href={`mailto:${lead.email}`}>
              <IconMail size={18} />
              {lead.email}
            </a>
          )}
        </div>
      </div>
      <div className={classes.acts}>
        <Button
          component={Link}
          to={`/inbox/${lead.conversation}`}
          variant="default"
          leftSection={<IconInbox size={18} />}
        >
          {t('leads.toConversation')}
        </Button>
        <Button
          variant={done ? 'default' : 'filled'}
          leftSection={done ? null : <IconCheck size={18} />}
          loading={busy}
          onClick={() => onMark(done ? 'new' : 'done')}
          data-testid="lead-mark"
        >
          {done ? t('leads.markNew') : t('leads.markDone')}
        </Button>
      </div>
    </li>
  );
}

export function LeadsPage() {
  const { t } = useText();
  const [status, setStatus] = useState<Status>('new');
  const query = useLeads(status);
  const { busy, mark } = useMark();
  usePageTitle(t('page.leads'));

  const list = () => {
    if (query.isPending) {
      return (
        <div role="status" aria-busy="true" aria-label={t('common.loading')}>
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} height={112} radius="lg" mb={10} />
          ))}
        </div>
      );
    }
    if (query.isError && query.items.length === 0) return <Failed error={query.error} retry={() => void query.refetch()} />;
    if (query.items.length === 0) {
      return <EmptyState icon={IconLead} title={t(`leads.empty_${status}`)} text={t(`leads.emptyText_${status}`)} />;
    }
    return (
      <>
        <ul className={classes.leads}>
          {query.items.map((lead) => (
            <LeadCard key={lead.id} lead={lead} busy={busy === lead.id} onMark={(next) => mark(lead, next)} />
          ))}
        </ul>
        {query.hasNextPage && (
          <Button
            variant="subtle"
            fullWidth
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        )}
      </>
    );
  };

  return (
    <PageBody>
      <PageHead title={t('leads.title')}>
        <SegmentedControl
          aria-label={t('leads.which')}
          value={status}
          onChange={(value) => setStatus(value === 'done' ? 'done' : 'new')}
          data={[
            { value: 'new', label: t('leads.new') },
            { value: 'done', label: t('leads.done') },
          ]}
        />
      </PageHead>
      {list()}
    </PageBody>
  );
}
