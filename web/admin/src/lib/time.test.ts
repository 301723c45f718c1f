import { describe, expect, it } from 'vitest';
import { ago, dayOf, daysBetween, isDay, minuteOfDay, shiftDay, timeText, weekdayText } from './time';

const zone = 'Asia/Vladivostok'; // UTC+10
const now = new Date('2026-11-23T05:00:00Z'); // 15:00 there

describe('days and hours of the tenant', () => {
  it('are those of its zone', () => {
    expect(dayOf('2026-11-23T14:30:00Z', zone)).toBe('2026-11-24');
    expect(minuteOfDay('2026-11-23T14:30:00Z', zone)).toBe(30);
    expect(timeText('2026-11-23T14:30:00Z', zone, 'ru')).toBe('00:30');
    expect(timeText('2026-11-23T14:30:00Z', zone, 'en')).toBe('00:30');
  });
  it('step over months and the change of the clock', () => {
    expect(shiftDay('2026-11-30', 1)).toBe('2026-12-01');
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });
  it('are named as one reads them', () => {
    expect(weekdayText('2026-11-23', 'ru')).toBe('понедельник, 23 ноября');
    expect(weekdayText('2026-11-23', 'en')).toMatch(/Monday/);
  });
  it('refuses what is no day', () => {
    expect(isDay('2026-02-29')).toBe(false);
    expect(isDay('2028-02-29')).toBe(true);
    expect(isDay('23.11.2026')).toBe(false);
    expect(isDay(null)).toBe(false);
  });
});

describe('ago', () => {
  const told = (at: string) => ago(at, now, zone, 'ru');
  it('counts minutes within the hour', () => {
    expect(told('2026-11-23T04:59:30Z')).toEqual({ kind: 'now' });
    expect(told('2026-11-23T04:01:00Z')).toEqual({ kind: 'minutes', count: 59 });
  });
  it('tells the hour of today, yesterday, and a date before', () => {
    expect(told('2026-11-23T04:00:00Z')).toEqual({ kind: 'time', text: '14:00' });
    expect(told('2026-11-22T13:59:00Z')).toEqual({ kind: 'yesterday' });
    expect(told('2026-11-20T05:00:00Z')).toMatchObject({ kind: 'date', text: expect.stringContaining('20') as string });
  });
  it('says now when the clocks of browser and server disagree a little', () => {
    expect(told('2026-11-23T05:00:20Z')).toEqual({ kind: 'now' });
  });
});
