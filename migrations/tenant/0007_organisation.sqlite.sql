-- How the business is organised about personal data (152-FZ art. 18.1, 19, 22.1): who answers for it, its internal
-- documents and who has read them, agreements, access, reviews, breaches, tasks.
ALTER TABLE employee ADD COLUMN disabled_at INTEGER;
ALTER TABLE employee ADD COLUMN access_until INTEGER;  -- NULL: until it is taken away

-- The exact texts that were approved, accepted or signed, kept once.
CREATE TABLE paper_text (
  hash TEXT PRIMARY KEY,                -- hex SHA-256 of body
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- The person responsible for organising the processing: one at a time.
CREATE TABLE appointment (
  id BLOB PRIMARY KEY,
  employee BLOB NOT NULL REFERENCES subject (id),
  actor TEXT NOT NULL,                  -- who appointed
  order_number TEXT NOT NULL,
  order_date TEXT NOT NULL,             -- YYYY-MM-DD
  text_hash TEXT NOT NULL REFERENCES paper_text (hash),
  at INTEGER NOT NULL,
  ended_at INTEGER,
  live INTEGER CHECK (live = 1),        -- NULL once ended
  CHECK ((live IS NULL) = (ended_at IS NOT NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX appointment_live ON appointment (live);

CREATE TABLE internal_document (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('policy', 'processing_rules', 'access_list', 'protection_measures')),
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  text_hash TEXT NOT NULL REFERENCES paper_text (hash),
  approver BLOB NOT NULL REFERENCES subject (id),
  approved_at INTEGER NOT NULL,
  in_force_from INTEGER NOT NULL,
  superseded_at INTEGER,                -- when the next version comes into force
  UNIQUE (kind, version)
) WITHOUT ROWID;

-- Signed familiarisation (152-FZ art. 18.1(1)(6)).
CREATE TABLE familiarisation (
  employee BLOB NOT NULL REFERENCES subject (id),
  document BLOB NOT NULL REFERENCES internal_document (id),
  text_hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  network TEXT NOT NULL,                -- truncated address it came from
  PRIMARY KEY (employee, document)
) WITHOUT ROWID;

-- service: an employee accepts the terms of use. processing: the business accepts the processing agreement.
CREATE TABLE acceptance (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('service', 'processing')),
  employee BLOB REFERENCES subject (id),  -- NULL: on paper, entered by who runs the installation
  version TEXT NOT NULL,
  language TEXT NOT NULL,
  text_hash TEXT NOT NULL REFERENCES paper_text (hash),
  at INTEGER NOT NULL,
  network TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX acceptance_of ON acceptance (employee, kind, version);
CREATE INDEX acceptance_kind ON acceptance (kind, at);

CREATE TABLE access_request (
  id BLOB PRIMARY KEY,
  employee BLOB NOT NULL REFERENCES subject (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'receptionist')),
  reason_box BLOB,
  wanted_until INTEGER,
  asked_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'revoked')),
  decided_by BLOB,
  decided_at INTEGER,
  until INTEGER,                        -- granted until
  CHECK ((state = 'asked') = (decided_at IS NULL))
) WITHOUT ROWID;
CREATE INDEX access_request_recent ON access_request (asked_at);
CREATE INDEX access_request_of ON access_request (employee, state);

CREATE TABLE review (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('access_rights', 'internal_control', 'documents', 'protection')),
  due_at INTEGER NOT NULL,
  done_at INTEGER,
  done_by BLOB,
  outcome TEXT                          -- of the organisation, not about persons
) WITHOUT ROWID;
CREATE INDEX review_due ON review (done_at, due_at);

-- `subject` is nobody: a row of its own whose key seals the description, which may name people.
CREATE TABLE breach (
  id BLOB PRIMARY KEY,
  serial INTEGER NOT NULL UNIQUE,
  number TEXT NOT NULL,
  subject BLOB NOT NULL REFERENCES subject (id),
  details_box BLOB,
  found_at INTEGER NOT NULL,
  people INTEGER,
  categories TEXT NOT NULL,             -- keys of the register, space separated
  state TEXT NOT NULL CHECK (state IN ('open', 'notified', 'closed')),
  notice_due INTEGER NOT NULL,          -- 24 hours, article 21(3.1)
  notice_at INTEGER,
  notice_reference TEXT,
  report_due INTEGER NOT NULL,          -- 72 hours
  report_at INTEGER,
  report_reference TEXT,
  closed_at INTEGER
) WITHOUT ROWID;
CREATE TABLE breach_event (
  breach BLOB NOT NULL REFERENCES breach (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  PRIMARY KEY (breach, seq)
) WITHOUT ROWID;

CREATE TABLE task (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,                    -- what it is about: an id, or a word
  title TEXT NOT NULL,                  -- of a task somebody wrote; '' otherwise
  due_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  done_by TEXT,                         -- actor
  live INTEGER CHECK (live = 1),        -- NULL once done
  CHECK ((live IS NULL) = (done_at IS NOT NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX task_live ON task (kind, ref, live);
CREATE INDEX task_due ON task (live, due_at);
