// Mantine dressed in Chatika's colours. Every pair used for text has at least 4.5:1 in both schemes.

import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eaf6f3',
  '#d3ebe5',
  '#a9d6cb',
  '#7cc5b4',
  '#55ae9b',
  '#31917d',
  '#197565',
  '#0f6657',
  '#0b5448',
  '#07423a',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine },
  defaultRadius: 'md',
  fontFamily: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'PT Sans', 'Noto Sans', sans-serif",
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  components: {
    // Without it the first item has the focus; the placeholder is not allowed inside a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // The page itself never scrolls, so there is nothing to lock, and the lock would put a style
    // element without the nonce into the page.
    // (Named, not imported: the dialog is not part of the first load.)
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg' } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--c-surface)',
  '--mantine-color-text': 'var(--c-text)',
  '--mantine-color-dimmed': 'var(--c-soft)',
  '--mantine-color-placeholder': 'var(--c-soft)',
  '--mantine-color-error': 'var(--c-danger)',
  '--mantine-color-default': 'var(--c-surface)',
  '--mantine-color-default-hover': 'var(--c-sunken)',
  '--mantine-color-default-color': 'var(--c-text)',
  '--mantine-color-default-border': 'var(--c-line-strong)',
  '--mantine-color-anchor': 'var(--c-brand)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });

/** The server writes a fresh nonce into the page with every response. */
export const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
