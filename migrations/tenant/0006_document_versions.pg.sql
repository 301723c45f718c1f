-- Versions of the business's documents. Twin of the .sqlite.sql, which carries the comments.
CREATE TABLE document_version (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  kind text NOT NULL,
  language text NOT NULL,
  version bigint NOT NULL CHECK (version >= 1),
  hash text NOT NULL,
  body text NOT NULL,
  at bigint NOT NULL,
  notify_by bigint,
  filed_at bigint,
  PRIMARY KEY (tenant, kind, language, version)
);
ALTER TABLE document_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE document_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON document_version USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
