-- The versions of the business's own documents (policy, consent, record, notices): their texts, never a person's data.
CREATE TABLE document_version (
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  hash TEXT NOT NULL,       -- hex SHA-256 of body
  body TEXT NOT NULL,       -- the canonical text
  at INTEGER NOT NULL,
  notify_by INTEGER,        -- a notice of the change is due to Roskomnadzor
  filed_at INTEGER,         -- somebody said it was filed
  PRIMARY KEY (kind, language, version)
);
