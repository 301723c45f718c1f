import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Сроки хранения',
  lead: 'Сколько хранятся данные и что программа уничтожила сама.',
};

export const en = {
  title: 'Retention',
  lead: 'How long data is kept and what the program destroyed by itself.',
} satisfies Counterpart<typeof ru>;
