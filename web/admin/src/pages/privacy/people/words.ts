import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Люди',
  lead: 'Найдите человека, чтобы увидеть всё, что о нём хранится.',
};

export const en = {
  title: 'People',
  lead: 'Find a person to see everything held about them.',
} satisfies Counterpart<typeof ru>;
