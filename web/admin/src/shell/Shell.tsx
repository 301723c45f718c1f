// The frame around every page: who we are, where one can go, whether the line stands.

import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import type { ComponentType } from 'react';
import { useConversations } from '../api/queries';
import { useSession } from '../api/session';
import { mayKeepPrivacy } from '../api/rights';
import { useText } from '../i18n';
import { useLive } from '../live/LiveProvider';
import { unreadOf } from '../live/lists';
import { IconBook, IconCalendar, IconCode, IconInbox, IconLead, IconShield } from '../ui/icons';
import { EmployeeMenu } from './EmployeeMenu';
import { setUnread, useDocumentTitle } from './pageTitle';
import { useNavigationKeys } from './shortcuts';
import classes from './Shell.module.css';

const ShortcutsHelp = lazy(() => import('./ShortcutsHelp'));

interface Section {
  to: string;
  name: 'inbox' | 'bookings' | 'leads' | 'knowledge' | 'install' | 'privacy';
  icon: ComponentType<{ size?: number }>;
}

const sections: readonly Section[] = [
  { to: '/inbox', name: 'inbox', icon: IconInbox },
  { to: '/bookings', name: 'bookings', icon: IconCalendar },
  { to: '/leads', name: 'leads', icon: IconLead },
  { to: '/knowledge', name: 'knowledge', icon: IconBook },
  { to: '/install', name: 'install', icon: IconCode },
  { to: '/privacy', name: 'privacy', icon: IconShield },
];

/** A short break of the line heals by itself and is not worth a banner. */
const bannerAfterMs = 3_000;

function Connection() {
  const { t } = useText();
  const { state } = useLive();
  return (
    <span className={classes.connection} data-testid="connection" data-state={state} role="status">
      <span>{t(`connection.${state}`)}</span>
    </span>
  );
}

function OfflineBanner() {
  const { t } = useText();
  const { state } = useLive();
  const [shown, setShown] = useState(false);
  const down = state !== 'online';
  useEffect(() => {
    if (!down) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), bannerAfterMs);
    return () => clearTimeout(timer);
  }, [down]);
  return shown ? (
    <p className={classes.banner} role="alert">
      {t('connection.offlineHint')}
    </p>
  ) : null;
}

function Navigation({ unread }: { unread: number }) {
  const { t } = useText();
  const officer = mayKeepPrivacy(useSession());
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      {sections.filter(({ name }) => name !== 'privacy' || officer).map(({ to, name, icon: Icon }) => (
        <NavLink key={name} to={to} className={classes.link ?? ''} data-testid={`nav-${name}`}>
          <span className={classes.linkIcon}>
            <Icon size={22} />
            {name === 'inbox' && unread > 0 && (
              <span className={classes.badge}>
                <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
                <span className="unseen">{t('nav.unread', { count: unread })}</span>
              </span>
            )}
          </span>
          {name === 'privacy' ? (
            <>
              <span className={classes.linkLong}>{t('nav.privacy')}</span>
              <span className={classes.linkShort} aria-hidden="true">
                {t('nav.privacyShort')}
              </span>
            </>
          ) : (
            <span className={classes.linkText}>{t(`nav.${name}`)}</span>
          )}
        </NavLink>
      ))}
    </nav>
  );
}

export function Shell() {
  const { t } = useText();
  const session = useSession();
  const { pathname } = useLocation();
  const [helpOpened, setHelpOpened] = useState(false);
  const { items } = useConversations('all', session.employee.id);
  const unread = unreadOf(items);

  useDocumentTitle();
  useNavigationKeys(() => setHelpOpened(true));
  useEffect(() => setUnread(unread), [unread]);
  useEffect(() => () => setUnread(0), []);

  return (
    // An opened conversation takes the whole phone: there is no room for two bars more.
    <div className={classes.shell} data-immersed={pathname.startsWith('/inbox/') || undefined}>
      <a className={classes.skip} href="#content">
        {t('nav.skip')}
      </a>
      <header className={classes.header}>
        <Link to="/inbox" className={classes.brand ?? ''}>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="Chatika" width={28} height={28} />
          <span className={classes.tenant}>{session.tenant.name}</span>
        </Link>
        <Connection />
        <EmployeeMenu onHelp={() => setHelpOpened(true)} />
      </header>
      <OfflineBanner />
      <Navigation unread={unread} />
      <main className={classes.content} id="content" tabIndex={-1}>
        <Outlet />
      </main>
      {helpOpened && (
        <Suspense fallback={null}>
          <ShortcutsHelp opened onClose={() => setHelpOpened(false)} />
        </Suspense>
      )}
    </div>
  );
}
