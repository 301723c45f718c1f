// Lets in who is signed in; sends everybody else to the sign-in page and remembers from where.

import { Button, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useDutiesQuery } from '../api/duties';
import { setDutyHandler, setSessionLostHandler } from '../api/http';
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

const DutiesPage = lazy(async () => ({ default: (await import('../pages/privacy/duties/DutiesPage')).DutiesPage }));

function Loading() {
  const { t } = useText();
  return (
    <main className={classes.alone}>
      <Loader aria-label={t('common.loading')} />
    </main>
  );
}

export function Gate() {
  const { t } = useText();
  const cache = useQueryClient();
  const location = useLocation();
  const query = useSessionQuery();
  const duties = useDutiesQuery(query.data != null);
  const [later, setLater] = useState(false);
  const wasIn = useRef(false);

  useEffect(() => {
    setSessionLostHandler(() => cache.setQueryData(keys.session, null));
    setDutyHandler(() => void cache.invalidateQueries({ queryKey: keys.duties }));
    return () => {
      setSessionLostHandler(null);
      setDutyHandler(null);
    };
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
  if (session && duties.data) {
    const due = !duties.data.cleared || (!later && duties.data.processing_agreement !== null);
    return (
      <SessionProvider value={session}>
        {due ? (
          <Suspense fallback={<Loading />}>
            <DutiesPage duties={duties.data} onLater={() => setLater(true)} />
          </Suspense>
        ) : (
          <LiveProvider session={session}>
            <Shell />
          </LiveProvider>
        )}
      </SessionProvider>
    );
  }
  const failed = query.error ?? duties.error;
  if (!failed) return <Loading />;
  return (
    <main className={classes.alone}>
      <EmptyState icon={IconAlert} title={t('error.loadTitle')} text={failureText(failed, t)}>
        <Button onClick={() => void (query.error ? query.refetch() : duties.refetch())}>{t('common.retry')}</Button>
      </EmptyState>
    </main>
  );
}
