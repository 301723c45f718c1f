import { expect, it } from 'vitest';
import type { Duties, PaperToSign, ShownPaper } from '../wire';
import { stepsOf } from './steps';

const paper = (title: string): ShownPaper => ({ title, version: '1', hash: title, document: { title, language: 'ru', blocks: [] } });
const toSign = (title: string): PaperToSign => ({ id: title, kind: 'policy', title, version: 1, hash: title, text: '', in_force_from: '2026-11-24T00:00:00Z' });
const nothing: Duties = { cleared: true, access_until: null, agreement: null, documents: [], processing_agreement: null };

it('asks for the own agreement, then the documents, then the agreement of the business', () => {
  const steps = stepsOf({ ...nothing, cleared: false, agreement: paper('a'), documents: [toSign('b'), toSign('c')], processing_agreement: paper('d') });
  expect(steps.map((step) => `${step.kind} ${step.paper.title}`)).toEqual(['agreement a', 'document b', 'document c', 'processing d']);
});

it('asks for nothing when nothing is due', () => {
  expect(stepsOf(nothing)).toEqual([]);
});
