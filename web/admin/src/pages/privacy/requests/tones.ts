import type { RequestStatus, Verification } from '../wire';

export const statusTone: Record<RequestStatus, 'waiting' | 'assistant' | 'brand' | 'quiet' | 'danger'> = {
  new: 'waiting',
  in_work: 'assistant',
  answered: 'brand',
  refused: 'danger',
  closed: 'quiet',
};

export const verificationTone: Record<Verification, 'waiting' | 'assistant' | 'brand' | 'danger'> = {
  pending: 'waiting',
  code_sent: 'assistant',
  verified: 'brand',
  manual: 'brand',
  failed: 'danger',
};
