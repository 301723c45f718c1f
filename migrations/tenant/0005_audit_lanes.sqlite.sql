-- The audit chain of each (tenant, lane): docs/adr/0005-audit-lanes.md. A SQLite file has the one lane 0.
ALTER TABLE audit ADD COLUMN lane INTEGER NOT NULL DEFAULT 0 CHECK (lane = 0);
ALTER TABLE audit ADD COLUMN format INTEGER NOT NULL DEFAULT 1;   -- of the hash; 1: before this migration
ALTER TABLE audit ADD COLUMN subjects BLOB NOT NULL DEFAULT x'';  -- whose data: ids of 16 bytes, ascending
ALTER TABLE audit ADD COLUMN origin TEXT NOT NULL DEFAULT '';     -- from where: truncated network, 'cli', 'job'
CREATE INDEX audit_at ON audit (at, lane, seq);
CREATE INDEX audit_actor ON audit (actor, at, lane, seq);
-- Empty here: other lanes are found without reading every row.
CREATE INDEX audit_other_lanes ON audit (lane) WHERE lane <> 0;

-- Finds a person's rows. Not for rows whose actor is that person: those are found by actor.
CREATE TABLE audit_subject (
  subject BLOB NOT NULL,
  at INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (subject, at, lane, seq)
) WITHOUT ROWID;

-- What the installation's key vouches for; the same lines stand in the anchor file outside the data.
CREATE TABLE audit_checkpoint (
  lane INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('head', 'floor')),  -- the last row so far; the last row let go by retention
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (lane, seq, kind)
) WITHOUT ROWID;
