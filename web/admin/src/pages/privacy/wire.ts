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
  extendable: boolean;
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
  channel: 'form' | 'widget' | 'link' | 'email' | 'phone' | 'paper';
  subject: string | null;
  subjects: string[];
  executed: boolean;
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

export interface FileField {
  key: string;
  row: string;
  value: string;
  purposes: string[];
  bases: string[];
  retention: string;
  until: string | null;
  recipients: string[];
  correctable: boolean;
  held: boolean;
}

export interface FileConsent {
  subject: string;
  name: string | null;
  seq: number;
  act: 'given' | 'withdrawn' | 'objected' | 'objection_lifted';
  purposes: string[];
  health: boolean;
  version: string | null;
  channel: string;
  actor: string;
  at: string;
}

export interface Hold {
  id: string;
  subject: string;
  field: string;
  article: string;
  reason: string;
  placed_by: string;
  placed_at: string;
  released_by: string | null;
  released_at: string | null;
}

export interface AuditRow {
  seq: string;
  at: string;
  actor: string;
  actor_name: string | null;
  operation: string;
  subjects: Person[];
  fields: string[];
  purposes: string[];
  bases: string[];
  from: string;
}

export interface SubjectFile {
  subject: SubjectSummary;
  granted: string[];
  health: boolean;
  objected: string[];
  fields: FileField[];
  messages: { id: string; conversation: string; at: string; from: string; text: string }[];
  more_messages: boolean;
  leads: { id: string; kind: string; status: string; note: string; created_at: string }[];
  bookings: {
    id: string;
    reference: string;
    service: string;
    specialist: string;
    starts_at: string;
    status: string;
  }[];
  consents: FileConsent[];
  holds: Hold[];
  corrections: {
    id: string;
    field: string;
    before: string | null;
    after: string;
    reason: string;
    actor: string;
    at: string;
  }[];
  restrictions: { act: string; reason: string; actor: string; at: string }[];
  erasures: Erasure[];
  mails: { id: string; template: string; state: string; created_at: string }[];
  notices: RecipientNotice[];
}

export interface Erasure {
  id: string;
  reason: string;
  state: 'planned' | 'held' | 'done' | 'cancelled';
  due_at: string;
  deadline_at: string;
  done_at: string | null;
}

export interface RecipientNotice {
  id: string;
  recipient_name: string;
  act: 'corrected' | 'erased';
  fields: string[];
  created_at: string;
  told: number;
  acknowledged_at: string | null;
}

export interface AuditVerdict {
  rows: number;
  checkpoints: number;
  unsigned_rows: number;
  first_bad: number | null;
  fault: 'row' | 'tail' | 'checkpoint' | 'signature' | null;
  checked_at: string;
}

export interface JobRow {
  id: string;
  kind: string;
  state: 'waiting' | 'leased' | 'done' | 'dead';
  run_at: string;
  created_at: string;
  attempts: number;
  max_attempts: number;
  error: string;
}

export interface MailRow {
  id: string;
  template: string;
  state: 'waiting' | 'sent' | 'suppressed' | 'dead';
  created_at: string;
  next_at: string | null;
  finished_at: string | null;
  attempts: number;
  last_code: number | null;
  error: string;
}

export interface MailStatus {
  configured: boolean;
  waiting: number;
  dead: number;
}

export type Health = 'ok' | 'warning' | 'missing';

export interface StatusItem {
  code: string;
  health: Health;
  title: string;
  detail: string;
  link: string;
  due: string | null;
}

export interface PrivacyStatus {
  health: Health;
  items: StatusItem[];
}

export interface RetentionRule {
  category: string;
  days: number;
  min_days: number;
  max_days: number;
  default_days: number;
  fixed: boolean;
}

export interface SweepReport {
  id: string;
  started_at: string;
  finished_at: string | null;
  done: number;
  total: number;
  counts: { name: string; rows: number }[];
  error: string;
}

export interface Retention {
  periods: RetentionRule[];
  last: SweepReport | null;
  next_at: string | null;
}

export interface DestructionRow {
  id: string;
  number: number;
  subject: string;
  reason: string;
  at: string;
  expires_at: string;
}

export interface Legal {
  name: string;
  tax_number: string;
  address: string;
  email: string;
}

export interface Organisation {
  phone: string;
  legal: Legal;
}

export interface ShownPaper {
  title: string;
  version: string;
  hash: string;
  document: PaperDocument;
}

export interface PaperToSign {
  id: string;
  title: string;
  version: number;
  hash: string;
  text: string;
  in_force_from: string;
}

export interface Duties {
  cleared: boolean;
  access_until: string | null;
  agreement: ShownPaper | null;
  documents: PaperToSign[];
  processing_agreement: ShownPaper | null;
}

export type Role = 'owner' | 'receptionist';

export interface InternalVersion {
  id: string;
  version: number;
  language: string;
  hash: string;
  approver: Person;
  approved_at: string;
  in_force_from: string;
  superseded_at: string | null;
  signed_by: number;
}

export interface InternalDocument {
  kind: string;
  state: 'missing' | 'approved' | 'changed';
  title: string;
  hash: string;
  document: PaperDocument;
  versions: InternalVersion[];
}

export interface StaffRow {
  id: string;
  name: string;
  role: Role;
  officer: boolean;
  agreement_at: string | null;
  to_sign: string[];
  access_until: string | null;
  disabled_at: string | null;
}

export interface AccessRequest {
  id: string;
  who: Person;
  role: Role;
  reason: string;
  asked_at: string;
  wanted_until: string | null;
  state: 'asked' | 'granted' | 'refused' | 'expired' | 'revoked';
  until: string | null;
}

export interface Review {
  id: string;
  title: string;
  due: string;
  done_at: string | null;
  done_by: Person | null;
  outcome: string;
}

export interface Staff {
  responsible: {
    employee: string;
    name: string;
    contact: string;
    order_number: string;
    order_date: string;
    since: string;
  } | null;
  employees: StaffRow[];
  access: AccessRequest[];
  reviews: Review[];
}

export interface Breach {
  id: string;
  number: string;
  title: string;
  found_at: string;
  state: 'open' | 'notified' | 'closed';
  notify_due: string;
  notified_at: string | null;
  notify_reference: string;
  report_due: string;
  reported_at: string | null;
  report_reference: string;
  what: string;
  cause: string;
  harm: string;
  measures: string;
  people: number | null;
  categories: string[];
  events: { seq: number; at: string; kind: string; actor: string }[];
}

export interface OfficeTask {
  id: string;
  title: string;
  due: string;
  done_at: string | null;
  by_hand: boolean;
}

export interface DocumentSummary {
  kind: string;
  title: string;
  language: string;
  version: number;
  hash: string;
  changed_at: string;
  notify_by: string | null;
  filed_at: string | null;
}

export interface Documents {
  items: DocumentSummary[];
  missing: { pointer: string; code: string }[];
  policy_path: string;
}

export interface DocumentDetail {
  summary: DocumentSummary;
  document: PaperDocument;
}

export interface DocumentChange {
  summary: DocumentSummary;
  changes: TextChange[];
}

export type RecipientKind = 'crm' | 'webhook' | 'partner' | 'authority';

export interface Recipient {
  id: string;
  name: string;
  email: string;
  kind: RecipientKind;
  active: boolean;
  added_at: string;
}
