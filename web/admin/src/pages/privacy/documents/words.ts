import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Документы',
  lead: 'Политика, согласия, приказы и уведомления, составленные по реестру данных.',
};

export const en = {
  title: 'Documents',
  lead: 'Policy, consents, orders and notifications, generated from the data register.',
} satisfies Counterpart<typeof ru>;
