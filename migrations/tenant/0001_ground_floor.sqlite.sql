-- One tenant's data. Times: microseconds UTC. Columns named *_box are sealed under the subject's key;
-- *_index are blind indexes. Every column stands in the register (src/privacy/register.cpp) or start-up refuses.

-- A person whose data is held, and the key that seals it: destroying the key destroys the data.
CREATE TABLE subject (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('visitor', 'employee')),
  key_box BLOB NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE employee (
  id BLOB PRIMARY KEY REFERENCES subject (id),
  name_box BLOB NOT NULL,
  email_box BLOB NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'receptionist')),
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE session (
  token_hash BLOB PRIMARY KEY,
  employee BLOB NOT NULL REFERENCES employee (id),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX session_employee ON session (employee);

CREATE TABLE visitor (
  id BLOB PRIMARY KEY REFERENCES subject (id),
  name_box BLOB,
  phone_box BLOB,
  phone_index BLOB,
  email_box BLOB,
  email_index BLOB,
  ip_box BLOB,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX visitor_phone ON visitor (phone_index);
CREATE INDEX visitor_email ON visitor (email_index);

CREATE TABLE consent_text (
  hash TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  language TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Ledger: rows are only added; replaying them gives the state.
CREATE TABLE consent (
  id BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES subject (id),
  act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn')),
  text_hash TEXT NOT NULL REFERENCES consent_text (hash),
  purposes TEXT NOT NULL,
  health INTEGER NOT NULL,
  widget_version TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX consent_subject ON consent (subject, at);

CREATE TABLE conversation (
  id BLOB PRIMARY KEY,
  visitor BLOB NOT NULL REFERENCES visitor (id),
  client_id BLOB NOT NULL UNIQUE,       -- the widget's name for this act of starting
  token_hash BLOB NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('assistant', 'waiting', 'human', 'closed')),
  language TEXT NOT NULL,
  operator BLOB REFERENCES employee (id),
  last_seq INTEGER NOT NULL,
  visitor_read_seq INTEGER NOT NULL,
  staff_read_seq INTEGER NOT NULL,
  dialogue_box BLOB,                    -- what the assistant keeps in mind
  started_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversation_recent ON conversation (last_at, id);
CREATE INDEX conversation_visitor ON conversation (visitor);

CREATE TABLE message (
  conversation BLOB NOT NULL REFERENCES conversation (id),
  seq INTEGER NOT NULL,
  id BLOB NOT NULL,
  sender TEXT NOT NULL CHECK (sender IN ('visitor', 'assistant', 'employee', 'system')),
  author BLOB,                          -- the employee
  client_id BLOB,
  body_box BLOB NOT NULL,               -- JSON of inbox::Body: text, sources, choices, days, booking
  at INTEGER NOT NULL,
  PRIMARY KEY (conversation, seq)
);                                      -- with rowid: a busy minute's messages share pages, whoever wrote them
CREATE UNIQUE INDEX message_client ON message (conversation, client_id) WHERE client_id IS NOT NULL;

CREATE TABLE lead (
  id BLOB PRIMARY KEY,
  visitor BLOB NOT NULL REFERENCES visitor (id),
  conversation BLOB NOT NULL REFERENCES conversation (id),
  kind TEXT NOT NULL CHECK (kind IN ('contact', 'callback')),
  note_box BLOB NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('new', 'done')),
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX lead_recent ON lead (created_at, id);
CREATE INDEX lead_conversation ON lead (conversation);

CREATE TABLE article (
  id BLOB PRIMARY KEY,
  language TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX article_language ON article (language, id);

CREATE TABLE service (
  id BLOB PRIMARY KEY,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL,
  aliases_ru TEXT NOT NULL,             -- one a line
  aliases_en TEXT NOT NULL,
  duration_min INTEGER NOT NULL CHECK (duration_min BETWEEN 5 AND 1440),
  price INTEGER,                        -- whole roubles
  place INTEGER NOT NULL                -- order in lists
) WITHOUT ROWID;

CREATE TABLE specialist (
  id BLOB PRIMARY KEY,
  name_ru TEXT NOT NULL,
  name_en TEXT NOT NULL,
  title_ru TEXT NOT NULL,
  title_en TEXT NOT NULL,
  place INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE specialist_service (
  specialist BLOB NOT NULL REFERENCES specialist (id),
  service BLOB NOT NULL REFERENCES service (id),
  PRIMARY KEY (specialist, service)
) WITHOUT ROWID;

-- Weekly hours in the tenant's time zone.
CREATE TABLE working_window (
  specialist BLOB NOT NULL REFERENCES specialist (id),
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- 0 = Sunday
  start_min INTEGER NOT NULL CHECK (start_min BETWEEN 0 AND 1439),
  end_min INTEGER NOT NULL CHECK (end_min BETWEEN 1 AND 1440),
  PRIMARY KEY (specialist, weekday, start_min),
  CHECK (start_min < end_min)
) WITHOUT ROWID;

CREATE TABLE booking (
  id BLOB PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,
  service BLOB NOT NULL REFERENCES service (id),
  specialist BLOB NOT NULL REFERENCES specialist (id),
  visitor BLOB NOT NULL REFERENCES visitor (id),
  conversation BLOB REFERENCES conversation (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('held', 'confirmed', 'cancelled')),
  hold_until INTEGER,
  created_at INTEGER NOT NULL,
  CHECK (starts_at < ends_at)
) WITHOUT ROWID;
CREATE INDEX booking_specialist ON booking (specialist, starts_at);
CREATE INDEX booking_starts ON booking (starts_at);
CREATE INDEX booking_conversation ON booking (conversation);

-- Nobody in two places: the database refuses an overlap of live bookings of one specialist.
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

-- 'feed', 'knowledge', 'booking': numbers that only grow.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

-- What changed, for panels that were away. Ids only.
CREATE TABLE feed (
  seq INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('messages', 'conversation', 'lead', 'booking', 'article')),
  ref BLOB NOT NULL,
  from_seq INTEGER NOT NULL,            -- 'messages': the first seq of the change
  at INTEGER NOT NULL
);

-- Hash chain: hash = SHA-256(previous hash, the row). Rows are only added.
CREATE TABLE audit (
  seq INTEGER NOT NULL PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,                  -- 'employee:<id>', 'visitor:<id>', 'system'
  operation TEXT NOT NULL,
  detail TEXT NOT NULL,                 -- JSON: purpose, basis, subjects, fields; ids only
  hash BLOB NOT NULL
);
