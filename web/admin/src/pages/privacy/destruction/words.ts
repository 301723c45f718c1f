import type { Counterpart } from '../../../i18n/en';

export const ru = {
  title: 'Уничтожение',
  lead: 'Акты об уничтожении и выписки из журнала событий по приказу Роскомнадзора № 179. Хранятся три года.',
  number: 'Акт',
  at: 'Дата',
  reason: 'Причина',
  keptUntil: 'Хранится до',
  act: 'Акт, PDF',
  log: 'Выписка',
  empty: 'Ничего ещё не уничтожено',
  emptyText: 'Акт появится здесь сразу, как данные человека уничтожат: по запросу или по сроку.',
};

export const en = {
  title: 'Destruction',
  lead: 'Destruction acts and event log extracts after Order 179 of Roskomnadzor. Kept for three years.',
  number: 'Act',
  at: 'Date',
  reason: 'Reason',
  keptUntil: 'Kept until',
  act: 'Act, PDF',
  log: 'Extract',
  empty: 'Nothing has been destroyed yet',
  emptyText: 'An act appears as soon as a person’s data is destroyed, on request or at the end of its period.',
} satisfies Counterpart<typeof ru>;
