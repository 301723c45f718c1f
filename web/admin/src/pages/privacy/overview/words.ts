import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Обзор',
  lead: 'Всё ли в порядке с персональными данными и что сделать дальше.',
};

export const en = {
  title: 'Overview',
  lead: 'Whether personal data is in order, and what to do next.',
} satisfies Counterpart<typeof ru>;
