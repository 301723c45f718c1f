-- Requests of people about their data. Twin of the .sqlite.sql, which carries the comments.
CREATE TABLE request (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  reference text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('information', 'correction', 'blocking', 'deletion', 'withdrawal', 'stop', 'objection')),
  status text NOT NULL CHECK (status IN ('new', 'in_work', 'answered', 'refused', 'closed')),
  channel text NOT NULL CHECK (channel IN ('form', 'widget', 'link', 'email', 'phone', 'paper')),
  language text NOT NULL CHECK (language IN ('ru', 'en')),
  requester bytea NOT NULL,
  name_box bytea NOT NULL,
  contact_box bytea NOT NULL,
  phone_box bytea,
  description_box bytea NOT NULL,
  essence_box bytea NOT NULL,
  received_at bigint NOT NULL,
  due_at bigint NOT NULL,
  deadline text NOT NULL,
  zone text NOT NULL,
  reminded bigint NOT NULL,
  verification text NOT NULL CHECK (verification IN ('pending', 'code_sent', 'verified', 'manual', 'failed')),
  verified_at bigint,
  handler bytea,
  article text,
  answer_box bytea,
  document_box bytea,
  answered_at bigint,
  executed_at bigint,
  closed_at bigint,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, reference),
  FOREIGN KEY (tenant, requester) REFERENCES subject (tenant, id),
  CHECK (status <> 'refused' OR article IS NOT NULL)
);
CREATE INDEX request_received ON request (tenant, received_at, id);
CREATE INDEX request_due ON request (tenant, status, due_at);
CREATE INDEX request_requester ON request (tenant, requester);
CREATE TABLE request_subject (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  request bytea NOT NULL,
  subject bytea NOT NULL,
  PRIMARY KEY (tenant, request, subject),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE INDEX request_subject_subject ON request_subject (tenant, subject);
CREATE TABLE request_link (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  token_hash bytea NOT NULL,
  request bytea NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (tenant, token_hash),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)
);
CREATE INDEX request_link_request ON request_link (tenant, request);
CREATE TABLE request_code (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  request bytea NOT NULL,
  number bigint NOT NULL,
  code_index bytea NOT NULL,
  subject bytea NOT NULL,
  attempts bigint NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint,
  PRIMARY KEY (tenant, request, number),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE INDEX request_code_subject ON request_code (tenant, subject, created_at);
CREATE TABLE request_event (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  request bytea NOT NULL,
  seq bigint NOT NULL,
  id bytea NOT NULL,
  kind text NOT NULL,
  actor text NOT NULL,
  note_box bytea,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, request, seq),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id)
);
CREATE TABLE request_task (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  request bytea NOT NULL,
  id bytea NOT NULL,
  kind text NOT NULL,
  created_at bigint NOT NULL,
  done_at bigint,
  done_by text,
  PRIMARY KEY (tenant, request, id),
  FOREIGN KEY (tenant, request) REFERENCES request (tenant, id),
  CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE TABLE withdrawal_link (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  token_hash bytea NOT NULL,
  subject bytea NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (tenant, token_hash),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id)
);
CREATE INDEX withdrawal_link_subject ON withdrawal_link (tenant, subject, created_at);
CREATE TABLE withdrawal_ask (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  email_index bytea NOT NULL,
  language text NOT NULL,
  page text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['request', 'request_subject', 'request_link', 'request_code', 'request_event', 'request_task', 'withdrawal_link', 'withdrawal_ask'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (tenant = NULLIF(current_setting(''chatika.tenant'', true), '''')::uuid)', t);
  END LOOP;
END $$;

ALTER TABLE feed DROP CONSTRAINT feed_kind_check;
ALTER TABLE feed ADD CONSTRAINT feed_kind_check
  CHECK (kind IN ('messages', 'conversation', 'lead', 'booking', 'article', 'gone', 'request'));
