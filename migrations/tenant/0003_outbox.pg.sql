-- Mail to be sent and its delivery log. Twin of the .sqlite.sql, which carries the comments.
CREATE TABLE outbox (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  subject bytea,
  address_box bytea,
  address text,
  template text NOT NULL,
  language text NOT NULL CHECK (language IN ('ru', 'en')),
  params text NOT NULL,
  secrets_box bytea,
  state text NOT NULL CHECK (state IN ('waiting', 'sent', 'suppressed', 'dead')),
  attempts bigint NOT NULL,
  next_at bigint,
  error text NOT NULL,
  code bigint,
  created_at bigint NOT NULL,
  finished_at bigint,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, subject) REFERENCES subject (tenant, id),
  CHECK ((subject IS NULL) = (address IS NOT NULL)),
  CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
  CHECK ((state = 'waiting') = (finished_at IS NULL))
);
CREATE INDEX outbox_recent ON outbox (tenant, created_at, id);
CREATE INDEX outbox_state ON outbox (tenant, state, created_at, id);
CREATE INDEX outbox_subject ON outbox (tenant, subject) WHERE subject IS NOT NULL;

CREATE TABLE delivery (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  mail bytea NOT NULL,
  number bigint NOT NULL,
  at bigint NOT NULL,
  result text NOT NULL,
  code bigint,
  PRIMARY KEY (tenant, mail, number),
  FOREIGN KEY (tenant, mail) REFERENCES outbox (tenant, id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['outbox', 'delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (tenant = NULLIF(current_setting(''chatika.tenant'', true), '''')::uuid)', t);
  END LOOP;
END $$;
