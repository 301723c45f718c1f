// The messages with their days, and where the eye stands among them: at the bottom new ones pull
// it along, scrolled up it stays and a pill tells of them; history comes in above without a jump.

import { Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { loadOlder } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { tellFailure } from '../../lib/failure';
import { dayOf } from '../../lib/time';
import { useDayName } from '../../lib/useDayName';
import { discardReply, retryReply, usePending } from '../../live/outbox';
import { stillPending, type Thread } from '../../live/thread';
import { useTypist } from '../../live/typing';
import { IconDown } from '../../ui/icons';
import { Bubble, PendingBubble } from './Bubble';
import classes from './Chat.module.css';

/** Nearer to the end than this counts as being there. */
const nearEndPx = 80;
const nearTopPx = 160;

/** The scroll position as a hook: follows the end, keeps its place otherwise. */
function useFollow(first: number, last: number, pendingCount: number, typing: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ first, last, height: 0 });
  const [missed, setMissed] = useState(0);
  const [away, setAway] = useState(false);

  const toEnd = useCallback((smooth: boolean) => {
    const element = box.current;
    if (!element) return;
    element.scrollTo({ top: element.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
    atEnd.current = true;
    setMissed(0);
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { first: oldFirst, last: oldLast, height } = before.current;
    if (first < oldFirst && height > 0) element.scrollTop += element.scrollHeight - height;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    else if (last > oldLast) setMissed((count) => count + last - oldLast);
    before.current = { first, last, height: element.scrollHeight };
  }, [first, last, pendingCount, typing]);

  // One's own message is always wanted in sight.
  const pendingBefore = useRef(pendingCount);
  useLayoutEffect(() => {
    if (pendingCount > pendingBefore.current) toEnd(false);
    pendingBefore.current = pendingCount;
  }, [pendingCount, toEnd]);

  // The composer grows, the phone's keyboard opens: the end stays in sight.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    setAway(!atEnd.current);
    if (atEnd.current) setMissed(0);
  };
  return { box, missed, away, toEnd, onScroll };
}

export function MessageList({ id, thread, readTo }: { id: string; thread: Thread; readTo: number }) {
  const { t } = useText();
  const cache = useQueryClient();
  const { tenant } = useSession();
  const dayName = useDayName();
  const typist = useTypist(id);
  const pending = stillPending(usePending(id), thread.items);
  const { items, hasOlder } = thread;
  const first = items[0]?.seq ?? 0;
  const last = items[items.length - 1]?.seq ?? 0;
  const follow = useFollow(first, last, pending.length, typist !== null);
  const [loading, setLoading] = useState(false);

  const older = async () => {
    if (!hasOlder || loading) return;
    setLoading(true);
    try {
      await loadOlder(cache, id);
    } catch (error) {
      tellFailure(error, t);
    } finally {
      setLoading(false);
    }
  };
  const onScroll = () => {
    follow.onScroll();
    if ((follow.box.current?.scrollTop ?? Infinity) < nearTopPx) void older();
  };

  const days = useMemo(() => items.map((message) => dayOf(message.at, tenant.time_zone)), [items, tenant.time_zone]);
  const firstUnread = items.find((message) => message.seq > readTo && message.from === 'visitor')?.seq;

  return (
    <div className={classes.frame}>
      <div
        className={classes.scroll}
        ref={follow.box}
        onScroll={onScroll}
        role="log"
        aria-label={t('chat.label')}
        tabIndex={0}
      >
        <div className={classes.messages}>
          <div className={classes.top}>
            {loading ? <Loader size="sm" aria-label={t('chat.loadingOlder')} /> : !hasOlder && t('chat.start')}
          </div>
          {items.map((message, index) => (
            <Fragment key={message.seq}>
              {days[index] !== days[index - 1] && (
                <div className={classes.day}>
                  <span>{dayName(days[index] ?? '')}</span>
                </div>
              )}
              {message.seq === firstUnread && readTo > 0 && (
                <div className={classes.unreadLine}>
                  <span>{t('chat.unreadLine')}</span>
                </div>
              )}
              <Bubble
                message={message}
                follows={items[index - 1]?.from === message.from && days[index] === days[index - 1]}
              />
            </Fragment>
          ))}
          {pending.map((message) => (
            <PendingBubble
              key={message.client_id}
              message={message}
              onRetry={() => retryReply(cache, id, message)}
              onDiscard={() => discardReply(id, message.client_id)}
            />
          ))}
          {typist && (
            <div className={classes.typing} role="status">
              <span className={classes.dots} aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              {typist === 'visitor' ? t('chat.typingVisitor') : t('chat.typingEmployee')}
            </div>
          )}
        </div>
      </div>
      {(follow.missed > 0 || follow.away) && (
        <button
          type="button"
          className={classes.pill}
          data-quiet={follow.missed === 0 || undefined}
          aria-label={follow.missed > 0 ? undefined : t('chat.toBottom')}
          onClick={() => follow.toEnd(true)}
        >
          {follow.missed > 0 && t('chat.newBelow', { count: follow.missed })}
          <IconDown size={18} />
        </button>
      )}
    </div>
  );
}
