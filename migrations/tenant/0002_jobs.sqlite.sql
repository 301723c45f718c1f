-- Durable work of this tenant: rows are added in the transaction of their cause. `payload` names ids only.
-- `set_at` stands where run_at and lease_until were counted from a clock's reading: a clock that jumps back leaves it in
-- the future, and both are moved along (NULL: run_at is a moment of the calendar and stays).
CREATE TABLE job (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  key TEXT,                             -- one live job of a kind and key
  payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'dead')),
  run_at INTEGER NOT NULL,
  set_at INTEGER,
  attempts INTEGER NOT NULL,            -- begun since it last succeeded
  leases INTEGER NOT NULL,              -- given in all: the number of the lease that stands
  max_attempts INTEGER NOT NULL CHECK (max_attempts BETWEEN 1 AND 1000),
  lease_until INTEGER,
  rerun_at INTEGER,                     -- added again while it ran: runs once more
  error TEXT NOT NULL,                  -- code of the last failure, '' when there was none
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
  CHECK ((state IN ('done', 'dead')) = (finished_at IS NOT NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX job_live ON job (kind, key) WHERE key IS NOT NULL AND state IN ('waiting', 'leased');
CREATE INDEX job_waiting ON job (kind, run_at) WHERE state = 'waiting';
CREATE INDEX job_leased ON job (lease_until) WHERE state = 'leased';
CREATE INDEX job_set ON job (set_at) WHERE set_at IS NOT NULL;
CREATE INDEX job_recent ON job (state, created_at, id);
