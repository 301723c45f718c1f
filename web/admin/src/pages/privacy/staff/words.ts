import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Сотрудники',
  lead: 'Кто отвечает за данные, кто с ними ознакомлен и у кого есть доступ.',
};

export const en = {
  title: 'Staff',
  lead: 'Who is responsible, who has signed the documents and who has access.',
} satisfies Counterpart<typeof ru>;
