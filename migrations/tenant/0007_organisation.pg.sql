-- Twin of the .sqlite.sql, which carries the comments.
ALTER TABLE employee ADD COLUMN disabled_at bigint;
ALTER TABLE employee ADD COLUMN access_until bigint;
CREATE TABLE paper_text (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  hash text NOT NULL,
  body text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, hash)
);
CREATE TABLE appointment (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  employee bytea NOT NULL,
  actor text NOT NULL,
  order_number text NOT NULL,
  order_date text NOT NULL,
  text_hash text NOT NULL,
  at bigint NOT NULL,
  ended_at bigint,
  live bigint CHECK (live = 1),
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, employee) REFERENCES subject (tenant, id),
  FOREIGN KEY (tenant, text_hash) REFERENCES paper_text (tenant, hash),
  CHECK ((live IS NULL) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX appointment_live ON appointment (tenant, live);
CREATE TABLE internal_document (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('policy', 'processing_rules', 'access_list', 'protection_measures')),
  version bigint NOT NULL,
  title text NOT NULL,
  language text NOT NULL,
  text_hash text NOT NULL,
  approver bytea NOT NULL,
  approved_at bigint NOT NULL,
  in_force_from bigint NOT NULL,
  superseded_at bigint,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, text_hash) REFERENCES paper_text (tenant, hash),
  FOREIGN KEY (tenant, approver) REFERENCES subject (tenant, id),
  UNIQUE (tenant, kind, version)
);
CREATE TABLE familiarisation (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  employee bytea NOT NULL,
  document bytea NOT NULL,
  text_hash text NOT NULL,
  at bigint NOT NULL,
  network text NOT NULL,
  PRIMARY KEY (tenant, employee, document),
  FOREIGN KEY (tenant, employee) REFERENCES subject (tenant, id),
  FOREIGN KEY (tenant, document) REFERENCES internal_document (tenant, id)
);
CREATE TABLE acceptance (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('service', 'processing')),
  employee bytea,
  version text NOT NULL,
  language text NOT NULL,
  text_hash text NOT NULL,
  at bigint NOT NULL,
  network text NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, employee) REFERENCES subject (tenant, id),
  FOREIGN KEY (tenant, text_hash) REFERENCES paper_text (tenant, hash)
);
CREATE INDEX acceptance_of ON acceptance (tenant, employee, kind, version);
CREATE INDEX acceptance_kind ON acceptance (tenant, kind, at);
CREATE TABLE access_request (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  employee bytea NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'receptionist')),
  reason_box bytea,
  wanted_until bigint,
  asked_at bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'revoked')),
  decided_by bytea,
  decided_at bigint,
  until bigint,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, employee) REFERENCES subject (tenant, id),
  CHECK ((state = 'asked') = (decided_at IS NULL))
);
CREATE INDEX access_request_recent ON access_request (tenant, asked_at);
CREATE INDEX access_request_of ON access_request (tenant, employee, state);
CREATE TABLE review (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('access_rights', 'internal_control', 'documents', 'protection')),
  due_at bigint NOT NULL,
  done_at bigint,
  done_by bytea,
  outcome text,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX review_due ON review (tenant, done_at, due_at);
CREATE TABLE breach (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  serial bigint NOT NULL,
  number text NOT NULL,
  subject bytea NOT NULL,
  details_box bytea,
  found_at bigint NOT NULL,
  people bigint,
  categories text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'notified', 'closed')),
  notice_due bigint NOT NULL,
  notice_at bigint,
  notice_reference text,
  report_due bigint NOT NULL,
  report_at bigint,
  report_reference text,
  closed_at bigint,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, serial),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE TABLE breach_event (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  breach bytea NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (tenant, breach, seq),
  FOREIGN KEY (tenant, breach) REFERENCES breach (tenant, id)
);
CREATE TABLE task (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  kind text NOT NULL,
  ref text NOT NULL,
  title text NOT NULL,
  due_at bigint NOT NULL,
  created_at bigint NOT NULL,
  done_at bigint,
  done_by text,
  live bigint CHECK (live = 1),
  PRIMARY KEY (tenant, id),
  CHECK ((live IS NULL) = (done_at IS NOT NULL))
);
CREATE UNIQUE INDEX task_live ON task (tenant, kind, ref, live);
CREATE INDEX task_due ON task (tenant, live, due_at);
ALTER TABLE paper_text ENABLE ROW LEVEL SECURITY;
ALTER TABLE paper_text FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON paper_text USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE appointment ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointment FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON appointment USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE internal_document ENABLE ROW LEVEL SECURITY;
ALTER TABLE internal_document FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON internal_document USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE familiarisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE familiarisation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON familiarisation USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE acceptance ENABLE ROW LEVEL SECURITY;
ALTER TABLE acceptance FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON acceptance USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE access_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON access_request USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE review ENABLE ROW LEVEL SECURITY;
ALTER TABLE review FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON review USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE breach ENABLE ROW LEVEL SECURITY;
ALTER TABLE breach FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON breach USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE breach_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE breach_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON breach_event USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
ALTER TABLE task ENABLE ROW LEVEL SECURITY;
ALTER TABLE task FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON task USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
