// Keys without modifiers, by their place on the keyboard so that they work in the Russian layout
// too. They can be switched off (WCAG 2.1.4) and are silent while one writes.

import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { recall, remember } from '../lib/remembered';
import { createStore, useStore } from '../lib/store';

const enabled = createStore(recall('shortcuts') !== 'off');

export const useShortcutsEnabled = () => useStore(enabled, (value) => value);

export function setShortcutsEnabled(value: boolean): void {
  enabled.set(value);
  remember('shortcuts', value ? 'on' : 'off');
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export type KeyMap = Readonly<Partial<Record<string, () => void>>>;

/** `keys` by `KeyboardEvent.code`. An open dialog or menu keeps its keys for itself. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!enabled.get() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      const run = latest.current[event.code];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

const places: Readonly<Partial<Record<string, string>>> = {
  KeyI: '/inbox',
  KeyB: '/bookings',
  KeyL: '/leads',
  KeyK: '/knowledge',
  KeyP: '/privacy',
};
/** The second key of "g, i" must follow within this time. */
const secondKeyMs = 1_500;

/** "g" and a letter goes to a section, "?" opens the help. */
export function useNavigationKeys(onHelp: () => void): void {
  const navigate = useNavigate();
  const help = useRef(onHelp);
  help.current = onHelp;
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (!enabled.get() || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      const place = event.timeStamp < goUntil ? places[event.code] : undefined;
      goUntil = event.code === 'KeyG' ? event.timeStamp + secondKeyMs : 0;
      if (place) {
        event.preventDefault();
        // Capture and stop: the page below must not take the letter for its own key.
        event.stopImmediatePropagation();
        void navigate(place);
      } else if (event.key === '?') {
        event.preventDefault();
        help.current();
      }
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate]);
}
