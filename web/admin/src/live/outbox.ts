// Replies of the employee on their way. Each carries its client_id through every attempt, so a
// repeat after a lost answer stores nothing twice. One conversation sends one at a time: order.

import type { QueryClient } from '@tanstack/react-query';
import { api } from '../api/api';
import { ApiError } from '../api/http';
import { keys } from '../api/keys';
import { createStore, useStore } from '../lib/store';
import { addLive, type Pending, type Thread } from './thread';

const retryWaitsMs = [700, 2_000, 5_000];
const none: readonly Pending[] = [];

const store = createStore<Readonly<Record<string, readonly Pending[]>>>({});
const lines = new Map<string, Promise<void>>();

export const usePending = (conversation: string) => useStore(store, (all) => all[conversation] ?? none);

function edit(conversation: string, change: (list: readonly Pending[]) => readonly Pending[]): void {
  store.set((all) => ({ ...all, [conversation]: change(all[conversation] ?? none) }));
}

const without = (id: string) => (list: readonly Pending[]) => list.filter((item) => item.client_id !== id);
const inState = (id: string, state: Pending['state']) => (list: readonly Pending[]) =>
  list.map((item) => (item.client_id === id ? { ...item, state } : item));

const mayPass = (error: unknown) =>
  error instanceof ApiError && ['offline', 'unavailable', 'internal', 'too_many'].includes(error.code);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function deliver(cache: QueryClient, conversation: string, message: Pending): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const stored = await api.send(conversation, message.client_id, message.text);
      const key = keys.thread(conversation);
      const thread = cache.getQueryData<Thread>(key);
      const next = thread && addLive(thread, [stored], stored.seq);
      if (next) cache.setQueryData<Thread>(key, next);
      else await cache.invalidateQueries({ queryKey: key });
      edit(conversation, without(message.client_id));
      return;
    } catch (error) {
      const wait = retryWaitsMs[attempt];
      if (wait !== undefined && mayPass(error)) {
        await pause(wait);
        continue;
      }
      edit(conversation, inState(message.client_id, 'failed'));
      // Refused: somebody else has the conversation, or it was closed. Show how it stands.
      if (!mayPass(error)) await cache.invalidateQueries({ queryKey: keys.conversation(conversation) });
      return;
    }
  }
}

function enqueue(cache: QueryClient, conversation: string, message: Pending): void {
  const before = lines.get(conversation) ?? Promise.resolve();
  const line = before.then(() => deliver(cache, conversation, message)).catch(() => {
    edit(conversation, inState(message.client_id, 'failed'));
  });
  lines.set(conversation, line);
}

export function sendReply(cache: QueryClient, conversation: string, text: string): void {
  const message: Pending = { client_id: crypto.randomUUID(), text, at: new Date().toISOString(), state: 'sending' };
  edit(conversation, (list) => [...list, message]);
  enqueue(cache, conversation, message);
}

export function retryReply(cache: QueryClient, conversation: string, message: Pending): void {
  edit(conversation, inState(message.client_id, 'sending'));
  enqueue(cache, conversation, message);
}

export const discardReply = (conversation: string, id: string) => edit(conversation, without(id));

export function dropPending(): void {
  store.set({});
  lines.clear();
}
