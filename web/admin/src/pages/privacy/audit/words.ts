import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Журнал',
  lead: 'Каждое действие с персональными данными, в цепочке, которую нельзя незаметно изменить.',
};

export const en = {
  title: 'Audit',
  lead: 'Every operation on personal data, in a chain that cannot be changed unnoticed.',
} satisfies Counterpart<typeof ru>;
