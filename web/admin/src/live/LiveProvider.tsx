// Joins the socket to the cache, the title's count and the sound.

import type { Session } from '@chatika/client';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { keys } from '../api/keys';
import { setSessionEnded } from '../api/session';
import { applyChange, reloadAll, type Change } from './feed';
import { LiveSocket, type ConnectionState, type Outside } from './socket';
import { play } from './sound';
import { showTyping } from './typing';

interface Live {
  state: ConnectionState;
  typing(conversation: string, on: boolean): void;
}

const LiveContext = createContext<Live>({ state: 'connecting', typing: () => {} });
export const useLive = () => useContext(LiveContext);

const browser: Outside = {
  open: () => new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/socket`),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** A visitor whom the assistant serves does not ring; one who waits for a person, or is ours, does. */
function rings(change: Change, me: string): boolean {
  if (change.type === 'lead') return change.lead.status === 'new' && change.lead.kind === 'callback';
  if (change.type !== 'messages') return false;
  const { status, operator, id } = change.conversation;
  const spoke = change.messages.some((message) => message.from === 'visitor');
  const concerns = status === 'waiting' || (status === 'human' && operator?.id === me);
  const looking = document.visibilityState === 'visible' && location.pathname.includes(id);
  return spoke && concerns && !looking;
}

function loseSession(cache: QueryClient): void {
  setSessionEnded(true);
  cache.setQueryData(keys.session, null);
}

export function LiveProvider({ session, children }: { session: Session; children: ReactNode }) {
  const cache = useQueryClient();
  const [state, setState] = useState<ConnectionState>('connecting');
  const [socket, setSocket] = useState<LiveSocket | null>(null);
  const me = session.employee.id;
  const zone = session.tenant.time_zone;

  useEffect(() => {
    const live = new LiveSocket(browser, {
      state: setState,
      change: (change) => {
        applyChange(cache, change, { employee: me, zone });
        if (change.type === 'messages') {
          const last = change.messages[change.messages.length - 1];
          if (last && last.from === 'visitor') showTyping(change.conversation.id, 'visitor', false);
        }
        if (rings(change, me)) play();
      },
      reload: () => reloadAll(cache),
      typing: (event) => showTyping(event.conversation, event.from, event.on),
      signedOut: () => loseSession(cache),
      // The browser does not tell why an upgrade failed; asking who we are does.
      refused: () => void cache.invalidateQueries({ queryKey: keys.session }),
    });
    const retry = () => live.retryNow();
    live.start();
    setSocket(live);
    window.addEventListener('online', retry);
    document.addEventListener('visibilitychange', retry);
    return () => {
      window.removeEventListener('online', retry);
      document.removeEventListener('visibilitychange', retry);
      live.stop();
    };
  }, [cache, me, zone]);

  return (
    <LiveContext.Provider value={{ state, typing: (conversation, on) => socket?.typing(conversation, on) }}>
      {children}
    </LiveContext.Provider>
  );
}
