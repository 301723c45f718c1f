// The live inbox: list, conversation, visitor. On a wide screen side by side, on a phone one after
// another; which one a narrow screen shows is the address, so "back" works as everybody expects.

import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import { isInboxFilter, type InboxFilter } from '../../api/keys';
import { useConversations } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { usePageTitle } from '../../shell/pageTitle';
import { useKeys } from '../../shell/shortcuts';
import { EmptyState } from '../../ui/EmptyState';
import { IconInbox } from '../../ui/icons';
import { ConversationList } from './ConversationList';
import { ConversationPane } from './ConversationPane';
import classes from './Inbox.module.css';

function useNeighbours(filter: InboxFilter, id: string | undefined): void {
  const navigate = useNavigate();
  const { search } = useLocation();
  const { items } = useConversations(filter, useSession().employee.id);
  const step = (by: number) => {
    const at = items.findIndex((item) => item.id === id);
    const next = at === -1 ? items[0] : items[at + by];
    if (next) void navigate({ pathname: `/inbox/${next.id}`, search });
  };
  useKeys({ KeyJ: () => step(1), KeyK: () => step(-1) });
}

export function InboxPage() {
  const { t } = useText();
  const { id } = useParams();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const asked = params.get('filter');
  const filter: InboxFilter = isInboxFilter(asked) ? asked : 'all';
  const screen = !id ? 'list' : pathname.endsWith('/visitor') ? 'visitor' : 'chat';
  usePageTitle(t('page.inbox'));
  useNeighbours(filter, id);

  return (
    <div className={classes.inbox} data-screen={screen}>
      <h1 className="unseen">{t('inbox.title')}</h1>
      <ConversationList filter={filter} selected={id} />
      {id ? (
        <ConversationPane key={id} id={id} />
      ) : (
        <div className={classes.nothing}>
          <EmptyState icon={IconInbox} title={t('inbox.pickTitle')} text={t('inbox.pickText')} />
        </div>
      )}
    </div>
  );
}
