// Every word the widget says itself, in both languages. A key missing in English does not compile.
import type { BookingCard, Language } from "@chatika/client";

// Each language is a script of its own (words_ru.ts, words_en.ts): a visitor loads one.

export const ru = {
  dialog: (business: string) => `Чат: ${business}`,
  open: "Открыть чат",
  close: "Закрыть чат",
  myData: "Мои данные",
  failed: "Не получилось. Проверьте связь и попробуйте ещё раз.",

  agreeFirst: "Отметьте согласие, чтобы начать разговор.",
  healthHint: "Необязательно.",
  start: "Начать разговор",
  refuse: "Не соглашаюсь",
  refusedTitle: "Можно и без чата",
  refusedText: "Без согласия мы не ведём переписку и ничего о вас не сохраняем. Наши телефон и адрес есть на сайте.",
  consentChanged: "Текст согласия обновился. Пожалуйста, прочитайте его ещё раз.",
  startAnew: "Прошлый разговор завершён. Чтобы начать новый, снова подтвердите согласие.",

  log: "Переписка",
  callHuman: "Позвать человека",
  callHumanText: "Позовите, пожалуйста, человека",
  status: { assistant: "Автоматический ассистент", waiting: "Сотрудник скоро ответит", closed: "Разговор завершён" },
  calling: "Уже зовём",
  human: (name: string | null) => (name ? `Отвечает ${name}` : "Отвечает сотрудник"),

  from: { visitor: "Вы", assistant: "Ассистент", employee: "Сотрудник", system: "Чат" },
  today: "Сегодня",
  yesterday: "Вчера",
  marks: { sending: "отправляется", received: "доставлено", seen: "прочитано" },
  typing: (name: string) => `${name} печатает…`,
  offline: "Нет связи. Сообщения уйдут, как только она появится.",
  connecting: "Восстанавливаем связь…",
  notSent: "Сообщение не отправлено.",
  retry: "Повторить",
  edit: "Изменить",
  discard: "Удалить",
  newMessages: "К новым сообщениям",
  unread: (count: number) => `${count} ${plural("ru", count, ["новое сообщение", "новых сообщения", "новых сообщений"])}`,

  sources: (count: number): string => (count > 1 ? "Источники" : "Источник"),
  back: "Назад",
  days: "Дни со свободным временем",

  ask: { anything: "Напишите сообщение", name: "Ваше имя", phone: "Ваш номер телефона", email: "Ваша электронная почта" },
  send: "Отправить",

  booking: {
    held: "Держим время за вами",
    confirmed: "Вы записаны",
    cancelled: "Запись отменена",
  } satisfies Record<BookingCard["status"], string>,
  reference: "Номер записи",
  service: "Услуга",
  specialist: "Специалист",
  place: "Где",
  zone: "по местному времени",
};

export type Texts = typeof ru;

export const en: Texts = {
  dialog: (business) => `Chat: ${business}`,
  open: "Open the chat",
  close: "Close the chat",
  myData: "My data",
  failed: "That didn’t work. Check your connection and try again.",

  agreeFirst: "Tick the box to agree, then start the conversation.",
  healthHint: "Optional.",
  start: "Start the conversation",
  refuse: "I don’t agree",
  refusedTitle: "You can do without the chat",
  refusedText: "Without your consent we don’t chat and keep nothing about you. Our phone and address are on this site.",
  consentChanged: "The consent text has been updated. Please read it again.",
  startAnew: "The previous conversation has ended. To start a new one, please give your consent again.",

  log: "Conversation",
  callHuman: "Talk to a person",
  callHumanText: "I’d like to talk to a person, please",
  status: { assistant: "Automated assistant", waiting: "A colleague will be with you soon", closed: "The conversation has ended" },
  calling: "Calling…",
  human: (name) => (name ? `${name} is answering` : "A colleague is answering"),

  from: { visitor: "You", assistant: "Assistant", employee: "Staff", system: "Chat" },
  today: "Today",
  yesterday: "Yesterday",
  marks: { sending: "sending", received: "delivered", seen: "read" },
  typing: (name) => `${name} is typing…`,
  offline: "You are offline. Messages will be sent once you are back.",
  connecting: "Reconnecting…",
  notSent: "The message was not sent.",
  retry: "Try again",
  edit: "Edit",
  discard: "Delete",
  newMessages: "New messages",
  unread: (count) => `${count} ${plural("en", count, ["new message", "new messages", "new messages"])}`,

  sources: (count) => (count > 1 ? "Sources" : "Source"),
  back: "Back",
  days: "Days with free times",

  ask: { anything: "Write a message", name: "Your name", phone: "Your phone number", email: "Your e-mail" },
  send: "Send",

  booking: {
    held: "We are holding this time for you",
    confirmed: "You are booked in",
    cancelled: "The booking is cancelled",
  },
  reference: "Booking number",
  service: "Service",
  specialist: "Specialist",
  place: "Where",
  zone: "local time",
};

/** Forms for one, a few and many: 1 сообщение, 2 сообщения, 5 сообщений. */
export function plural(language: Language, count: number, [one, few, many]: readonly [string, string, string]): string {
  const rule = new Intl.PluralRules(language).select(count);
  return rule === "one" ? one : rule === "few" ? few : many;
}
