// The privacy centre's API as functions: the only file of the centre that knows addresses.

import type { Page } from '../../api/api';
import { request } from '../../api/http';
import type {
  AuditRow,
  AuditVerdict,
  Breach,
  BreachInput,
  BreachNotice,
  DestructionRow,
  DocumentChange,
  DocumentDetail,
  Documents,
  Duties,
  FileConsent,
  Hold,
  InternalDocument,
  JobRow,
  MailRow,
  MailStatus,
  NewRequest,
  OfficeTask,
  Organisation,
  PrivacyStatus,
  Recipient,
  RecipientKind,
  RecipientNotice,
  RequestCase,
  RequestSummary,
  Retention,
  Role,
  SetOrganisation,
  Staff,
  SubjectFile,
  SubjectSummary,
} from './wire';

type Signal = AbortSignal | undefined;
const pageSize = 50;
const base = '/privacy';

export const requestFilters = ['open', 'unverified', 'overdue', 'closed'] as const;
export type RequestFilter = (typeof requestFilters)[number];

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
  actOnRequest: (id: string, act: string, body?: object) =>
    request('POST', `${base}/requests/${id}/${act}`, body ? { body } : {}) as Promise<RequestCase>,

  // What is looked for travels in the body: addresses end in logs and histories.
  findPeople: (text: string, signal: Signal) =>
    request('POST', `${base}/subjects/find`, { body: { text }, signal }) as Promise<{ items: SubjectSummary[] }>,
  subject: (id: string, signal: Signal) => request('GET', `${base}/subjects/${id}`, { signal }) as Promise<SubjectFile>,
  actOnSubject: (id: string, act: string, body?: object) =>
    request('POST', `${base}/subjects/${id}/${act}`, body ? { body } : {}) as Promise<unknown>,

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

  mailStatus: (signal: Signal) => request('GET', '/mail', { signal }) as Promise<MailStatus>,
  jobs: (cursor: string | undefined, signal: Signal) =>
    request('GET', '/jobs', { query: { cursor, limit: pageSize }, signal }) as Promise<Page<JobRow>>,
  retryJob: (id: string) => request('POST', `/jobs/${id}/retry`) as Promise<unknown>,
  mail: (cursor: string | undefined, signal: Signal) =>
    request('GET', '/outbox', { query: { cursor, limit: pageSize }, signal }) as Promise<Page<MailRow>>,
  retryMail: (id: string) => request('POST', `/outbox/${id}/retry`) as Promise<unknown>,

  recipients: (signal: Signal) => request('GET', `${base}/recipients`, { signal }) as Promise<{ items: Recipient[] }>,
  addRecipient: (body: { name: string; email: string; kind: RecipientKind }) =>
    request('POST', `${base}/recipients`, { body }) as Promise<Recipient>,
  retireRecipient: (id: string) => request('POST', `${base}/recipients/${id}/retire`) as Promise<unknown>,
  notices: (open: boolean, cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/notices`, { query: { state: open ? 'open' : undefined, cursor, limit: pageSize }, signal }) as Promise<Page<RecipientNotice>>,
  acknowledge: (id: string) => request('POST', `${base}/notices/${id}/acknowledge`) as Promise<unknown>,

  status: (signal: Signal) => request('GET', `${base}/status`, { signal }) as Promise<PrivacyStatus>,

  retention: (signal: Signal) => request('GET', `${base}/retention`, { signal }) as Promise<Retention>,
  setRetention: (category: string, days: number) =>
    request('PUT', `${base}/retention`, { body: { category, days } }) as Promise<unknown>,
  sweepNow: () => request('POST', `${base}/retention/sweep`) as Promise<unknown>,
  destructionActs: (cursor: string | undefined, signal: Signal) =>
    request('GET', `${base}/destruction`, { query: { cursor, limit: pageSize }, signal }) as Promise<Page<DestructionRow>>,

  organisation: (signal: Signal) => request('GET', '/organisation', { signal }) as Promise<Organisation>,
  setOrganisation: (body: SetOrganisation) => request('PUT', '/organisation', { body }) as Promise<Organisation>,

  duties: (signal: Signal) => request('GET', '/duties', { signal }) as Promise<Duties>,
  acceptAgreement: (hash: string, language: string) =>
    request('POST', '/duties/agreement', { body: { hash, language } }) as Promise<Duties>,
  acceptProcessing: (hash: string, language: string) =>
    request('POST', '/organisation/processing-agreement', { body: { hash, language } }) as Promise<Duties>,
  signDocument: (document: string, hash: string) =>
    request('POST', '/duties/signatures', { body: { document, hash } }) as Promise<Duties>,
  askAccess: (body: { role: Role; reason: string; until: string | null }) =>
    request('POST', '/duties/access-requests', { body }) as Promise<unknown>,

  documents: (language: string, signal: Signal) =>
    request('GET', `${base}/documents`, { query: { language }, signal }) as Promise<Documents>,
  document: (kind: string, language: string, signal: Signal) =>
    request('GET', `${base}/documents/${kind}`, { query: { language }, signal }) as Promise<DocumentDetail>,
  documentChanges: (signal: Signal) =>
    request('GET', `${base}/documents/changes`, { signal }) as Promise<{ items: DocumentChange[] }>,

  fileNotification: (version: number, body: { date: string; number: string }) =>
    request('POST', `${base}/documents/changes/${version}/filed`, { body }) as Promise<unknown>,

  internalDocuments: (signal: Signal) =>
    request('GET', `${base}/internal-documents`, { signal }) as Promise<{ items: InternalDocument[] }>,
  approveDocument: (body: { kind: string; hash: string; language: string; in_force_from: string | null }) =>
    request('POST', `${base}/internal-documents`, { body }) as Promise<unknown>,

  staff: (signal: Signal) => request('GET', `${base}/staff`, { signal }) as Promise<Staff>,
  setResponsible: (body: { employee: string; order_number: string; order_date: string }) =>
    request('PUT', `${base}/responsible`, { body }) as Promise<unknown>,
  setAccess: (id: string, body: { role: Role; until: string | null }) =>
    request('PUT', `${base}/employees/${id}/access`, { body }) as Promise<unknown>,
  enableEmployee: (id: string, on: boolean) =>
    request('POST', `${base}/employees/${id}/${on ? 'enable' : 'disable'}`) as Promise<unknown>,
  actOnAccess: (id: string, act: 'grant' | 'refuse' | 'revoke', body?: object) =>
    request('POST', `${base}/access/${id}/${act}`, body ? { body } : {}) as Promise<unknown>,
  finishReview: (id: string, outcome: string) =>
    request('POST', `${base}/reviews/${id}/done`, { body: { outcome } }) as Promise<unknown>,

  breaches: (signal: Signal) => request('GET', `${base}/breaches`, { signal }) as Promise<{ items: Breach[] }>,
  breach: (id: string, signal: Signal) => request('GET', `${base}/breaches/${id}`, { signal }) as Promise<Breach>,
  createBreach: (body: BreachInput) => request('POST', `${base}/breaches`, { body }) as Promise<Breach>,
  actOnBreach: (id: string, act: string, body?: object) =>
    request('POST', `${base}/breaches/${id}/${act}`, body ? { body } : {}) as Promise<Breach>,

  breachNotice: (id: string, kind: BreachNotice['kind'], language: string, signal: Signal) =>
    request('GET', `${base}/breaches/${id}/notices/${kind}`, { query: { language }, signal }) as Promise<BreachNotice>,

  tasks: (signal: Signal) => request('GET', `${base}/tasks`, { signal }) as Promise<{ items: OfficeTask[] }>,
  addTask: (body: { title: string; due: string }) => request('POST', `${base}/tasks`, { body }) as Promise<unknown>,
  finishTask: (id: string) => request('POST', `${base}/tasks/${id}/done`) as Promise<unknown>,
};
