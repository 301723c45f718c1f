// Unsent replies, one a conversation. They survive a reload and the end of a session (in
// sessionStorage, so they go with the tab) and are thrown away when the employee signs out or
// another employee signs in: they may hold personal data.

import { createStore, useStore } from './store';

export type Drafts = Readonly<Record<string, string>>;

const storageKey = 'chatika.drafts';
/** The oldest draft is dropped beyond this many. */
export const maxDrafts = 50;

export function withDraft(drafts: Drafts, conversation: string, text: string): Drafts {
  const others = { ...drafts };
  delete (others as Record<string, string>)[conversation];
  if (text === '') return others;
  const kept = Object.entries(others).slice(-(maxDrafts - 1));
  return { ...Object.fromEntries(kept), [conversation]: text };
}

interface Saved {
  owner: string;
  drafts: Drafts;
}

function isSaved(value: unknown): value is Saved {
  if (typeof value !== 'object' || value === null || !('owner' in value) || !('drafts' in value)) return false;
  const { owner, drafts } = value;
  return (
    typeof owner === 'string' &&
    typeof drafts === 'object' &&
    drafts !== null &&
    Object.values(drafts).every((text) => typeof text === 'string')
  );
}

const store = createStore<Drafts>({});
let owner = '';

export function openDrafts(employee: string): void {
  if (owner === employee) return;
  owner = employee;
  let found: Drafts = {};
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    if (isSaved(saved) && saved.owner === employee) found = saved.drafts;
  } catch {
    // unreadable or forbidden storage: start with no drafts
  }
  store.set(found);
}

export function setDraft(conversation: string, text: string): void {
  store.set((drafts) => withDraft(drafts, conversation, text));
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ owner, drafts: store.get() } satisfies Saved));
  } catch {
    // kept in memory only
  }
}

export function dropDrafts(): void {
  owner = '';
  store.set({});
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // nothing was stored
  }
}

export const useDraft = (conversation: string) => useStore(store, (drafts) => drafts[conversation] ?? '');
export const useDrafts = () => useStore(store, (drafts) => drafts);
