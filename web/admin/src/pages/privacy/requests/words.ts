import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Запросы',
  lead: 'Обращения людей о своих данных и сроки ответа по закону.',
};

export const en = {
  title: 'Requests',
  lead: 'What people ask about their data, and the time the law gives for an answer.',
} satisfies Counterpart<typeof ru>;
