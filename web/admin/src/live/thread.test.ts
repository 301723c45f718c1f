import type { Message } from '@chatika/client';
import { describe, expect, it } from 'vitest';
import { addLive, addNewest, addOlder, isWhole, mergeMessages, stillPending, type Pending } from './thread';

const message = (seq: number, extra: Partial<Message> = {}): Message => ({
  seq,
  from: 'visitor',
  at: '2026-11-23T09:00:00Z',
  text: `text ${seq}`,
  author: null,
  client_id: null,
  sources: [],
  choices: [],
  days: [],
  ask: null,
  booking: null,
  ...extra,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const seqs = (items: readonly Message[]) => items.map((item) => item.seq);

describe('mergeMessages', () => {
  it('keeps each seq once, in order, the newer text winning', () => {
    const merged = mergeMessages([message(1), message(3)], [message(3, { text: 'new' }), message(2)]);
    expect(seqs(merged)).toEqual([1, 2, 3]);
    expect(merged[2]?.text).toBe('new');
  });
  it('gives the very same list when nothing came', () => {
    const held = range(1, 3);
    expect(mergeMessages(held, [])).toBe(held);
  });
});

describe('addLive', () => {
  it('appends what follows', () => {
    const next = addLive({ items: range(5, 6), hasOlder: true }, [message(7)], 7);
    expect(next && seqs(next.items)).toEqual([5, 6, 7]);
    expect(next?.hasOlder).toBe(true);
  });
  it('changes nothing when a message comes twice', () => {
    const next = addLive({ items: range(1, 3), hasOlder: false }, [message(2), message(3)], 3);
    expect(next && seqs(next.items)).toEqual([1, 2, 3]);
  });
  it('asks for a reload when some in between are missing', () => {
    expect(addLive({ items: range(1, 3), hasOlder: false }, [message(5)], 5)).toBeNull();
  });
  it('asks for a reload when the conversation is ahead of what came', () => {
    expect(addLive({ items: range(1, 3), hasOlder: false }, [message(4)], 6)).toBeNull();
  });
});

describe('addOlder and addNewest', () => {
  it('puts history before and knows when it is all', () => {
    const thread = addOlder({ items: range(3, 4), hasOlder: true }, { items: range(1, 2), next: '1' });
    expect(seqs(thread.items)).toEqual([1, 2, 3, 4]);
    expect(thread.hasOlder).toBe(false);
  });
  it('stops when the server has nothing before, whatever the first seq', () => {
    expect(addOlder({ items: range(3, 4), hasOlder: true }, { items: [], next: null }).hasOlder).toBe(false);
  });
  it('keeps loaded history when the newest page touches it', () => {
    const thread = addNewest({ items: range(1, 8), hasOlder: false }, { items: range(6, 10), next: '6' });
    expect(seqs(thread.items)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(thread.hasOlder).toBe(false);
  });
  it('drops history behind a hole rather than show a conversation with one', () => {
    const thread = addNewest({ items: range(1, 3), hasOlder: false }, { items: range(8, 10), next: '8' });
    expect(seqs(thread.items)).toEqual([8, 9, 10]);
    expect(thread.hasOlder).toBe(true);
  });
  it('tells a hole from a whole', () => {
    expect(isWhole([])).toBe(true);
    expect(isWhole(range(4, 9))).toBe(true);
    expect(isWhole([message(4), message(6)])).toBe(false);
  });
});

describe('stillPending', () => {
  it('leaves out what is stored under the same client_id', () => {
    const pending: Pending[] = ['a', 'b'].map((id) => ({ client_id: id, text: id, at: '', state: 'sending' }));
    expect(stillPending(pending, [message(1, { client_id: 'a' })]).map((item) => item.client_id)).toEqual(['b']);
  });
});
