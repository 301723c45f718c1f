-- Durable work of a tenant. Twin of the .sqlite.sql, which carries the comments.
CREATE TABLE job (
  tenant uuid NOT NULL DEFAULT NULLIF(current_setting('chatika.tenant', true), '')::uuid,
  id bytea NOT NULL,
  kind text NOT NULL,
  key text,
  payload text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'dead')),
  run_at bigint NOT NULL,
  set_at bigint,
  attempts bigint NOT NULL,
  leases bigint NOT NULL,
  max_attempts bigint NOT NULL CHECK (max_attempts BETWEEN 1 AND 1000),
  lease_until bigint,
  rerun_at bigint,
  error text NOT NULL,
  created_at bigint NOT NULL,
  finished_at bigint,
  PRIMARY KEY (tenant, id),
  CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
  CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX job_live ON job (tenant, kind, key) WHERE key IS NOT NULL AND state IN ('waiting', 'leased');
CREATE INDEX job_waiting ON job (tenant, kind, run_at) WHERE state = 'waiting';
CREATE INDEX job_leased ON job (tenant, lease_until) WHERE state = 'leased';
CREATE INDEX job_set ON job (tenant, set_at) WHERE set_at IS NOT NULL;
CREATE INDEX job_recent ON job (tenant, state, created_at, id);

ALTER TABLE job ENABLE ROW LEVEL SECURITY;
ALTER TABLE job FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_only ON job USING (tenant = NULLIF(current_setting('chatika.tenant', true), '')::uuid);
