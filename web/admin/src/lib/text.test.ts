import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../i18n/en';
import { ru } from '../i18n/ru';
import { filterArticles } from '../pages/knowledge/filter';
import { maxDrafts, withDraft, type Drafts } from './drafts';
import { phoneText } from './phone';
import { paragraphsOf } from './sentences';

describe('plurals', () => {
  beforeAll(async () => {
    await i18next.init({ lng: 'ru', resources: { ru: { translation: ru }, en: { translation: en } } });
  });
  it('follow Russian grammar', () => {
    const counted = [1, 2, 5, 11, 21, 22, 112].map((count) => i18next.t('bookings.count', { count }));
    expect(counted).toEqual(['1 запись', '2 записи', '5 записей', '11 записей', '21 запись', '22 записи', '112 записей']);
  });
  it('follow English grammar', () => {
    expect(i18next.t('bookings.count', { count: 1, lng: 'en' })).toBe('1 booking');
    expect(i18next.t('bookings.count', { count: 5, lng: 'en' })).toBe('5 bookings');
  });
});

describe('paragraphsOf', () => {
  it('parts paragraphs by empty lines and sentences by their ends', () => {
    expect(paragraphsOf('Раз. Два! Три?\n\nЧетыре… Пять.')).toEqual([
      ['Раз.', 'Два!', 'Три?'],
      ['Четыре…', 'Пять.'],
    ]);
  });
  it('does not take an abbreviation for an end', () => {
    expect(paragraphsOf('Мы на ул. Примерной, д. 1. Вход со двора.')).toEqual([
      ['Мы на ул. Примерной, д. 1.', 'Вход со двора.'],
    ]);
  });
  it('keeps the lines of a list apart', () => {
    expect(paragraphsOf('Цены:\n— осмотр 900 руб.\n— снимок 600 руб.')[0]).toHaveLength(3);
  });
  it('finds nothing in nothing', () => {
    expect(paragraphsOf(' \n\n ')).toEqual([]);
  });
});

describe('filterArticles', () => {
  const article = (title: string, language: 'ru' | 'en' = 'ru') => ({
    id: title,
    language,
    title,
    version: 1,
    updated_at: '2026-11-23T09:00:00Z',
    length: 1,
  });
  const all = [article('Ёлка и подарки'), article('Парковка'), article('Parking', 'en')];
  const found = (search: string, language = '') => filterArticles(all, search, language).map((item) => item.title);
  it('looks for every word, «ё» as «е», whatever the case', () => {
    expect(found('ПОДАРКИ елка')).toEqual(['Ёлка и подарки']);
    expect(found('елка парковка')).toEqual([]);
  });
  it('narrows to a language', () => {
    expect(found('', 'en')).toEqual(['Parking']);
  });
});

describe('withDraft', () => {
  it('forgets an emptied draft', () => {
    expect(withDraft({ a: 'x', b: 'y' }, 'a', '')).toEqual({ b: 'y' });
  });
  it('keeps the newest when there are too many', () => {
    let drafts: Drafts = {};
    for (let index = 0; index <= maxDrafts; index += 1) drafts = withDraft(drafts, `c${index}`, 'x');
    expect(Object.keys(drafts)).toHaveLength(maxDrafts);
    expect(drafts['c0']).toBeUndefined();
    expect(drafts[`c${maxDrafts}`]).toBe('x');
  });
});

it('groups a Russian number and leaves others alone', () => {
  expect(phoneText('+79000000123')).toBe('+7 900 000-01-23');
  expect(phoneText('+4930000000')).toBe('+4930000000');
});
