// Lets in who is signed in; sends everybody else to the sign-in page and remembers from where.

import { Button, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Navigate, useLocation } from 'react-router';
import { setSessionLostHandler } from '../api/http';
import { keys } from '../api/keys';
import { SessionProvider, setSessionEnded, useSessionQuery } from '../api/session';
import { useText } from '../i18n';
import { openDrafts } from '../lib/drafts';
import { failureText } from '../lib/failure';
import { LiveProvider } from '../live/LiveProvider';
import { EmptyState } from '../ui/EmptyState';
import { IconAlert } from '../ui/icons';
import { Shell } from './Shell';
import classes from './Shell.module.css';

export function Gate() {
  const { t } = useText();
  const cache = useQueryClient();
  const location = useLocation();
  const query = useSessionQuery();
  const wasIn = useRef(false);

  useEffect(() => {
    setSessionLostHandler(() => cache.setQueryData(keys.session, null));
    return () => setSessionLostHandler(null);
  }, [cache]);

  const session = query.data;
  const employee = session?.employee.id;
  useEffect(() => {
    if (employee) {
      wasIn.current = true;
      openDrafts(employee);
    } else if (session === null && wasIn.current) {
      setSessionEnded(true);
    }
  }, [employee, session]);

  if (session === null) return <Navigate to="/sign-in" replace state={{ from: location.pathname + location.search }} />;
  if (session) {
    return (
      <SessionProvider value={session}>
        <LiveProvider session={session}>
          <Shell />
        </LiveProvider>
      </SessionProvider>
    );
  }
  return (
    <main className={classes.alone}>
      {query.error ? (
        <EmptyState icon={IconAlert} title={t('error.loadTitle')} text={failureText(query.error, t)}>
          <Button onClick={() => void query.refetch()}>{t('common.retry')}</Button>
        </EmptyState>
      ) : (
        <Loader aria-label={t('common.loading')} />
      )}
    </main>
  );
}
