// Short notices at the bottom of the screen. They stay while the pointer or the focus is on them,
// so that an "undo" can be reached by hand and by keyboard.

import { CloseButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../i18n';
import { createStore, useStore } from '../lib/store';
import classes from './toasts.module.css';

export interface Toast {
  id: string;
  text: string;
  tone: 'plain' | 'error';
  action?: { label: string; run(): void };
}

const showMs = 7_000;
/** A fourth notice pushes the first one out. */
const maxShown = 3;

const store = createStore<readonly Toast[]>([]);

export function hideToast(id: string): void {
  store.set((all) => all.filter((toast) => toast.id !== id));
}

/** Shows a notice; one with the same `id` is replaced. */
export function showToast(text: string, options: Partial<Omit<Toast, 'text'>> = {}): void {
  const toast: Toast = { id: crypto.randomUUID(), tone: 'plain', ...options, text };
  store.set((all) => [...all.filter((held) => held.id !== toast.id), toast].slice(-maxShown));
}

function Item({ toast }: { toast: Toast }) {
  const { t } = useText();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => hideToast(toast.id), showMs);
    return () => clearTimeout(timer);
  }, [held, toast]);
  const { action } = toast;
  return (
    <div
      className={classes.toast}
      data-tone={toast.tone}
      role={toast.tone === 'error' ? 'alert' : undefined}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{toast.text}</span>
      {action && (
        <button
          type="button"
          className={classes.action}
          data-testid="toast-action"
          onClick={() => {
            hideToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <CloseButton size="sm" className={classes.close ?? ''} aria-label={t('common.close')} onClick={() => hideToast(toast.id)} />
    </div>
  );
}

export function Toasts() {
  const toasts = useStore(store, (all) => all);
  return (
    <div className={classes.region} aria-live="polite">
      {toasts.length > 0 && (
        <div className={classes.list}>
          {toasts.map((toast) => (
            <Item key={toast.id} toast={toast} />
          ))}
        </div>
      )}
    </div>
  );
}
