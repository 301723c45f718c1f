-- The audit chain of each (tenant, lane): docs/adr/0005-audit-lanes.md. Twin of the .sqlite.sql, which carries the comments.
ALTER TABLE audit ADD COLUMN lane bigint NOT NULL DEFAULT 0;
ALTER TABLE audit ADD COLUMN format bigint NOT NULL DEFAULT 1;
ALTER TABLE audit ADD COLUMN subjects bytea NOT NULL DEFAULT '\x';
ALTER TABLE audit ADD COLUMN origin text NOT NULL DEFAULT '';
ALTER TABLE audit DROP CONSTRAINT audit_pkey;
ALTER TABLE audit ADD PRIMARY KEY (tenant, lane, seq);
CREATE INDEX audit_at ON audit (tenant, at, lane, seq);
CREATE INDEX audit_actor ON audit (tenant, actor, at, lane, seq);
CREATE INDEX audit_other_lanes ON audit (tenant, lane) WHERE lane <> 0;

CREATE TABLE audit_subject (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  subject bytea NOT NULL,
  at bigint NOT NULL,
  lane bigint NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant, subject, at, lane, seq)
);

CREATE TABLE audit_checkpoint (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  lane bigint NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('head', 'floor')),
  hash bytea NOT NULL,
  at bigint NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (tenant, lane, seq, kind)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_subject', 'audit_checkpoint'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant_only ON %I USING (tenant = NULLIF(current_setting(''chatika.tenant'', true), '''')::uuid)', t);
  END LOOP;
END $$;
