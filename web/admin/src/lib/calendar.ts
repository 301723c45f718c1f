// Where a day's bookings stand in the calendar. Pure: minutes in, lanes out.

import { dayOf, daysBetween, minuteOfDay } from './time';

export interface Timed {
  id: string;
  starts_at: string;
  ends_at: string;
}

export interface Placed<T extends Timed> {
  booking: T;
  /** Wall-clock minutes since the day's midnight, cut to the day. */
  from: number;
  to: number;
  /** The bookings that touch share the column: this one has lane `lane` of `lanes`. */
  lane: number;
  lanes: number;
}

export const minutesInDay = 24 * 60;

function wallMinutes(at: string, day: string, zone: string): number {
  const minutes = daysBetween(day, dayOf(at, zone)) * minutesInDay + minuteOfDay(at, zone);
  return Math.min(Math.max(minutes, 0), minutesInDay);
}

/** Lays out one specialist's day: overlapping bookings side by side, as few lanes as will do. */
export function placeDay<T extends Timed>(bookings: readonly T[], day: string, zone: string): Placed<T>[] {
  const placed = bookings
    .map((booking) => ({
      booking,
      from: wallMinutes(booking.starts_at, day, zone),
      to: wallMinutes(booking.ends_at, day, zone),
      lane: 0,
      lanes: 1,
    }))
    .filter((item) => item.to > item.from)
    .sort((a, b) => a.from - b.from || b.to - a.to || a.booking.id.localeCompare(b.booking.id));

  let cluster: Placed<T>[] = [];
  let laneEnds: number[] = [];
  const closeCluster = () => {
    for (const item of cluster) item.lanes = laneEnds.length;
    cluster = [];
    laneEnds = [];
  };
  for (const item of placed) {
    if (laneEnds.every((end) => end <= item.from)) closeCluster();
    const free = laneEnds.findIndex((end) => end <= item.from);
    item.lane = free === -1 ? laneEnds.length : free;
    laneEnds[item.lane] = item.to;
    cluster.push(item);
  }
  closeCluster();
  return placed;
}

/** The hours worth showing: the usual working day, wider when somebody is booked outside it. */
export function hoursShown(placed: readonly { from: number; to: number }[]): { first: number; last: number } {
  let first = 9;
  let last = 19;
  for (const { from, to } of placed) {
    first = Math.min(first, Math.floor(from / 60));
    last = Math.max(last, Math.ceil(to / 60));
  }
  return { first, last };
}
