import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Согласия',
  lead: 'Кто, когда и на что согласился, что отозвал и против чего возразил.',
};

export const en = {
  title: 'Consents',
  lead: 'Who agreed to what and when, what was withdrawn or objected to.',
} satisfies Counterpart<typeof ru>;
