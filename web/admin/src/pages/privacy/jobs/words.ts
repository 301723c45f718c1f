import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Почта и задания',
  lead: 'Исходящие письма и фоновая работа: что ждёт, что не удалось.',
};

export const en = {
  title: 'Mail and jobs',
  lead: 'Outgoing mail and background work: what waits and what failed.',
} satisfies Counterpart<typeof ru>;
