import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Инциденты',
  lead: 'Утечки и другие инциденты: сроки уведомления 24 и 72 часа.',
};

export const en = {
  title: 'Breaches',
  lead: 'Leaks and other breaches with the 24 and 72 hour clocks.',
} satisfies Counterpart<typeof ru>;
