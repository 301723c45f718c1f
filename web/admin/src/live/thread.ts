// The messages of one conversation as the panel holds them: ascending by seq, without a gap, each
// once, whichever way it came (a page of history, the feed, the answer to our own send).

import type { Message } from '@chatika/client';

export interface Thread {
  items: readonly Message[];
  /** There is history before the first item. */
  hasOlder: boolean;
}

/** A message on its way: shown at the end until the stored one with its client_id arrives. */
export interface Pending {
  client_id: string;
  text: string;
  at: string;
  state: 'sending' | 'failed';
}

export function mergeMessages(held: readonly Message[], came: readonly Message[]): readonly Message[] {
  if (came.length === 0) return held;
  const bySeq = new Map(held.map((message) => [message.seq, message]));
  for (const message of came) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** True when every seq between the first and the last message is there. */
export function isWhole(messages: readonly Message[]): boolean {
  const first = messages[0];
  const last = messages[messages.length - 1];
  return !first || !last || last.seq - first.seq + 1 === messages.length;
}

/**
 * Adds live messages. `null` means that some in between are missing (or that a message was stored
 * which the feed did not bring, say from `last_seq`): the thread must be asked for again.
 */
export function addLive(thread: Thread, came: readonly Message[], lastSeq: number): Thread | null {
  const items = mergeMessages(thread.items, came);
  const last = items[items.length - 1];
  if (!isWhole(items) || (last?.seq ?? 0) < lastSeq) return null;
  return { items, hasOlder: thread.hasOlder && (items[0]?.seq ?? 1) > 1 };
}

export function addOlder(thread: Thread, page: { items: readonly Message[]; next: string | null }): Thread {
  const items = mergeMessages(thread.items, page.items);
  return { items, hasOlder: page.next !== null && page.items.length > 0 && (items[0]?.seq ?? 1) > 1 };
}

/**
 * The newest page over what is held. Held history is kept when the two touch; when they do not,
 * it is dropped (scrolling up brings it back) so that the thread never has a hole.
 */
export function addNewest(
  held: Thread | undefined,
  page: { items: readonly Message[]; next: string | null },
): Thread {
  const fresh: Thread = { items: page.items, hasOlder: page.next !== null && (page.items[0]?.seq ?? 1) > 1 };
  if (!held || held.items.length === 0) return fresh;
  const items = mergeMessages(held.items, page.items);
  return isWhole(items) ? { items, hasOlder: held.hasOlder && (items[0]?.seq ?? 1) > 1 } : fresh;
}

export function stillPending(pending: readonly Pending[], items: readonly Message[]): readonly Pending[] {
  if (pending.length === 0) return pending;
  const stored = new Set(items.map((message) => message.client_id));
  return pending.filter((message) => !stored.has(message.client_id));
}
