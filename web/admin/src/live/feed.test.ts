import type { Booking, Conversation, Lead, Message } from '@chatika/client';
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BookingDay } from '../api/api';
import { keys } from '../api/keys';
import { applyChange, FeedCursor } from './feed';
import { itemsOf, type Pages } from './lists';
import type { Thread } from './thread';

const reader = { employee: 'me', zone: 'Europe/Moscow' };

const conversation = (extra: Partial<Conversation> = {}): Conversation => ({
  id: 'c1',
  status: 'assistant',
  language: 'ru',
  started_at: '2026-11-23T08:00:00Z',
  last_at: '2026-11-23T09:00:00Z',
  last_seq: 1,
  read_seq: 1,
  unread: 0,
  visitor: null,
  preview: '',
  operator: null,
  ...extra,
});
const message = (seq: number): Message => ({
  seq,
  from: 'visitor',
  at: '2026-11-23T09:00:00Z',
  text: 'x',
  author: null,
  client_id: null,
  sources: [],
  choices: [],
  days: [],
  ask: null,
  booking: null,
});
const booking = (extra: Partial<Booking> = {}): Booking => ({
  id: 'b1',
  reference: 'R-1',
  conversation: null,
  service: 's',
  specialist_id: 's1',
  specialist: 'S',
  starts_at: '2026-11-23T09:00:00Z',
  ends_at: '2026-11-23T10:00:00Z',
  status: 'confirmed',
  name: null,
  phone: null,
  ...extra,
});
const page = <T>(items: T[]): Pages<T & { id: string }> => ({
  pages: [{ items: items as (T & { id: string })[], next: null }],
  pageParams: [undefined],
});
const day = (date: string, items: Booking[]): BookingDay => ({
  date,
  time_zone: 'Europe/Moscow',
  specialists: [{ id: 's1', name: 'S', title: '' }],
  items,
});

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
});
const list = (filter: Parameters<typeof keys.conversations>[0]) =>
  itemsOf(cache.getQueryData<Pages<Conversation>>(keys.conversations(filter))).map((item) => item.id);

describe('FeedCursor', () => {
  it('lets through the same number again, and nothing older', () => {
    const cursor = new FeedCursor();
    expect(cursor.after).toBeNull();
    expect(cursor.accept(7)).toBe(true);
    expect(cursor.accept(7)).toBe(true);
    expect(cursor.accept(6)).toBe(false);
    expect(cursor.after).toBe(7);
  });
});

describe('applyChange', () => {
  it('moves a conversation between the tabs it fits', () => {
    cache.setQueryData(keys.conversations('assistant'), page([conversation()]));
    cache.setQueryData(keys.conversations('mine'), page<Conversation>([]));
    const taken = conversation({ status: 'human', operator: { id: 'me', name: 'A' } });
    applyChange(cache, { type: 'conversation', feed: 1, conversation: taken }, reader);
    expect(list('assistant')).toEqual([]);
    expect(list('mine')).toEqual(['c1']);
  });

  it('adds messages to an opened thread, once', () => {
    cache.setQueryData<Thread>(keys.thread('c1'), { items: [message(1)], hasOlder: false });
    const event = { type: 'messages' as const, feed: 1, conversation: conversation({ last_seq: 2 }), messages: [message(2)] };
    applyChange(cache, event, reader);
    applyChange(cache, event, reader);
    expect(cache.getQueryData<Thread>(keys.thread('c1'))?.items.map((item) => item.seq)).toEqual([1, 2]);
  });

  it('marks a thread with a hole for reloading instead of showing it', () => {
    cache.setQueryData<Thread>(keys.thread('c1'), { items: [message(1)], hasOlder: false });
    applyChange(cache, { type: 'messages', feed: 1, conversation: conversation({ last_seq: 4 }), messages: [message(4)] }, reader);
    expect(cache.getQueryData<Thread>(keys.thread('c1'))?.items).toHaveLength(1);
    expect(cache.getQueryState(keys.thread('c1'))?.isInvalidated).toBe(true);
  });

  it('does not invent threads and lists that nobody has opened', () => {
    applyChange(cache, { type: 'messages', feed: 1, conversation: conversation(), messages: [message(1)] }, reader);
    expect(cache.getQueryData(keys.thread('c1'))).toBeUndefined();
    expect(cache.getQueryData(keys.conversations('all'))).toBeUndefined();
  });

  it('moves a lead from new to done', () => {
    const lead: Lead = {
      id: 'l1',
      conversation: 'c1',
      kind: 'callback',
      name: null,
      phone: null,
      email: null,
      note: '',
      status: 'new',
      created_at: '2026-11-23T09:00:00Z',
    };
    cache.setQueryData(keys.leads('new'), page([lead]));
    cache.setQueryData(keys.leads('done'), page<Lead>([]));
    applyChange(cache, { type: 'lead', feed: 1, lead: { ...lead, status: 'done' } }, reader);
    expect(itemsOf(cache.getQueryData<Pages<Lead>>(keys.leads('new')))).toHaveLength(0);
    expect(itemsOf(cache.getQueryData<Pages<Lead>>(keys.leads('done')))[0]?.status).toBe('done');
  });

  it('puts a booking on the day of the tenant, not of UTC', () => {
    cache.setQueryData(keys.bookings('2026-11-23'), day('2026-11-23', []));
    cache.setQueryData(keys.bookings('2026-11-24'), day('2026-11-24', []));
    // 22:30 UTC is already the 24th in Moscow.
    const late = booking({ starts_at: '2026-11-23T22:30:00Z', ends_at: '2026-11-23T23:00:00Z' });
    applyChange(cache, { type: 'booking', feed: 1, booking: late }, reader);
    expect(cache.getQueryData<BookingDay>(keys.bookings('2026-11-23'))?.items).toHaveLength(0);
    expect(cache.getQueryData<BookingDay>(keys.bookings('2026-11-24'))?.items).toHaveLength(1);
  });

  it('takes a moved booking from the day it was on', () => {
    cache.setQueryData(keys.bookings('2026-11-23'), day('2026-11-23', [booking()]));
    applyChange(cache, { type: 'booking', feed: 1, booking: booking({ starts_at: '2026-11-25T09:00:00Z' }) }, reader);
    expect(cache.getQueryData<BookingDay>(keys.bookings('2026-11-23'))?.items).toHaveLength(0);
  });

  it('asks for knowledge again when an article changed', () => {
    cache.setQueryData(keys.articles, []);
    cache.setQueryData(keys.article('a1'), {});
    applyChange(cache, { type: 'article', feed: 1, article: 'a1' }, reader);
    expect(cache.getQueryState(keys.articles)?.isInvalidated).toBe(true);
    expect(cache.getQueryState(keys.article('a1'))?.isInvalidated).toBe(true);
  });

  it('takes a conversation that is gone out of every list', () => {
    const list = (id: string) => ({ pages: [{ items: [{ id }, { id: 'other' }], next: null }], pageParams: [undefined] });
    cache.setQueryData(keys.conversations('all'), list('c9'));
    applyChange(cache, { type: 'gone', feed: 1, conversation: 'c9' }, reader);
    const left = cache.getQueryData<{ pages: { items: { id: string }[] }[] }>(keys.conversations('all'));
    expect(left?.pages[0]?.items.map((held) => held.id)).toEqual(['other']);
  });
});
