// The privacy centre's API as functions: the only file of the centre that knows addresses.

import type { Page } from '../../api/api';
import { request } from '../../api/http';
import type {
  AuditRow,
  AuditVerdict,
  BreachDetail,
  BreachSummary,
  DestructionRow,
  DocumentDetail,
  DocumentSummary,
  FileConsent,
  Hold,
  JobRow,
  JobsOverview,
  MailRow,
  PrivacyStatus,
  RequestCase,
  RequestSummary,
  RequestType,
  Retention,
  Staff,
  SubjectFile,
  SubjectSummary,
} from './wire';

type Signal = AbortSignal | undefined;
const pageSize = 50;
const base = '/privacy';

export const requestFilters = ['open', 'unverified', 'overdue', 'closed'] as const;
export type RequestFilter = (typeof requestFilters)[number];

export interface NewRequest {
  type: RequestType;
  name: string;
  contact: string;
  data: string;
  essence: string;
  channel: string;
}

export interface AuditQuery {
  from?: string | undefined;
  to?: string | undefined;
  operation?: string | undefined;
  subject?: string | undefined;
}

export const privacyApi = {
  requests: (filter: RequestFilter, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/requests`, { query: { filter, cursor, limit: pageSize }, signal }) as Promise<Page<RequestSummary>>,
  request: (id: string, signal: Signal) => request('GET', `${base}/requests/${id}`, { signal }) as Promise<RequestCase>,
  createRequest: (body: NewRequest) => request('POST', `${base}/requests`, { body }) as Promise<RequestCase>,
  actOnRequest: (id: string, act: string, body: object = {}) =>
    request('POST', `${base}/requests/${id}/${act}`, { body }) as Promise<RequestCase>,

  // What is looked for travels in the body: addresses end in logs and histories.
  findPeople: (text: string, signal: Signal) =>
    request('POST', `${base}/subjects/find`, { body: { text }, signal }) as Promise<{ items: SubjectSummary[] }>,
  subject: (id: string, signal: Signal) => request('GET', `${base}/subjects/${id}`, { signal }) as Promise<SubjectFile>,
  actOnSubject: (id: string, act: string, body: object = {}) =>
    request('POST', `${base}/subjects/${id}/${act}`, { body }) as Promise<unknown>,

  looked: (id: string, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/subjects/${id}/audit`, { query: { cursor, limit: pageSize }, signal }) as Promise<Page<AuditRow>>,

  consents: (act: string | undefined, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/consents`, { query: { act, cursor, limit: pageSize }, signal }) as Promise<Page<FileConsent>>,
  holds: (state: string, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/holds`, { query: { state, cursor, limit: pageSize }, signal }) as Promise<Page<Hold>>,
  releaseHold: (id: string, reason: string) =>
    request('POST', `${base}/holds/${id}/release`, { body: { reason } }) as Promise<unknown>,

  audit: (query: AuditQuery, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/audit`, { query: { ...query, cursor, limit: pageSize }, signal }) as Promise<Page<AuditRow>>,
  verifyAudit: () => request('POST', `${base}/audit/verify`) as Promise<AuditVerdict>,

  jobsOverview: (signal: Signal) => request('GET', `${base}/jobs/overview`, { signal }) as Promise<JobsOverview>,
  jobs: (state: string | undefined, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/jobs`, { query: { state, cursor, limit: pageSize }, signal }) as Promise<Page<JobRow>>,
  retryJob: (id: string) => request('POST', `${base}/jobs/${id}/retry`) as Promise<unknown>,
  mail: (state: string | undefined, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/mail`, { query: { state, cursor, limit: pageSize }, signal }) as Promise<Page<MailRow>>,

  status: (signal: Signal) => request('GET', `${base}/status`, { signal }) as Promise<PrivacyStatus>,

  retention: (signal: Signal) => request('GET', `${base}/retention`, { signal }) as Promise<Retention>,
  setRetention: (category: string, days: number) =>
    request('PUT', `${base}/retention/${category}`, { body: { days } }) as Promise<unknown>,
  sweepNow: () => request('POST', `${base}/retention/sweep`) as Promise<unknown>,
  destructionActs: (cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/destruction`, { query: { cursor, limit: pageSize }, signal }) as Promise<Page<DestructionRow>>,

  documents: (signal: Signal) => request('GET', `${base}/documents`, { signal }) as Promise<{ items: DocumentSummary[] }>,
  document: (kind: string, signal: Signal) => request('GET', `${base}/documents/${kind}`, { signal }) as Promise<DocumentDetail>,
  approveDocument: (kind: string, body: { hash: string; approver: string; in_force: string }) =>
    request('POST', `${base}/documents/${kind}/approve`, { body }) as Promise<unknown>,

  staff: (signal: Signal) => request('GET', `${base}/staff`, { signal }) as Promise<Staff>,
  actOnAccess: (id: string, act: 'grant' | 'refuse' | 'revoke', body: object = {}) =>
    request('POST', `${base}/access/${id}/${act}`, { body }) as Promise<unknown>,
  finishReview: (id: string, outcome: string) =>
    request('POST', `${base}/reviews/${id}/done`, { body: { outcome } }) as Promise<unknown>,
  setResponsible: (body: { name: string; contact: string }) =>
    request('PUT', `${base}/responsible`, { body }) as Promise<unknown>,

  breaches: (cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/breaches`, { query: { cursor, limit: pageSize }, signal }) as Promise<Page<BreachSummary>>,
  breach: (id: string, signal: Signal) => request('GET', `${base}/breaches/${id}`, { signal }) as Promise<BreachDetail>,
  createBreach: (body: object) => request('POST', `${base}/breaches`, { body }) as Promise<BreachDetail>,
  actOnBreach: (id: string, act: string, body: object = {}) =>
    request('POST', `${base}/breaches/${id}/${act}`, { body }) as Promise<BreachDetail>,
};
