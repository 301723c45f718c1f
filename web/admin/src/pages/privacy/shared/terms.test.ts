/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { fieldsIn, operationIn, termIn } from './terms';

const api = JSON.parse(readFileSync(new URL('../../../../../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, { operationId?: string }>>;
  components: { schemas: Record<string, { enum?: string[] }> };
};

it('has words for every operation of the API, as the audit names it', () => {
  const operations = Object.values(api.paths).flatMap((path) => Object.values(path).flatMap(({ operationId }) => operationId ?? []));
  expect(operations.length).toBeGreaterThan(100);
  for (const language of ['ru', 'en'] as const) {
    expect(operations.filter((name) => operationIn(language, name) === name)).toEqual([]);
  }
});

it.each(['ru', 'en'] as const)('has words for every letter and every ground of destruction, %s', (language) => {
  const letters = api.components.schemas['Template']?.enum ?? [];
  const grounds = api.components.schemas['ErasureReason']?.enum ?? [];
  expect(letters.length * grounds.length).toBeGreaterThan(0);
  expect(letters.filter((code) => termIn(language, 'mail', code) === code)).toEqual([]);
  expect(grounds.filter((code) => termIn(language, 'reason', code) === code)).toEqual([]);
});

// The register is the source: a field without words would be shown by its code to the officer.
it.each(['ru', 'en'] as const)('has words for every sealed column of the register, %s', (language) => {
  const register = readFileSync(new URL('../../../../../../src/privacy/register.cpp', import.meta.url), 'utf8');
  const columns = [...register.matchAll(/\.table = "(\w+)",\s*\.column = "(\w+)_box"/g)].map(([, table, column]) => `${table}.${column}`);
  expect(columns.length).toBeGreaterThan(20);
  expect(columns.filter((code) => termIn(language, 'field', code) === code)).toEqual([]);
});


it('writes names in a row with one capital', () => {
  expect(fieldsIn('ru', ['visitor.name_box', 'visitor.phone_box', 'visitor.name_box'])).toBe('Имя, телефон');
});
