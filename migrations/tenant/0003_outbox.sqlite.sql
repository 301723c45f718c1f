-- Mail to be sent, put here in the transaction of its cause. To a person (the address is opened when it is sent) or to
-- a business. Parameters and secrets go when the mail was sent or suppressed.
CREATE TABLE outbox (
  id BLOB PRIMARY KEY,
  subject BLOB REFERENCES subject (id),
  address_box BLOB,                     -- of a person: this address instead of the record's
  address TEXT,                         -- of a business; no person's data
  template TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('ru', 'en')),
  params TEXT NOT NULL,                 -- JSON object of texts; no personal data
  secrets_box BLOB,                     -- JSON object of texts: codes, private links
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'suppressed', 'dead')),
  attempts INTEGER NOT NULL,
  next_at INTEGER,
  error TEXT NOT NULL,
  code INTEGER,                         -- SMTP reply of the last attempt
  created_at INTEGER NOT NULL,
  finished_at INTEGER,
  CHECK ((subject IS NULL) = (address IS NOT NULL)),
  CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
  CHECK ((state = 'waiting') = (finished_at IS NULL))
) WITHOUT ROWID;
CREATE INDEX outbox_recent ON outbox (created_at, id);
CREATE INDEX outbox_state ON outbox (state, created_at, id);
CREATE INDEX outbox_subject ON outbox (subject) WHERE subject IS NOT NULL;

-- Delivery log: every attempt; never an address.
CREATE TABLE delivery (
  mail BLOB NOT NULL REFERENCES outbox (id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  result TEXT NOT NULL,
  code INTEGER,
  PRIMARY KEY (mail, number)
) WITHOUT ROWID;
