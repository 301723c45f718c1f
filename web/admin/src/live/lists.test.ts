import type { Conversation } from '@chatika/client';
import { describe, expect, it } from 'vitest';
import { fitsFilter, itemsOf, newerConversation, placeInPages, unreadOf, type Pages } from './lists';

const conversation = (id: string, minute: number, extra: Partial<Conversation> = {}): Conversation => ({
  id,
  status: 'assistant',
  language: 'ru',
  started_at: '2026-11-23T08:00:00Z',
  last_at: `2026-11-23T09:${String(minute).padStart(2, '0')}:00Z`,
  last_seq: 1,
  read_seq: 1,
  unread: 0,
  visitor: null,
  preview: '',
  operator: null,
  ...extra,
});

const pages = (...lists: [Conversation[], string | null][]): Pages<Conversation> => ({
  pages: lists.map(([items, next]) => ({ items, next })),
  pageParams: lists.map(() => undefined),
});
const place = (data: Pages<Conversation>, item: Conversation, belongs = true) =>
  itemsOf(placeInPages(data, item, belongs, newerConversation)).map((held) => held.id);

describe('placeInPages', () => {
  const loaded = pages([[conversation('c', 30), conversation('b', 20)], 'more'], [[conversation('a', 10)], null]);

  it('moves a conversation with news to the front', () => {
    expect(place(loaded, conversation('a', 40))).toEqual(['a', 'c', 'b']);
  });
  it('puts a new one where its time says, across pages', () => {
    expect(place(loaded, conversation('x', 15))).toEqual(['c', 'b', 'x', 'a']);
  });
  it('appends at the end only when all is loaded', () => {
    expect(place(loaded, conversation('x', 5))).toEqual(['c', 'b', 'a', 'x']);
    expect(place(pages([[conversation('b', 20)], 'more']), conversation('x', 5))).toEqual(['b']);
  });
  it('takes out what no longer belongs', () => {
    expect(place(loaded, conversation('b', 50), false)).toEqual(['c', 'a']);
  });
  it('puts the first one into an empty list', () => {
    expect(place(pages([[], null]), conversation('x', 5))).toEqual(['x']);
  });
  it('does not change the list it was given', () => {
    place(loaded, conversation('a', 40));
    expect(itemsOf(loaded).map((held) => held.id)).toEqual(['c', 'b', 'a']);
  });
});

describe('fitsFilter', () => {
  const operator = { id: 'me', name: 'A' };
  it('tells mine from a colleague’s', () => {
    const mine = conversation('a', 1, { status: 'human', operator });
    expect(fitsFilter(mine, 'mine', 'me')).toBe(true);
    expect(fitsFilter(mine, 'mine', 'other')).toBe(false);
    expect(fitsFilter({ ...mine, status: 'closed' }, 'mine', 'me')).toBe(false);
  });
  it('shows every conversation under all, and one state under each other', () => {
    const waiting = conversation('a', 1, { status: 'waiting' });
    expect(fitsFilter(waiting, 'all', 'me')).toBe(true);
    expect(fitsFilter(waiting, 'waiting', 'me')).toBe(true);
    expect(fitsFilter(waiting, 'assistant', 'me')).toBe(false);
  });
});

it('shows an item once though two pages brought it, and adds up the unread', () => {
  const twice = pages([[conversation('a', 2, { unread: 2 })], 'x'], [[conversation('a', 2), conversation('b', 1, { unread: 3 })], null]);
  expect(itemsOf(twice).map((held) => held.id)).toEqual(['a', 'b']);
  expect(unreadOf(itemsOf(twice))).toBe(5);
});
