import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Уничтожение',
  lead: 'Акты об уничтожении и выписки из журнала по приказу Роскомнадзора № 179.',
};

export const en = {
  title: 'Destruction',
  lead: 'Destruction acts and log extracts after Order 179 of Roskomnadzor.',
} satisfies Counterpart<typeof ru>;
