// Names of everything kept in the query cache: the live feed and the pages must agree on them.

import type { Lead } from '@chatika/client';

/** A tab of the inbox. `mine` is the server's `human` list, narrowed to the employee. */
export const inboxFilters = ['all', 'waiting', 'mine', 'assistant', 'closed'] as const;
export type InboxFilter = (typeof inboxFilters)[number];

export const isInboxFilter = (text: string | null): text is InboxFilter =>
  inboxFilters.some((filter) => filter === text);

export const keys = {
  session: ['session'] as const,
  duties: ['duties'] as const,
  conversationLists: ['conversations'] as const,
  conversations: (filter: InboxFilter) => ['conversations', filter] as const,
  conversation: (id: string) => ['conversation', id] as const,
  threads: ['thread'] as const,
  thread: (id: string) => ['thread', id] as const,
  leadLists: ['leads'] as const,
  leads: (status: Lead['status']) => ['leads', status] as const,
  bookingDays: ['bookings'] as const,
  bookings: (date: string) => ['bookings', date] as const,
  articles: ['articles'] as const,
  article: (id: string) => ['article', id] as const,
};
