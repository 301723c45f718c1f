-- What the law lets a person ask for: blocking, correction, erasure, and what must be kept meanwhile.

-- A booking outlives its person as a number: without visitor, conversation and reference.
CREATE TABLE booking_2 (
  id BLOB PRIMARY KEY,
  reference TEXT UNIQUE,
  service BLOB NOT NULL REFERENCES service (id),
  specialist BLOB NOT NULL REFERENCES specialist (id),
  visitor BLOB REFERENCES visitor (id),  -- NULL: the person was erased
  conversation BLOB REFERENCES conversation (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('held', 'confirmed', 'cancelled')),
  hold_until INTEGER,
  created_at INTEGER NOT NULL,
  CHECK (starts_at < ends_at),
  CHECK ((visitor IS NULL) = (reference IS NULL))
) WITHOUT ROWID;
INSERT INTO booking_2
  SELECT id, reference, service, specialist, visitor, conversation, starts_at, ends_at, status, hold_until, created_at
  FROM booking;
DROP TABLE booking;
ALTER TABLE booking_2 RENAME TO booking;
CREATE INDEX booking_specialist ON booking (specialist, starts_at);
CREATE INDEX booking_starts ON booking (starts_at);
CREATE INDEX booking_conversation ON booking (conversation);
CREATE INDEX booking_visitor ON booking (visitor) WHERE visitor IS NOT NULL;
CREATE INDEX booking_created ON booking (created_at);
CREATE TRIGGER booking_no_overlap_insert BEFORE INSERT ON booking WHEN NEW.status <> 'cancelled' BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE EXISTS (
    SELECT 1 FROM booking b WHERE b.specialist = NEW.specialist AND b.status <> 'cancelled'
      AND b.starts_at < NEW.ends_at AND b.starts_at > NEW.starts_at - 86400000000 AND b.ends_at > NEW.starts_at);
END;
CREATE TRIGGER booking_no_overlap_update BEFORE UPDATE ON booking WHEN NEW.status <> 'cancelled' BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE EXISTS (
    SELECT 1 FROM booking b WHERE b.specialist = NEW.specialist AND b.status <> 'cancelled' AND b.id <> NEW.id
      AND b.starts_at < NEW.ends_at AND b.starts_at > NEW.starts_at - 86400000000 AND b.ends_at > NEW.starts_at);
END;
CREATE INDEX lead_visitor ON lead (visitor);
CREATE INDEX conversation_started ON conversation (started_at);

ALTER TABLE visitor ADD COLUMN ip_truncated_at INTEGER;

-- Why a person was blocked or unblocked (152-FZ art. 21(1)).
CREATE TABLE restriction (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES subject (id),
  act TEXT NOT NULL CHECK (act IN ('blocked', 'unblocked')),
  reason_box BLOB NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX restriction_subject ON restriction (subject, at);

-- History of corrections (art. 21(2)): what stood there before, who changed it and why.
CREATE TABLE correction (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES subject (id),
  field TEXT NOT NULL,                  -- key of the register: 'visitor.phone'
  place BLOB NOT NULL,                  -- the row corrected
  old_box BLOB,                         -- NULL: there was nothing
  new_box BLOB NOT NULL,
  reason_box BLOB NOT NULL,
  actor TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX correction_subject ON correction (subject, at);

-- Other legal grounds to keep a field (art. 21(4), 21(5)): per field, with the article.
CREATE TABLE legal_hold (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES subject (id),
  field TEXT NOT NULL,
  article TEXT NOT NULL,
  reason_box BLOB NOT NULL,
  placed_by TEXT NOT NULL,
  placed_at INTEGER NOT NULL,
  released_by TEXT,
  released_at INTEGER,
  release_box BLOB,                     -- why it was released
  CHECK ((released_at IS NULL) = (released_by IS NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX legal_hold_live ON legal_hold (subject, field) WHERE released_at IS NULL;
CREATE INDEX legal_hold_recent ON legal_hold (placed_at, id);

-- Erasures that are due, that wait for a hold or a visit to end, and that are done.
CREATE TABLE erasure (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES subject (id),
  reason TEXT NOT NULL CHECK (reason IN ('withdrawn', 'expired', 'request', 'unlawful')),
  state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'done', 'cancelled')),
  actor TEXT NOT NULL,
  planned_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,              -- done from then on
  deadline_at INTEGER NOT NULL,         -- and must be done by then
  done_at INTEGER,
  ledger_seq INTEGER,                   -- of the entry in the ledger
  kept TEXT NOT NULL,                   -- fields that stayed, space separated
  CHECK ((state = 'done') = (done_at IS NOT NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX erasure_live ON erasure (subject) WHERE state IN ('planned', 'held');
CREATE INDEX erasure_due ON erasure (due_at) WHERE state = 'planned';
CREATE INDEX erasure_subject ON erasure (subject);

-- How far this data has followed the erasure ledger, which is kept apart from it.
CREATE TABLE erasure_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  mac BLOB NOT NULL
);

-- Evidence of destruction (Order 179): sealed under a key of its own, kept three years.
CREATE TABLE destruction (
  id BLOB PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  subject BLOB NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  key_box BLOB NOT NULL,
  act_box BLOB NOT NULL,
  hash BLOB NOT NULL,                   -- SHA-256 of the act; the ledger's entry has it too
  ledger_seq INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX destruction_expires ON destruction (expires_at);

CREATE TABLE retention_setting (
  name TEXT PRIMARY KEY,                -- of a privacy::Retention, or 'grace'
  days INTEGER NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sweep (
  id BLOB PRIMARY KEY,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  phase INTEGER NOT NULL,
  place BLOB NOT NULL,                  -- where the next slice begins
  total INTEGER NOT NULL,
  done INTEGER NOT NULL,
  counts TEXT NOT NULL,                 -- JSON: what was done, by name
  error TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sweep_started ON sweep (started_at);

-- Numbers without persons.
CREATE TABLE statistic (
  day INTEGER NOT NULL,                 -- days since 1970, UTC
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (day, name)
) WITHOUT ROWID;

-- Who is given data besides the register's recipients, and must hear of corrections and erasures (art. 21(3), GDPR 19).
CREATE TABLE recipient (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,                  -- of a business
  kind TEXT NOT NULL CHECK (kind IN ('crm', 'webhook', 'partner', 'authority')),
  active INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  added_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE recipient_notice (
  id BLOB PRIMARY KEY,
  recipient BLOB NOT NULL REFERENCES recipient (id),
  subject BLOB NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('corrected', 'erased')),
  fields TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  told INTEGER NOT NULL,                -- times told so far
  told_at INTEGER,
  next_at INTEGER,                      -- NULL: acknowledged
  token_hash BLOB,                      -- of the link in the last mail
  acknowledged_at INTEGER,
  acknowledged_by TEXT,
  CHECK ((next_at IS NULL) = (acknowledged_at IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX recipient_notice_next ON recipient_notice (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX recipient_notice_recent ON recipient_notice (created_at, id);
CREATE INDEX recipient_notice_recipient ON recipient_notice (recipient);
