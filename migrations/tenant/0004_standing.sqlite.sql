-- A person's standing (what the consent ledger, objections and blocking leave allowed) stands beside the key, so that
-- every open costs one read. It is derived: replaying the ledger gives it again.

CREATE TABLE subject_2 (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('visitor', 'employee', 'requester')),
  capacity TEXT NOT NULL CHECK (capacity IN ('processor', 'controller')),  -- as what Chatika handles this person's data
  key_box BLOB,                         -- NULL: erased, what it sealed is destroyed
  granted INTEGER NOT NULL,             -- bits of privacy::Purpose the ledger leaves consented
  health INTEGER NOT NULL,              -- the separate consent to health data stands
  objected INTEGER NOT NULL,            -- bits of privacy::Purpose objected to
  blocked_at INTEGER,
  erased_at INTEGER,
  closed INTEGER NOT NULL,              -- not for everyday work: blocked, erased, or nothing may be answered
  created_at INTEGER NOT NULL,
  CHECK ((key_box IS NULL) = (erased_at IS NOT NULL))
) WITHOUT ROWID;
INSERT INTO subject_2
  SELECT s.id, s.kind, CASE s.kind WHEN 'visitor' THEN 'processor' ELSE 'controller' END, s.key_box,
         CASE WHEN c.act = 'given' THEN 15 ELSE 0 END, CASE WHEN c.act = 'given' THEN c.health ELSE 0 END, 0, NULL, NULL,
         CASE WHEN s.kind = 'visitor' AND coalesce(c.act, '') <> 'given' THEN 1 ELSE 0 END, s.created_at
  FROM subject s LEFT JOIN consent c ON c.id = (
    SELECT l.id FROM consent l WHERE l.subject = s.id ORDER BY l.at DESC, l.id DESC LIMIT 1);
DROP TABLE subject;
ALTER TABLE subject_2 RENAME TO subject;

-- The ledger numbers a person's acts itself: a clock may jump back.
CREATE TABLE consent_2 (
  subject BLOB NOT NULL REFERENCES subject (id),
  seq INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn', 'objected', 'objection_lifted')),
  purposes TEXT NOT NULL,               -- names of privacy::Purpose, space separated
  health INTEGER NOT NULL,              -- 'given': agreed too; 'withdrawn': withdrawn too
  text_hash TEXT REFERENCES consent_text (hash),  -- 'given': the exact text that was shown
  channel TEXT NOT NULL CHECK (channel IN ('widget', 'link', 'staff', 'form', 'cli')),
  actor TEXT NOT NULL,
  widget_version TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (subject, seq),
  CHECK (act <> 'given' OR text_hash IS NOT NULL)
) WITHOUT ROWID;
INSERT INTO consent_2
  SELECT subject, row_number() OVER (PARTITION BY subject ORDER BY at, id), act, purposes, health, text_hash, 'widget',
         'system', widget_version, at
  FROM consent;
DROP TABLE consent;
ALTER TABLE consent_2 RENAME TO consent;
CREATE INDEX consent_at ON consent (at, subject);

-- Appointed privacy officer: beside the role, since in a small business it is the owner.
ALTER TABLE employee ADD COLUMN officer INTEGER NOT NULL DEFAULT 0;
