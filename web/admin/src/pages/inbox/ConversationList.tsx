import type { Conversation } from '@chatika/client';
import { Button, Skeleton } from '@mantine/core';
import { memo } from 'react';
import { Link, NavLink, useSearchParams } from 'react-router';
import { inboxFilters, type InboxFilter } from '../../api/keys';
import { useConversations } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { useDrafts } from '../../lib/drafts';
import { ago } from '../../lib/time';
import { useNow } from '../../lib/useNow';
import { fitsFilter } from '../../live/lists';
import { StatusChip } from '../../ui/Chip';
import { EmptyState } from '../../ui/EmptyState';
import { Failed } from '../../ui/Failed';
import { IconInbox } from '../../ui/icons';
import classes from './Inbox.module.css';

interface RowProps {
  conversation: Conversation;
  search: string;
  when: string;
  draft: string;
  me: string;
}

const Row = memo(function Row({ conversation, search, when, draft, me }: RowProps) {
  const { t } = useText();
  const { id, visitor, unread, preview, last_at } = conversation;
  return (
    <li>
      <NavLink
        to={{ pathname: `/inbox/${id}`, search }}
        className={classes.row ?? ''}
        data-testid="conversation-row"
        data-id={id}
        data-unread={unread > 0 || undefined}
      >
        <span className={classes.rowTop}>
          <span className={classes.rowName}>{visitor ?? t('inbox.anonymous')}</span>
          <time className={classes.rowTime} dateTime={last_at}>
            {when}
          </time>
        </span>
        <span className={classes.rowPreview}>
          {draft ? (
            <>
              <span className={classes.rowDraft}>{t('inbox.draft')}</span> {draft}
            </>
          ) : (
            preview
          )}
        </span>
        <span className={classes.rowBottom}>
          <StatusChip conversation={conversation} me={me} />
          {unread > 0 && (
            <span className={classes.unread}>
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="unseen">{t('inbox.unread', { count: unread })}</span>
            </span>
          )}
        </span>
      </NavLink>
    </li>
  );
});

function Filters({ filter, waiting }: { filter: InboxFilter; waiting: number }) {
  const { t } = useText();
  const [, setParams] = useSearchParams();
  return (
    <div className={classes.filters} role="group" aria-label={t('inbox.filters')}>
      {inboxFilters.map((item) => (
        <button
          key={item}
          type="button"
          className={classes.filter}
          aria-pressed={item === filter}
          data-testid={`filter-${item}`}
          onClick={() => setParams(item === 'all' ? {} : { filter: item }, { replace: true })}
        >
          {t(`inbox.filter_${item}`)}
          {item === 'waiting' && waiting > 0 && <span className={classes.filterCount}>{waiting}</span>}
        </button>
      ))}
    </div>
  );
}

function Rows({ filter, search }: { filter: InboxFilter; search: string }) {
  const { t, language } = useText();
  const { employee, tenant } = useSession();
  const now = useNow();
  const drafts = useDrafts();
  const query = useConversations(filter, employee.id);

  const when = (at: string) => {
    const told = ago(at, now, tenant.time_zone, language);
    switch (told.kind) {
      case 'now':
        return t('time.now');
      case 'minutes':
        return t('time.minutes', { count: told.count });
      case 'yesterday':
        return t('time.yesterday');
      case 'time':
      case 'date':
        return told.text;
    }
  };

  if (query.isPending) {
    return (
      <div aria-busy="true" aria-label={t('common.loading')} role="status">
        {Array.from({ length: 7 }, (_, index) => (
          <div key={index} className={classes.row}>
            <Skeleton height={14} width="55%" mb={10} />
            <Skeleton height={12} mb={10} />
            <Skeleton height={18} width={90} radius="xl" />
          </div>
        ))}
      </div>
    );
  }
  if (query.isError && query.items.length === 0) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (query.items.length === 0 && !query.hasNextPage) {
    return (
      <EmptyState icon={IconInbox} title={t(`inbox.empty_${filter}`)} text={t(`inbox.emptyText_${filter}`)}>
        {filter === 'all' && (
          <Button variant="light" component={Link} to="/install">
            {t('inbox.installHint')}
          </Button>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.rows} aria-label={t('inbox.list')}>
        {query.items.map((conversation) => (
          <Row
            key={conversation.id}
            conversation={conversation}
            search={search}
            when={when(conversation.last_at)}
            draft={drafts[conversation.id] ?? ''}
            me={employee.id}
          />
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
}

export function ConversationList({ filter, selected }: { filter: InboxFilter; selected: string | undefined }) {
  const { t } = useText();
  const { employee } = useSession();
  const all = useConversations('all', employee.id);
  const waiting = all.items.filter((item) => fitsFilter(item, 'waiting', employee.id)).length;
  return (
    <section className={classes.list} aria-label={t('inbox.title')} data-selected={selected ?? undefined}>
      <Filters filter={filter} waiting={waiting} />
      <div className={classes.listScroll}>
        <Rows filter={filter} search={filter === 'all' ? '' : `?filter=${filter}`} />
      </div>
    </section>
  );
}
