import { expect, it } from 'vitest';
import type { AuditRow } from '../wire';
import { looksOf } from './looks';

const row = (seq: string, operation: string, actor = 'employee:1'): AuditRow => ({
  seq, operation, actor, at: `2026-11-24T10:00:0${seq}Z`, actor_name: null, subjects: [], fields: ['visitor.name_box'], read: [], written: [], purposes: [], bases: [], from: '',
});

it('counts what was done again and again as one, and keeps what stands between', () => {
  const looks = looksOf([row('5', 'list'), row('4', 'list'), row('3', 'open'), row('2', 'list'), row('1', 'list', 'employee:2')]);
  expect(looks.map(({ row: { seq }, times, first }) => [seq, times, first.slice(-3)])).toEqual([
    ['5', 2, '04Z'], ['3', 1, '03Z'], ['2', 1, '02Z'], ['1', 1, '01Z'],
  ]);
});
