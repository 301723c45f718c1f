// The panel's questions to the server as hooks. The live feed keeps their answers fresh, so none
// goes stale by age; a page that is opened asks again only where the feed does not tell everything.

import type { Conversation, Lead, Status } from '@chatika/client';
import { useInfiniteQuery, useQuery, type QueryClient } from '@tanstack/react-query';
import { itemsOf } from '../live/lists';
import { addNewest, addOlder, type Thread } from '../live/thread';
import { api, type Page } from './api';
import { keys, type InboxFilter } from './keys';

const statusOf: Record<InboxFilter, Status | undefined> = {
  all: undefined,
  waiting: 'waiting',
  mine: 'human',
  assistant: 'assistant',
  closed: 'closed',
};

const nextCursor = <T>(page: Page<T>) => page.next ?? undefined;

export function useConversations(filter: InboxFilter, me: string) {
  const query = useInfiniteQuery({
    queryKey: keys.conversations(filter),
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }): Promise<Page<Conversation>> => {
      const page = await api.conversations(statusOf[filter], pageParam, signal);
      if (filter !== 'mine') return page;
      return { ...page, items: page.items.filter((item) => item.operator?.id === me) };
    },
    getNextPageParam: nextCursor,
  });
  return { ...query, items: itemsOf(query.data) };
}

export const useConversation = (id: string) =>
  useQuery({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) => api.conversation(id, signal),
    staleTime: 0,
  });

export const useThread = (id: string, cache: QueryClient) =>
  useQuery({
    queryKey: keys.thread(id),
    queryFn: async ({ signal }): Promise<Thread> => {
      const page = await api.messages(id, undefined, signal);
      // Read after the answer came: the feed may have added messages meanwhile.
      return addNewest(cache.getQueryData<Thread>(keys.thread(id)), page);
    },
    staleTime: 0,
  });

export async function loadOlder(cache: QueryClient, id: string): Promise<void> {
  const key = keys.thread(id);
  const first = cache.getQueryData<Thread>(key)?.items[0];
  if (!first) return;
  const page = await api.messages(id, first.seq);
  cache.setQueryData<Thread>(key, (thread) => thread && addOlder(thread, page));
}

export function useLeads(status: Lead['status']) {
  const query = useInfiniteQuery({
    queryKey: keys.leads(status),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => api.leads(status, pageParam, signal),
    getNextPageParam: nextCursor,
  });
  return { ...query, items: itemsOf(query.data) };
}

export const useBookings = (date: string) =>
  useQuery({ queryKey: keys.bookings(date), queryFn: ({ signal }) => api.bookings(date, signal) });

/** The search is by title on this side, so all pages are asked for, up to this many. */
const maxArticlePages = 20;

export const useArticles = () =>
  useQuery({
    queryKey: keys.articles,
    queryFn: async ({ signal }) => {
      const items = [];
      let cursor: string | undefined;
      for (let page = 0; page < maxArticlePages; page += 1) {
        const answer = await api.articles(cursor, signal);
        items.push(...answer.items);
        if (answer.next === null) break;
        cursor = answer.next;
      }
      return items;
    },
  });

export const useArticle = (id: string) =>
  useQuery({
    queryKey: keys.article(id),
    queryFn: ({ signal }) => api.article(id, signal),
    staleTime: 0,
  });
