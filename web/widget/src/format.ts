// Times as people say them. Messages are in the visitor's own time, visits in that of the business.
import type { BookingCard, Language } from "@chatika/client";
import type { Texts } from "./texts";

const locale = (language: Language): string => (language === "ru" ? "ru-RU" : "en-GB");

function show(language: Language, options: Intl.DateTimeFormatOptions, at: Date): string {
  return new Intl.DateTimeFormat(locale(language), options).format(at);
}

/** "14:05". */
export function clock(language: Language, at: Date, timeZone?: string): string {
  return show(language, { hour: "2-digit", minute: "2-digit", ...(timeZone && { timeZone }) }, at);
}

/** "Сегодня", "Вчера", "24 ноября", "24 ноября 2025 г.". */
export function dayTitle(language: Language, texts: Pick<Texts, "today" | "yesterday">, at: Date, now: Date): string {
  const day = at.toDateString();
  if (day === now.toDateString()) return texts.today;
  const before = new Date(now);
  before.setDate(now.getDate() - 1);
  if (day === before.toDateString()) return texts.yesterday;
  const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" as const };
  return show(language, { day: "numeric", month: "long", ...year }, at);
}

export interface VisitTime {
  readonly day: string;
  readonly time: string;
  /** "GMT+3", only for a visitor whose clock differs from that of the business. */
  readonly zone: string | null;
}

/** When to come: "вторник, 24 ноября" and "10:30–11:00". */
export function visitTime(language: Language, card: BookingCard, visitorZone?: string): VisitTime {
  const timeZone = card.time_zone;
  const start = new Date(card.starts_at);
  const zone = (where: string | undefined): string =>
    show("en", { timeZoneName: "shortOffset", ...(where && { timeZone: where }) }, start).split(" ").at(-1) ?? "";
  return {
    day: show(language, { weekday: "long", day: "numeric", month: "long", timeZone }, start),
    time: `${clock(language, start, timeZone)}–${clock(language, new Date(card.ends_at), timeZone)}`,
    zone: zone(timeZone) === zone(visitorZone) ? null : zone(timeZone),
  };
}
