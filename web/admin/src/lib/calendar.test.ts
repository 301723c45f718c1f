import { describe, expect, it } from 'vitest';
import { hoursShown, placeDay } from './calendar';

const zone = 'Europe/Moscow';
const day = '2026-11-23';
/** Moscow hours, UTC+3. */
const visit = (id: string, from: string, to: string) => ({
  id,
  starts_at: new Date(`${day}T${from}:00+03:00`).toISOString(),
  ends_at: new Date(`${day}T${to}:00+03:00`).toISOString(),
});
const lanes = (...visits: ReturnType<typeof visit>[]) =>
  placeDay(visits, day, zone).map((item) => `${item.booking.id} ${item.lane}/${item.lanes}`);

describe('placeDay', () => {
  it('places by the wall clock of the tenant', () => {
    const [item] = placeDay([visit('a', '10:15', '11:00')], day, zone);
    expect(item).toMatchObject({ from: 615, to: 660, lane: 0, lanes: 1 });
  });
  it('lets one follow at once on another in one lane', () => {
    expect(lanes(visit('a', '10:00', '11:00'), visit('b', '11:00', '12:00'))).toEqual(['a 0/1', 'b 0/1']);
  });
  it('puts overlapping ones side by side', () => {
    expect(lanes(visit('a', '10:00', '11:00'), visit('b', '10:30', '11:30'))).toEqual(['a 0/2', 'b 1/2']);
  });
  it('uses a lane again as soon as it is free, and widens only the cluster', () => {
    expect(
      lanes(visit('a', '10:00', '12:00'), visit('b', '10:00', '10:30'), visit('c', '10:30', '11:00'), visit('d', '13:00', '14:00')),
    ).toEqual(['a 0/2', 'b 1/2', 'c 1/2', 'd 0/1']);
  });
  it('does not depend on the order they come in', () => {
    const visits = [visit('a', '10:00', '11:00'), visit('b', '10:30', '11:30'), visit('c', '11:00', '12:00')];
    expect(lanes(...visits)).toEqual(lanes(...visits.slice().reverse()));
  });
  it('cuts what reaches over midnight to the day', () => {
    const over = { id: 'a', starts_at: '2026-11-23T20:30:00Z', ends_at: '2026-11-23T22:00:00Z' };
    expect(placeDay([over], day, zone)[0]).toMatchObject({ from: 23 * 60 + 30, to: 24 * 60 });
    expect(placeDay([over], '2026-11-24', zone)[0]).toMatchObject({ from: 0, to: 60 });
  });
});

describe('hoursShown', () => {
  it('shows a working day, and more when somebody comes outside it', () => {
    expect(hoursShown([])).toEqual({ first: 9, last: 19 });
    expect(hoursShown([{ from: 7 * 60 + 30, to: 8 * 60 }, { from: 20 * 60, to: 20 * 60 + 15 }])).toEqual({ first: 7, last: 21 });
  });
});
