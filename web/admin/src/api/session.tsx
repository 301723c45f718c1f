// Who is signed in, for everything below the gate.

import type { Session } from '@chatika/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext } from 'react';
import { useNavigate } from 'react-router';
import { dropDrafts } from '../lib/drafts';
import { createStore, useStore } from '../lib/store';
import { dropPending } from '../live/outbox';
import { api } from './api';
import { ApiError, setCsrf } from './http';
import { keys } from './keys';

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside the session gate');
  return session;
}

/** `null` means "nobody is signed in", which is an answer and not an error. */
export const useSessionQuery = () =>
  useQuery({
    queryKey: keys.session,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        const session = await api.session(signal);
        setCsrf(session.csrf);
        return session;
      } catch (error) {
        if (error instanceof ApiError && error.code === 'unauthenticated') return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });

const ended = createStore(false);
export const useSessionEnded = () => useStore(ended, (value) => value);
export const setSessionEnded = (value: boolean) => ended.set(value);

export function useSignOut(): () => Promise<void> {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useCallback(async () => {
    try {
      await api.signOut();
    } catch (error) {
      // Without the server's word the session may live on: the employee must know.
      if (!(error instanceof ApiError) || error.code !== 'unauthenticated') throw error;
    }
    setCsrf('');
    dropDrafts();
    dropPending();
    setSessionEnded(false);
    // The page goes first: left standing it would ask again for what is being forgotten.
    await navigate('/sign-in', { replace: true });
    cache.clear();
    cache.setQueryData(keys.session, null);
  }, [cache, navigate]);
}
