-- Requests of people about their data (152-FZ art. 14, 20, 21): who asks, what for, by when, what was done.
-- Whoever asks is a subject of their own (kind requester): the case outlives the data it is about.
CREATE TABLE request (
  id BLOB PRIMARY KEY,
  reference TEXT NOT NULL UNIQUE,       -- random: it counts nothing
  kind TEXT NOT NULL CHECK (kind IN ('information', 'correction', 'blocking', 'deletion', 'withdrawal', 'stop', 'objection')),
  status TEXT NOT NULL CHECK (status IN ('new', 'in_work', 'answered', 'refused', 'closed')),
  channel TEXT NOT NULL CHECK (channel IN ('form', 'widget', 'link', 'email', 'phone', 'paper')),
  language TEXT NOT NULL CHECK (language IN ('ru', 'en')),
  requester BLOB NOT NULL REFERENCES subject (id),
  name_box BLOB NOT NULL,
  contact_box BLOB NOT NULL,
  phone_box BLOB,
  description_box BLOB NOT NULL,
  essence_box BLOB NOT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  deadline TEXT NOT NULL,               -- privacy::Deadline: revisions, reminders, extension
  zone TEXT NOT NULL,                   -- the deadline was counted in
  reminded INTEGER NOT NULL,            -- reminders and alarms sent
  verification TEXT NOT NULL CHECK (verification IN ('pending', 'code_sent', 'verified', 'manual', 'failed')),
  verified_at INTEGER,
  handler BLOB,
  article TEXT,                         -- of a refusal
  answer_box BLOB,
  document_box BLOB,                    -- the access answer as it was given
  answered_at INTEGER,
  executed_at INTEGER,
  closed_at INTEGER,
  CHECK (status <> 'refused' OR article IS NOT NULL)
) WITHOUT ROWID;
CREATE INDEX request_received ON request (received_at, id);
CREATE INDEX request_due ON request (status, due_at);
CREATE INDEX request_requester ON request (requester);

-- Whose data it is about, once found.
CREATE TABLE request_subject (
  request BLOB NOT NULL REFERENCES request (id),
  subject BLOB NOT NULL REFERENCES subject (id),
  PRIMARY KEY (request, subject)
) WITHOUT ROWID;
CREATE INDEX request_subject_subject ON request_subject (subject);

-- Private links to the case's page.
CREATE TABLE request_link (
  token_hash BLOB PRIMARY KEY,
  request BLOB NOT NULL REFERENCES request (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX request_link_request ON request_link (request);

-- Codes sent to the contact that was known already. Only the newest of a case counts.
CREATE TABLE request_code (
  request BLOB NOT NULL REFERENCES request (id),
  number INTEGER NOT NULL,
  code_index BLOB NOT NULL,             -- keyed image
  subject BLOB NOT NULL REFERENCES subject (id),
  attempts INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (request, number)
) WITHOUT ROWID;
CREATE INDEX request_code_subject ON request_code (subject, created_at);

CREATE TABLE request_event (
  request BLOB NOT NULL REFERENCES request (id),
  seq INTEGER NOT NULL,
  id BLOB NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  note_box BLOB,
  at INTEGER NOT NULL,
  PRIMARY KEY (request, seq)
) WITHOUT ROWID;

CREATE TABLE request_task (
  request BLOB NOT NULL REFERENCES request (id),
  id BLOB NOT NULL,
  kind TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  done_by TEXT,
  PRIMARY KEY (request, id),
  CHECK ((done_at IS NULL) = (done_by IS NULL))
) WITHOUT ROWID;

-- One click withdraws: sent by mail to the address that is known.
CREATE TABLE withdrawal_link (
  token_hash BLOB PRIMARY KEY,
  subject BLOB NOT NULL REFERENCES subject (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX withdrawal_link_subject ON withdrawal_link (subject, created_at);

-- Somebody asked for such a link: looked at by a job after the answer, then gone.
CREATE TABLE withdrawal_ask (
  id BLOB PRIMARY KEY,
  email_index BLOB NOT NULL,
  language TEXT NOT NULL,
  page TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Two more kinds of change: a conversation that left (its person withdrew), a request that came or moved.
CREATE TABLE feed_2 (
  seq INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('messages', 'conversation', 'lead', 'booking', 'article', 'gone', 'request')),
  ref BLOB NOT NULL,
  from_seq INTEGER NOT NULL,            -- 'messages': the first seq of the change
  at INTEGER NOT NULL
);
INSERT INTO feed_2 SELECT seq, kind, ref, from_seq, at FROM feed;
DROP TABLE feed;
ALTER TABLE feed_2 RENAME TO feed;
