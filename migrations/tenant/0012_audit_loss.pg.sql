-- A checkpoint may also say that a person acknowledged a lost tail after a restore.
ALTER TABLE audit_checkpoint DROP CONSTRAINT audit_checkpoint_kind_check;
ALTER TABLE audit_checkpoint ADD CONSTRAINT audit_checkpoint_kind_check CHECK (kind IN ('head', 'floor', 'loss'));
