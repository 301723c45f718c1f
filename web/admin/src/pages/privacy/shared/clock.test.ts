import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { privacyWords } from '../allWords';
import { addressOf, sectionAt, sections } from '../sections';
import { endOfDay } from './days';
import { actorIn, fieldsIn, operationIn, termIn } from './terms';
import { clockTone, dayClock, hourClock } from './clock';

const zone = 'Asia/Vladivostok'; // UTC+10
const now = new Date('2026-11-24T14:30:00Z'); // the 25th, 00:30 there

describe('a deadline of days', () => {
  const clock = (due: string, done?: string) => dayClock(due, now, zone, done);
  it('ends with the day of the tenant, not of the server', () => {
    expect(clock('2026-11-25')).toEqual({ kind: 'today' });
    expect(clock('2026-11-24')).toEqual({ kind: 'overdueDays', count: 1 });
    expect(clock('2026-11-26')).toEqual({ kind: 'tomorrow' });
    expect(clock('2026-12-09')).toEqual({ kind: 'days', count: 14 });
  });
  it('counts days when there are too many hours', () => {
    expect(hourClock('2027-11-24T10:00:00Z', new Date('2026-11-24T11:00:00Z'))).toEqual({ kind: 'days', count: 364 });
    expect(hourClock('2026-11-28T09:59:00Z', new Date('2026-11-24T10:00:00Z'))).toEqual({ kind: 'hours', hours: 95, minutes: 59 });
  });
  it('stands still once the act is done', () => {
    expect(clock('2026-11-20', '2026-11-20T13:59:00Z')).toEqual({ kind: 'met' });
    expect(clock('2026-11-20', '2026-11-20T14:00:00Z')).toEqual({ kind: 'late' });
  });
});

describe('a deadline of hours', () => {
  const clock = (due: string, done?: string) => hourClock(due, now, done);
  it('never promises a minute that is not there', () => {
    expect(clock('2026-11-24T15:29:59Z')).toEqual({ kind: 'minutes', minutes: 59 });
    expect(clock('2026-11-25T14:29:30Z')).toEqual({ kind: 'hours', hours: 23, minutes: 59 });
  });
  it('tells by how much it is missed', () => {
    expect(clock('2026-11-24T14:29:30Z')).toEqual({ kind: 'overdueMinutes', minutes: 1 });
    expect(clock('2026-11-24T12:00:00Z')).toEqual({ kind: 'overdueHours', hours: 2, minutes: 30 });
    expect(clock('2026-11-22T14:00:00Z')).toEqual({ kind: 'overdueDays', count: 2 });
  });
  it('counts an act at the last second as in time', () => {
    expect(clock('2026-11-24T12:00:00Z', '2026-11-24T12:00:00Z')).toEqual({ kind: 'met' });
    expect(clock('2026-11-24T12:00:00Z', '2026-11-24T12:00:01Z')).toEqual({ kind: 'late' });
  });
});

describe('the colour of a clock', () => {
  it('warns three days ahead and alarms afterwards', () => {
    expect(clockTone({ kind: 'days', count: 4 })).toBe('quiet');
    expect(clockTone({ kind: 'days', count: 3 })).toBe('waiting');
    expect(clockTone({ kind: 'today' })).toBe('waiting');
    expect(clockTone({ kind: 'overdueDays', count: 1 })).toBe('danger');
    expect(clockTone({ kind: 'late' })).toBe('danger');
    expect(clockTone({ kind: 'met' })).toBe('brand');
    expect(clockTone({ kind: 'hours', hours: 11, minutes: 0 })).toBe('waiting');
  });
});

describe('the words of the centre', () => {
  beforeAll(async () => {
    await i18next.init({ lng: 'ru', ns: ['privacy'], resources: { ru: { privacy: privacyWords.ru }, en: { privacy: privacyWords.en } } });
  });
  const left = (count: number, lng: string) => i18next.t('shared.clockDays', { count, lng, ns: 'privacy' });
  it('decline with the number', () => {
    expect([1, 2, 5, 11, 21].map((count) => left(count, 'ru'))).toEqual([
      'остался 1 день', 'осталось 2 дня', 'осталось 5 дней', 'осталось 11 дней', 'остался 21 день',
    ]);
    expect([1, 2].map((count) => left(count, 'en'))).toEqual(['1 day left', '2 days left']);
  });
  it('have every form of every plural, and the same blanks in both languages', () => {
    const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const [page, russian] of Object.entries(privacyWords.ru)) {
      const english = privacyWords.en[page as keyof typeof privacyWords.en] as Record<string, string>;
      for (const [key, text] of Object.entries(russian as Record<string, string>)) {
        const plural = /^(.*)_(one|few|many|other)$/.exec(key);
        if (plural) {
          for (const form of ['one', 'few', 'many', 'other']) expect(russian, key).toHaveProperty(`${plural[1]}_${form}`);
        }
        if (plural && plural[2] !== 'one' && plural[2] !== 'other') continue;
        expect(blanks(english[key] ?? ''), `${page}.${key}`).toEqual(blanks(text));
      }
    }
  });
});

it('knows which section an address belongs to', () => {
  for (const section of sections) expect(sectionAt(addressOf(section))).toBe(section);
  expect(sectionAt('/privacy/requests/42')?.name).toBe('requests');
  expect(sectionAt('/privacy/nowhere')).toBeUndefined();
});

describe('terms', () => {
  it('are the words of a code, and an unknown code is shown as it is', () => {
    expect(termIn('ru', 'field', 'visitor.phone')).toBe('Телефон');
    expect(termIn('en', 'purpose', 'answering')).toBe('the assistant’s answers');
    expect(termIn('ru', 'field', 'visitor.shoe_size')).toBe('visitor.shoe_size');
  });
  it('name an actor without its whole id', () => {
    expect(actorIn('ru', 'employee:01939f3c-aaaa-7000-8000-000000000000')).toBe('сотрудник 01939f3c');
    expect(actorIn('ru', 'system')).toBe('программа');
  });
});

it('finds the last second of a day in any zone', () => {
  expect(endOfDay('2026-12-08', 'Europe/Moscow')).toBe('2026-12-08T20:59:59.000Z');
  expect(endOfDay('2026-12-08', 'Asia/Vladivostok')).toBe('2026-12-08T13:59:59.000Z');
  expect(endOfDay('2026-10-24', 'Europe/Berlin')).toBe('2026-10-24T21:59:59.000Z');
  expect(endOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-25T22:59:59.000Z');
});

it('names operations and columns of the audit', () => {
  expect(operationIn('ru', 'privacy.subject.block')).toBe('Данные заблокированы');
  expect(operationIn('en', 'never.heard.of')).toBe('never.heard.of');
  expect(fieldsIn('ru', ['visitor.phone_box', 'visitor.phone', 'message.body_box'])).toBe('Телефон, сообщения');
});
