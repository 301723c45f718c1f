// What the privacy API says, as the pages of the centre use it.

import type { PaperDocument, TextChange } from './shared/DocumentView';

export interface Person {
  id: string;
  name: string;
}

export type RequestType = 'information' | 'correction' | 'blocking' | 'deletion' | 'withdrawal' | 'stop' | 'objection';
export type RequestStatus = 'new' | 'in_work' | 'answered' | 'refused' | 'closed';
export type Verification = 'pending' | 'code_sent' | 'verified' | 'manual' | 'failed';

export interface Deadline {
  act: string;
  due: string;
  article: string;
  extended: boolean;
  provisional: boolean;
  done_at: string | null;
  explanation: string[];
}

export interface RequestSummary {
  id: string;
  number: string;
  type: RequestType;
  status: RequestStatus;
  name: string;
  received_at: string;
  verification: Verification;
  assignee: Person | null;
  deadline: Deadline | null;
}

export interface RequestTask {
  id: string;
  kind: string;
  done_at: string | null;
  done_by: string | null;
}

export interface RequestEvent {
  id: string;
  at: string;
  kind: string;
  actor: string;
  note: string | null;
}

export interface RequestCase extends RequestSummary {
  contact: string;
  data: string;
  essence: string;
  channel: string;
  subject: string | null;
  deadlines: Deadline[];
  tasks: RequestTask[];
  events: RequestEvent[];
  answer: string;
  template: string;
  refusal: { reason: string; article: string; appeal: string } | null;
}

export interface SubjectSummary {
  id: string;
  name: string | null;
  kind: 'visitor' | 'employee' | 'requester';
  capacity: 'processor' | 'controller';
  first_at: string | null;
  last_at: string | null;
  blocked_at: string | null;
  erased_at: string | null;
}

export interface HeldField {
  key: string;
  label: string;
  value: string | null;
  purposes: string[];
  basis: string;
  until: string | null;
  correctable: boolean;
  held: boolean;
}

export interface ConsentAct {
  id: string;
  at: string;
  subject: string;
  name: string | null;
  act: 'give' | 'withdraw' | 'object';
  purposes: string[];
  channel: string;
  actor: string;
  version: string | null;
}

export interface Hold {
  id: string;
  subject: string;
  name: string | null;
  field: string;
  article: string;
  reason: string;
  placed_at: string;
  placed_by: string;
  released_at: string | null;
  released_by: string | null;
}

export interface AuditRow {
  seq: number;
  at: string;
  actor: string;
  operation: string;
  purpose: string | null;
  basis: string | null;
  fields: string[];
  subjects: Person[];
  from: string;
}

export interface SubjectFile extends SubjectSummary {
  fields: HeldField[];
  messages: { id: string; at: string; from: string; text: string }[];
  consents: ConsentAct[];
  holds: Hold[];
  looked: AuditRow[];
  requests: RequestSummary[];
  corrections: { id: string; at: string; label: string; before: string; after: string; actor: string; reason: string }[];
  act: string | null;
}

export interface AuditVerdict {
  rows: number;
  first_bad: number | null;
  checked_at: string;
}

export interface JobRow {
  id: string;
  kind: string;
  state: 'waiting' | 'leased' | 'done' | 'dead';
  run_at: string;
  attempts: number;
  max_attempts: number;
  error: string | null;
}

export interface MailRow {
  id: string;
  template: string;
  state: 'waiting' | 'sent' | 'failed' | 'suppressed';
  created_at: string;
  next_at: string | null;
  sent_at: string | null;
  attempts: number;
  error: string | null;
}

export interface JobsOverview {
  mail_configured: boolean;
  waiting_mail: number;
  waiting_jobs: number;
  dead_jobs: number;
}

export type Health = 'ok' | 'warning' | 'missing';

export interface StatusItem {
  code: string;
  health: Health;
  title: string;
  detail: string;
  due: string | null;
}

export interface PrivacyStatus {
  health: Health;
  items: StatusItem[];
}

export interface RetentionRule {
  category: string;
  label: string;
  days: number;
  min_days: number;
  max_days: number;
  default_days: number;
  fixed: boolean;
  article: string | null;
}

export interface SweepReport {
  id: string;
  started_at: string;
  finished_at: string | null;
  done: number;
  total: number;
  erased: number;
  held: number;
  counts: { label: string; rows: number }[];
}

export interface Retention {
  rules: RetentionRule[];
  last: SweepReport | null;
  next_at: string | null;
}

export interface DestructionAct {
  id: string;
  number: string;
  at: string;
  subject: string;
  reason: string;
  categories: string[];
  by: string;
  kept_until: string;
}

export interface DocumentSummary {
  kind: string;
  title: string;
  state: 'approved' | 'changed' | 'draft' | 'missing';
  in_force: string | null;
  approver: string | null;
  notify_by: string | null;
}

export interface DocumentVersion {
  hash: string;
  approved_at: string;
  approver: string;
  in_force: string;
}

export interface DocumentDetail extends DocumentSummary {
  document: PaperDocument;
  hash: string;
  changes: TextChange[];
  versions: DocumentVersion[];
}

export interface StaffRow {
  id: string;
  name: string;
  role: 'owner' | 'receptionist';
  officer: boolean;
  agreement_at: string | null;
  to_sign: string[];
  access_until: string | null;
}

export interface AccessRequest {
  id: string;
  who: Person;
  what: string;
  reason: string;
  asked_at: string;
  state: 'asked' | 'granted' | 'refused' | 'expired' | 'revoked';
  until: string | null;
  decided_by: string | null;
}

export interface Review {
  id: string;
  kind: string;
  due: string;
  done_at: string | null;
  done_by: string | null;
  outcome: string | null;
}

export interface Staff {
  responsible: { name: string; contact: string; since: string } | null;
  employees: StaffRow[];
  access: AccessRequest[];
  reviews: Review[];
}

export interface BreachSummary {
  id: string;
  number: string;
  title: string;
  found_at: string;
  state: 'open' | 'notified' | 'closed';
  notify_due: string;
  notified_at: string | null;
  report_due: string;
  reported_at: string | null;
}

export interface BreachDetail extends BreachSummary {
  what: string;
  cause: string;
  harm: string;
  measures: string;
  people: number | null;
  events: RequestEvent[];
  drafts: { kind: 'notice' | 'report'; document: PaperDocument }[];
}
