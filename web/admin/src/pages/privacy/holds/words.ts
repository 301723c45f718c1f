import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Ограничения',
  lead: 'Поля, которые закон велит сохранить, хотя остальное уничтожается.',
};

export const en = {
  title: 'Legal holds',
  lead: 'Fields the law orders to keep while everything else is destroyed.',
} satisfies Counterpart<typeof ru>;
