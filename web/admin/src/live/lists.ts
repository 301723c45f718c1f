// Live changes put into the lists that are loaded page by page.

import type { Conversation, Lead } from '@chatika/client';
import type { Page } from '../api/api';
import type { InboxFilter } from '../api/keys';

export interface Pages<T> {
  pages: Page<T>[];
  pageParams: unknown[];
}

export function fitsFilter(conversation: Conversation, filter: InboxFilter, me: string): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'mine':
      return conversation.status === 'human' && conversation.operator?.id === me;
    case 'waiting':
    case 'assistant':
    case 'closed':
      return conversation.status === filter;
  }
}

/**
 * Puts one item where its order says, taking it from where it was. Nothing is put behind the last
 * loaded item while there are more pages: it is on one of those.
 */
export function placeInPages<T extends { id: string }>(
  data: Pages<T>,
  item: T,
  belongs: boolean,
  before: (a: T, b: T) => boolean,
): Pages<T> {
  const without = data.pages.map((page) => ({ ...page, items: page.items.filter((held) => held.id !== item.id) }));
  if (!belongs) return { ...data, pages: without };
  for (const [index, page] of without.entries()) {
    const isLast = index === without.length - 1;
    const at = page.items.findIndex((held) => before(item, held));
    if (at !== -1 || isLast) {
      if (at === -1 && page.next !== null) break;
      const items = [...page.items];
      items.splice(at === -1 ? items.length : at, 0, item);
      without[index] = { ...page, items };
      break;
    }
  }
  return { ...data, pages: without };
}

export const newerConversation = (a: Conversation, b: Conversation) =>
  Date.parse(a.last_at) > Date.parse(b.last_at) || (a.last_at === b.last_at && a.id > b.id);

export const newerLead = (a: Lead, b: Lead) => Date.parse(a.created_at) > Date.parse(b.created_at);

export const itemsOf = <T extends { id: string }>(data: Pages<T> | undefined): T[] => {
  // A page asked for while items moved may repeat one: the first place wins.
  const seen = new Set<string>();
  return (data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((item) => !seen.has(item.id) && Boolean(seen.add(item.id)));
};

export const unreadOf = (conversations: readonly Conversation[]) =>
  conversations.reduce((sum, conversation) => sum + conversation.unread, 0);
