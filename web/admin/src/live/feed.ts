// What the feed tells, put into the cache. The order of events is the server's; a change may come
// twice (after a reconnect) and must then change nothing.

import type { Booking, Conversation, ConversationDetail, Lead, PanelEvent } from '@chatika/client';
import type { QueryClient } from '@tanstack/react-query';
import type { BookingDay } from '../api/api';
import { inboxFilters, keys } from '../api/keys';
import { dayOf } from '../lib/time';
import { fitsFilter, newerConversation, newerLead, placeInPages, type Pages } from './lists';
import { addLive, type Thread } from './thread';

/** Remembers how far the feed was read; one number may stand on several events. */
export class FeedCursor {
  private highest_: number | null = null;

  get after(): number | null {
    return this.highest_;
  }
  /** False for an event that is older than what was applied. */
  accept(feed: number): boolean {
    if (this.highest_ !== null && feed < this.highest_) return false;
    this.highest_ = feed;
    return true;
  }
  /** `resync` and the first welcome say where the feed stands now. */
  moveTo(feed: number): void {
    this.highest_ = feed;
  }
}

export interface Reader {
  employee: string;
  zone: string;
}

export type Change = Extract<PanelEvent, { type: 'messages' | 'conversation' | 'lead' | 'booking' | 'article' | 'gone' | 'request' }>;

/** A list that is just being loaded may bring what was true before the event: it is asked for again. */
function reloadIfLoading(cache: QueryClient, queryKey: readonly string[]): void {
  if (cache.isFetching({ queryKey }) > 0) void cache.invalidateQueries({ queryKey });
}

/** Exported for the answers of our own requests, which tell the same before the feed does. */
export function putConversation(cache: QueryClient, conversation: Conversation, me: string): void {
  reloadIfLoading(cache, keys.conversationLists);
  for (const filter of inboxFilters) {
    cache.setQueryData<Pages<Conversation>>(
      keys.conversations(filter),
      (data) => data && placeInPages(data, conversation, fitsFilter(conversation, filter, me), newerConversation),
    );
  }
  cache.setQueryData<ConversationDetail>(
    keys.conversation(conversation.id),
    (detail) => detail && { ...detail, conversation },
  );
}

function putMessages(cache: QueryClient, event: Extract<Change, { type: 'messages' }>): void {
  const key = keys.thread(event.conversation.id);
  const thread = cache.getQueryData<Thread>(key);
  if (!thread) return;
  const next = addLive(thread, event.messages, event.conversation.last_seq);
  if (next) cache.setQueryData<Thread>(key, next);
  else void cache.invalidateQueries({ queryKey: key });
}

const replaced = <T extends { id: string }>(items: readonly T[], item: T): T[] =>
  items.some((held) => held.id === item.id)
    ? items.map((held) => (held.id === item.id ? item : held))
    : [...items, item];

export function putLead(cache: QueryClient, lead: Lead): void {
  reloadIfLoading(cache, keys.leadLists);
  for (const status of ['new', 'done'] as const) {
    cache.setQueryData<Pages<Lead>>(
      keys.leads(status),
      (data) => data && placeInPages(data, lead, lead.status === status, newerLead),
    );
  }
  cache.setQueryData<ConversationDetail>(
    keys.conversation(lead.conversation),
    (detail) => detail && { ...detail, leads: replaced(detail.leads, lead) },
  );
  // A lead is how the visitor's name and phone become known: the card is asked for again.
  void cache.invalidateQueries({ queryKey: keys.conversation(lead.conversation) });
}

export function putBooking(cache: QueryClient, booking: Booking, zone: string): void {
  reloadIfLoading(cache, keys.bookingDays);
  const day = dayOf(booking.starts_at, zone);
  for (const [key, data] of cache.getQueriesData<BookingDay>({ queryKey: keys.bookingDays })) {
    if (!data) continue;
    const others = data.items.filter((held) => held.id !== booking.id);
    const items = data.date === day ? [...others, booking] : others;
    if (items.length === data.items.length && data.date !== day) continue;
    cache.setQueryData<BookingDay>(key, { ...data, items });
    const known = data.specialists.some((specialist) => specialist.id === booking.specialist_id);
    if (data.date === day && !known) void cache.invalidateQueries({ queryKey: key });
  }
  if (booking.conversation) {
    cache.setQueryData<ConversationDetail>(
      keys.conversation(booking.conversation),
      (detail) => detail && { ...detail, bookings: replaced(detail.bookings, booking) },
    );
    void cache.invalidateQueries({ queryKey: keys.conversation(booking.conversation) });
  }
}

/** The person has withdrawn, was blocked or erased: nothing of the conversation stays in sight. */
export function dropConversation(cache: QueryClient, id: string): void {
  reloadIfLoading(cache, keys.conversationLists);
  for (const filter of inboxFilters) {
    cache.setQueryData<Pages<Conversation>>(
      keys.conversations(filter),
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.filter((held) => held.id !== id) })) },
    );
  }
  // What is open right now asks again and is told that there is nothing.
  void cache.resetQueries({ queryKey: keys.thread(id) });
  void cache.resetQueries({ queryKey: keys.conversation(id) });
  void cache.invalidateQueries({ queryKey: keys.leadLists });
  void cache.invalidateQueries({ queryKey: keys.bookingDays });
}

/** Everything the feed keeps fresh is stale: after `resync`, and after the first welcome. */
export function reloadAll(cache: QueryClient): void {
  for (const root of ['conversations', 'conversation', 'thread', 'leads', 'bookings', 'articles', 'article']) {
    void cache.invalidateQueries({ queryKey: [root] });
  }
}

export function applyChange(cache: QueryClient, event: Change, reader: Reader): void {
  switch (event.type) {
    case 'messages':
      putConversation(cache, event.conversation, reader.employee);
      putMessages(cache, event);
      return;
    case 'conversation':
      putConversation(cache, event.conversation, reader.employee);
      return;
    case 'lead':
      putLead(cache, event.lead);
      return;
    case 'booking':
      putBooking(cache, event.booking, reader.zone);
      return;
    case 'article':
      void cache.invalidateQueries({ queryKey: keys.articles });
      void cache.invalidateQueries({ queryKey: keys.article(event.article) });
      return;
    case 'gone':
      dropConversation(cache, event.conversation);
      return;
    case 'request':
      void cache.invalidateQueries({ queryKey: ['privacy'] });
      return;
    default:
      event satisfies never;
  }
}
