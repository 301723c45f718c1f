// How a deadline reads: what is left, or by how much it is missed. Pure, in the tenant's zone.

import { dayOf, daysBetween } from '../../../lib/time';

export type Clock =
  | { kind: 'met' | 'late' }
  | { kind: 'overdueDays' | 'days'; count: number }
  | { kind: 'today' | 'tomorrow' }
  | { kind: 'hours' | 'overdueHours'; hours: number; minutes: number }
  | { kind: 'minutes' | 'overdueMinutes'; minutes: number };

export type ClockTone = 'danger' | 'waiting' | 'brand' | 'quiet';

/** A deadline with fewer whole days left than this asks for attention. */
const soonDays = 3;
/** From here on nobody counts hours. */
const manyHours = 96;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A deadline of whole days: it ends with the day, `YYYY-MM-DD`, in the tenant's zone. */
export function dayClock(due: string, now: Date, zone: string, done?: string | null): Clock {
  if (done) return { kind: daysBetween(dayOf(done, zone), due) >= 0 ? 'met' : 'late' };
  const left = daysBetween(dayOf(now, zone), due);
  if (left < 0) return { kind: 'overdueDays', count: -left };
  if (left === 0) return { kind: 'today' };
  if (left === 1) return { kind: 'tomorrow' };
  return { kind: 'days', count: left };
}

/** A deadline of clock hours: nights and holidays count. */
export function hourClock(due: string, now: Date, done?: string | null): Clock {
  const end = Date.parse(due);
  if (done) return { kind: Date.parse(done) <= end ? 'met' : 'late' };
  const ms = end - now.getTime();
  const size = Math.abs(ms);
  // What is left is rounded down and what is missed up: never a minute promised that is not there.
  const minutes = ms >= 0 ? Math.floor(size / minuteMs) : Math.ceil(size / minuteMs);
  if (size < hourMs) return { kind: ms >= 0 ? 'minutes' : 'overdueMinutes', minutes };
  const hours = Math.floor(minutes / 60);
  if (ms < 0 && hours >= 48) return { kind: 'overdueDays', count: Math.floor(hours / 24) };
  if (ms >= 0 && hours >= manyHours) return { kind: 'days', count: Math.floor(hours / 24) };
  return { kind: ms >= 0 ? 'hours' : 'overdueHours', hours, minutes: minutes % 60 };
}

export function clockTone(clock: Clock): ClockTone {
  switch (clock.kind) {
    case 'late':
    case 'overdueDays':
    case 'overdueHours':
    case 'overdueMinutes':
      return 'danger';
    case 'today':
    case 'tomorrow':
    case 'minutes':
      return 'waiting';
    case 'hours':
      return clock.hours < 12 ? 'waiting' : 'quiet';
    case 'days':
      return clock.count <= soonDays ? 'waiting' : 'quiet';
    case 'met':
      return 'brand';
  }
}
