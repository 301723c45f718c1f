// Days and moments as the centre writes them: with the year, because deadlines and evidence cross years.

import { useSession } from '../../../api/session';
import { useText } from '../../../i18n';
import { dateTimeText, dayOf, minuteOfDay, shiftDay, type Language } from '../../../lib/time';

const formats: Partial<Record<Language, Intl.DateTimeFormat>> = {};

/** «24 нояб. 2026 г.» for a calendar day, which has no zone. */
export function dayText(day: string, language: Language): string {
  const format = (formats[language] ??= new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }));
  return format.format(new Date(`${day}T12:00:00Z`));
}

/**
 * The first moment of a day in the zone, as an instant. Found by trying offsets: a day may begin at
 * any of them, and the browser knows zones only by name.
 */
export function startOfDay(day: string, zone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  for (let quarters = -56; quarters <= 56; quarters += 1) {
    const at = new Date(midnight + quarters * 900_000);
    if (dayOf(at, zone) === day && minuteOfDay(at, zone) === 0) return at.toISOString();
  }
  return new Date(midnight).toISOString();
}

/** The last second of a day in the zone. */
export const endOfDay = (day: string, zone: string) =>
  new Date(Date.parse(startOfDay(shiftDay(day, 1), zone)) - 1_000).toISOString();

/** Writes instants in the tenant's zone and the reader's language. */
export function useWhen() {
  const { language } = useText();
  const { time_zone } = useSession().tenant;
  return {
    at: (instant: string) => dateTimeText(instant, time_zone, language),
    day: (day: string) => dayText(day, language),
    /** Only the day of an instant. */
    date: (instant: string) => dayText(dayOf(instant, time_zone), language),
  };
}
