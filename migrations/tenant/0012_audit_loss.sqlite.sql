-- A checkpoint may also say that a person acknowledged a lost tail after a restore.
CREATE TABLE audit_checkpoint_new (
  lane INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('head', 'floor', 'loss')),
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (lane, seq, kind)
) WITHOUT ROWID;
INSERT INTO audit_checkpoint_new SELECT lane, seq, kind, hash, at, signature FROM audit_checkpoint;
DROP TABLE audit_checkpoint;
ALTER TABLE audit_checkpoint_new RENAME TO audit_checkpoint;
