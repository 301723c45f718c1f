// Days and hours as the business lives them. Everything shown in the panel is in the tenant's time
// zone, wherever the employee's computer thinks it is, so no function here reads the local zone.

export type Language = 'ru' | 'en';

const localeOf: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

/** Intl formatters cost far more to make than to use: lists of hundreds of rows share them. */
function formatter(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}|${zone}|${JSON.stringify(options)}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(localeOf[language], { ...options, timeZone: zone });
    formats.set(key, found);
  }
  return found;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function partsOf(at: Date, zone: string): Parts {
  const parts = formatter('en', zone, {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { year: read('year'), month: read('month'), day: read('day'), hour: read('hour'), minute: read('minute') };
}

const two = (value: number) => String(value).padStart(2, '0');

/** The calendar day, `YYYY-MM-DD`, on which the instant falls in the zone. */
export function dayOf(at: string | Date, zone: string): string {
  const parts = partsOf(new Date(at), zone);
  return `${parts.year}-${two(parts.month)}-${two(parts.day)}`;
}

/** Wall-clock minutes since midnight in the zone. */
export function minuteOfDay(at: string | Date, zone: string): number {
  const parts = partsOf(new Date(at), zone);
  return parts.hour * 60 + parts.minute;
}

export function isDay(text: string | null | undefined): text is string {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}

export function shiftDay(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function timeText(at: string | Date, zone: string, language: Language): string {
  return formatter(language, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** «23 ноября» / "23 November"; the year only when it is not the current one. */
export function dateText(at: string | Date, zone: string, language: Language, now: Date): string {
  const sameYear = partsOf(new Date(at), zone).year === partsOf(now, zone).year;
  return formatter(language, zone, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(
    new Date(at),
  );
}

export function dateTimeText(at: string | Date, zone: string, language: Language): string {
  return formatter(language, zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** «понедельник, 23 ноября» for a calendar day, which has no zone of its own. */
export function weekdayText(day: string, language: Language, width: 'long' | 'short' = 'long'): string {
  return formatter(language, 'UTC', { weekday: width, day: 'numeric', month: width }).format(
    new Date(`${day}T12:00:00Z`),
  );
}

export type Ago =
  | { kind: 'now' }
  | { kind: 'minutes'; count: number }
  | { kind: 'time'; text: string }
  | { kind: 'yesterday' }
  | { kind: 'date'; text: string };

/** How a list tells when: minutes for the last hour, then the hour, yesterday, a date. */
export function ago(at: string, now: Date, zone: string, language: Language): Ago {
  const minutes = Math.floor((now.getTime() - Date.parse(at)) / 60_000);
  if (minutes < 1) return { kind: 'now' };
  if (minutes < 60) return { kind: 'minutes', count: minutes };
  const days = daysBetween(dayOf(at, zone), dayOf(now, zone));
  if (days <= 0) return { kind: 'time', text: timeText(at, zone, language) };
  if (days === 1) return { kind: 'yesterday' };
  return { kind: 'date', text: formatter(language, zone, { day: 'numeric', month: 'short' }).format(new Date(at)) };
}
