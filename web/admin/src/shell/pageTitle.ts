import { useEffect } from 'react';
import { createStore, useStore } from '../lib/store';

const page = createStore('');
const unread = createStore(0);

export function usePageTitle(title: string): void {
  useEffect(() => page.set(title), [title]);
}

/** Mounted once: keeps the tab's title as «(3) Диалоги · Chatika». */
export function useDocumentTitle(): void {
  const title = useStore(page, (value) => value);
  const count = useStore(unread, (value) => value);
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${title ? `${title} · ` : ''}Chatika`;
  }, [title, count]);
}

export const setUnread = (count: number) => unread.set(count);
