-- All tenants' data, kept apart by forced row-level security: the tenant of a row is the tenant of the
-- transaction (chatika.tenant), in reads, writes and defaults alike. Twin of the .sqlite.sql, which carries the comments.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- A person whose data is held, and the key that seals it: destroying the key destroys the data.
CREATE TABLE subject (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('visitor', 'employee')),
  key_box bytea NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE employee (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  name_box bytea NOT NULL,
  email_box bytea NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'receptionist')),
  password_hash text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, id) REFERENCES subject (tenant, id)
);

CREATE TABLE session (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  token_hash bytea NOT NULL,
  employee bytea NOT NULL,
  created_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (tenant, token_hash),
  FOREIGN KEY (tenant, employee) REFERENCES employee (tenant, id)
);
CREATE INDEX session_employee ON session (tenant, employee);

CREATE TABLE visitor (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  name_box bytea,
  phone_box bytea,
  phone_index bytea,
  email_box bytea,
  email_index bytea,
  ip_box bytea,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, id) REFERENCES subject (tenant, id)
);
CREATE INDEX visitor_phone ON visitor (tenant, phone_index);
CREATE INDEX visitor_email ON visitor (tenant, email_index);

CREATE TABLE consent_text (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  hash text NOT NULL,
  version text NOT NULL,
  language text NOT NULL,
  body text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, hash)
);

-- Ledger: rows are only added; replaying them gives the state.
CREATE TABLE consent (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  subject bytea NOT NULL,
  act text NOT NULL CHECK (act IN ('given', 'withdrawn')),
  text_hash text NOT NULL,
  purposes text NOT NULL,
  health bigint NOT NULL,
  widget_version text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
  FOREIGN KEY (tenant, text_hash) REFERENCES consent_text (tenant, hash)
);
CREATE INDEX consent_subject ON consent (tenant, subject, at);

CREATE TABLE conversation (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  visitor bytea NOT NULL,
  client_id bytea NOT NULL,
  token_hash bytea NOT NULL,
  status text NOT NULL CHECK (status IN ('assistant', 'waiting', 'human', 'closed')),
  language text NOT NULL,
  operator bytea,
  last_seq bigint NOT NULL,
  visitor_read_seq bigint NOT NULL,
  staff_read_seq bigint NOT NULL,
  dialogue_box bytea,
  started_at bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, visitor) REFERENCES visitor (tenant, id),
  UNIQUE (tenant, client_id),
  FOREIGN KEY (tenant, operator) REFERENCES employee (tenant, id)
);
CREATE INDEX conversation_recent ON conversation (tenant, last_at, id);
CREATE INDEX conversation_visitor ON conversation (tenant, visitor);

CREATE TABLE message (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  conversation bytea NOT NULL,
  seq bigint NOT NULL,
  id bytea NOT NULL,
  sender text NOT NULL CHECK (sender IN ('visitor', 'assistant', 'employee', 'system')),
  author bytea,
  client_id bytea,
  body_box bytea NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, conversation, seq),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)
);
CREATE UNIQUE INDEX message_client ON message (tenant, conversation, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE lead (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  visitor bytea NOT NULL,
  conversation bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('contact', 'callback')),
  note_box bytea NOT NULL,
  status text NOT NULL CHECK (status IN ('new', 'done')),
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, visitor) REFERENCES visitor (tenant, id),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)
);
CREATE INDEX lead_recent ON lead (tenant, created_at, id);
CREATE INDEX lead_conversation ON lead (tenant, conversation);

CREATE TABLE article (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  language text NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  version bigint NOT NULL,
  deleted bigint NOT NULL DEFAULT 0,
  updated_at bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX article_language ON article (tenant, language, id);

CREATE TABLE service (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  name_ru text NOT NULL,
  name_en text NOT NULL,
  aliases_ru text NOT NULL,
  aliases_en text NOT NULL,
  duration_min bigint NOT NULL CHECK (duration_min BETWEEN 5 AND 1440),
  price bigint,
  place bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE specialist (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  name_ru text NOT NULL,
  name_en text NOT NULL,
  title_ru text NOT NULL,
  title_en text NOT NULL,
  place bigint NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE specialist_service (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  specialist bytea NOT NULL,
  service bytea NOT NULL,
  PRIMARY KEY (tenant, specialist, service),
  FOREIGN KEY (tenant, specialist) REFERENCES specialist (tenant, id),
  FOREIGN KEY (tenant, service) REFERENCES service (tenant, id)
);

-- Weekly hours in the tenant's time zone.
CREATE TABLE working_window (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  specialist bytea NOT NULL,
  weekday bigint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
  start_min bigint NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  end_min bigint NOT NULL CHECK (end_min BETWEEN 1 AND 1440),
  PRIMARY KEY (tenant, specialist, weekday, start_min),
  FOREIGN KEY (tenant, specialist) REFERENCES specialist (tenant, id),
  CHECK (start_min < end_min)
);

-- Nobody in two places: the database refuses an overlap of live bookings of one specialist.
CREATE TABLE booking (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  reference text NOT NULL,
  service bytea NOT NULL,
  specialist bytea NOT NULL,
  visitor bytea NOT NULL,
  conversation bytea,
  starts_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('held', 'confirmed', 'cancelled')),
  hold_until bigint,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, id),
  UNIQUE (tenant, reference),
  FOREIGN KEY (tenant, service) REFERENCES service (tenant, id),
  FOREIGN KEY (tenant, specialist) REFERENCES specialist (tenant, id),
  FOREIGN KEY (tenant, visitor) REFERENCES visitor (tenant, id),
  FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id),
  CHECK (starts_at < ends_at),
  CONSTRAINT booking_no_overlap EXCLUDE USING gist
    (tenant WITH =, specialist WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (status <> 'cancelled')
);
CREATE INDEX booking_specialist ON booking (tenant, specialist, starts_at);
CREATE INDEX booking_starts ON booking (tenant, starts_at);
CREATE INDEX booking_conversation ON booking (tenant, conversation);


-- 'feed', 'knowledge', 'booking': numbers that only grow.
CREATE TABLE counter (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  name text NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (tenant, name)
);

-- What changed, for panels that were away. Ids only.
CREATE TABLE feed (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('messages', 'conversation', 'lead', 'booking', 'article')),
  ref bytea NOT NULL,
  from_seq bigint NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, seq)
);

-- Hash chain: hash = SHA-256(previous hash, the row). Rows are only added.
CREATE TABLE audit (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  operation text NOT NULL,
  detail text NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant, seq)
);

-- Deny by default: no tenant set, no rows. FORCE binds the owner too; the application's role is not the owner.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'subject',
    'employee',
    'session',
    'visitor',
    'consent_text',
    'consent',
    'conversation',
    'message',
    'lead',
    'article',
    'service',
    'specialist',
    'specialist_service',
    'working_window',
    'booking',
    'counter',
    'feed',
    'audit'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (tenant = NULLIF(current_setting(''chatika.tenant'', true), '''')::uuid)', t);
  END LOOP;
END $$;
