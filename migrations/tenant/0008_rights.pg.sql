-- Twin of the .sqlite.sql, which carries the comments.
ALTER TABLE booking ALTER COLUMN reference DROP NOT NULL, ALTER COLUMN visitor DROP NOT NULL,
  ADD CONSTRAINT booking_person_or_number CHECK ((visitor IS NULL) = (reference IS NULL));
CREATE INDEX booking_visitor ON booking (tenant, visitor) WHERE visitor IS NOT NULL;
CREATE INDEX booking_created ON booking (tenant, created_at);
CREATE INDEX lead_visitor ON lead (tenant, visitor);
CREATE INDEX conversation_started ON conversation (tenant, started_at);
ALTER TABLE visitor ADD COLUMN ip_truncated_at bigint;

CREATE TABLE restriction (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  subject bytea NOT NULL,
  act text NOT NULL CHECK (act IN ('blocked', 'unblocked')),
  reason_box bytea NOT NULL,
  actor text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE TABLE correction (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  subject bytea NOT NULL,
  field text NOT NULL,
  place bytea NOT NULL,
  old_box bytea,
  new_box bytea NOT NULL,
  reason_box bytea NOT NULL,
  actor text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE TABLE legal_hold (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  subject bytea NOT NULL,
  field text NOT NULL,
  article text NOT NULL,
  reason_box bytea NOT NULL,
  placed_by text NOT NULL,
  placed_at bigint NOT NULL,
  released_by text,
  released_at bigint,
  release_box bytea,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
  CHECK ((released_at IS NULL) = (released_by IS NULL))
);
CREATE TABLE erasure (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  subject bytea NOT NULL,
  reason text NOT NULL CHECK (reason IN ('withdrawn', 'expired', 'request', 'unlawful')),
  state text NOT NULL CHECK (state IN ('planned', 'held', 'done', 'cancelled')),
  actor text NOT NULL,
  planned_at bigint NOT NULL,
  due_at bigint NOT NULL,
  deadline_at bigint NOT NULL,
  done_at bigint,
  ledger_seq bigint,
  kept text NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
  CHECK ((state = 'done') = (done_at IS NOT NULL))
);
CREATE TABLE erasure_head (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  one bigint NOT NULL CHECK (one = 1),
  seq bigint NOT NULL,
  mac bytea NOT NULL,
  PRIMARY KEY (tenant, one)
);
CREATE TABLE destruction (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  number bigint NOT NULL,
  subject bytea NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  key_box bytea NOT NULL,
  act_box bytea NOT NULL,
  hash bytea NOT NULL,
  ledger_seq bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, number)
);
CREATE TABLE retention_setting (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  name text NOT NULL,
  days bigint NOT NULL,
  set_by text NOT NULL,
  set_at bigint NOT NULL,
  PRIMARY KEY (tenant, name)
);
CREATE TABLE sweep (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  started_at bigint NOT NULL,
  finished_at bigint,
  phase bigint NOT NULL,
  place bytea NOT NULL,
  total bigint NOT NULL,
  done bigint NOT NULL,
  counts text NOT NULL,
  error text NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE TABLE statistic (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  day bigint NOT NULL,
  name text NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (tenant, day, name)
);
CREATE TABLE recipient (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('crm', 'webhook', 'partner', 'authority')),
  active bigint NOT NULL,
  added_by text NOT NULL,
  added_at bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE TABLE recipient_notice (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  recipient bytea NOT NULL,
  subject bytea NOT NULL,
  act text NOT NULL CHECK (act IN ('corrected', 'erased')),
  fields text NOT NULL,
  created_at bigint NOT NULL,
  told bigint NOT NULL,
  told_at bigint,
  next_at bigint,
  token_hash bytea,
  acknowledged_at bigint,
  acknowledged_by text,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, recipient) REFERENCES recipient (tenant, id),
  CHECK ((next_at IS NULL) = (acknowledged_at IS NOT NULL))
);
CREATE INDEX restriction_subject ON restriction (tenant, subject, at);
CREATE INDEX correction_subject ON correction (tenant, subject, at);
CREATE UNIQUE INDEX legal_hold_live ON legal_hold (tenant, subject, field) WHERE released_at IS NULL;
CREATE INDEX legal_hold_recent ON legal_hold (tenant, placed_at, id);
CREATE UNIQUE INDEX erasure_live ON erasure (tenant, subject) WHERE state IN ('planned', 'held');
CREATE INDEX erasure_due ON erasure (tenant, due_at) WHERE state = 'planned';
CREATE INDEX erasure_subject ON erasure (tenant, subject);
CREATE INDEX destruction_expires ON destruction (tenant, expires_at);
CREATE INDEX sweep_started ON sweep (tenant, started_at);
CREATE INDEX recipient_notice_next ON recipient_notice (tenant, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX recipient_notice_recent ON recipient_notice (tenant, created_at, id);
CREATE INDEX recipient_notice_recipient ON recipient_notice (tenant, recipient);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['restriction', 'correction', 'legal_hold', 'erasure', 'erasure_head', 'destruction', 'retention_setting', 'sweep', 'statistic', 'recipient', 'recipient_notice'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (tenant = NULLIF(current_setting(''chatika.tenant'', true), '''')::uuid)', t);
  END LOOP;
END $$;
