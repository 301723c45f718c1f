// Who is typing where. A lost "stopped" must not leave the dots for ever: they go out by themselves.

import { createStore, useStore } from '../lib/store';

const forgetAfterMs = 8_000;

export type Typist = 'visitor' | 'employee';

const store = createStore<Readonly<Record<string, Typist>>>({});
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export function showTyping(conversation: string, from: Typist, on: boolean): void {
  clearTimeout(timers.get(conversation));
  timers.delete(conversation);
  store.set((all) => {
    const others = Object.fromEntries(Object.entries(all).filter(([id]) => id !== conversation));
    return on ? { ...others, [conversation]: from } : others;
  });
  if (on) timers.set(conversation, setTimeout(() => showTyping(conversation, from, false), forgetAfterMs));
}

export const useTypist = (conversation: string): Typist | null => useStore(store, (all) => all[conversation] ?? null);
