-- The installation's own tables: which tenants there are, their wrapped keys, who signs in where.
CREATE TABLE control_tenant (
  id BLOB PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL UNIQUE,      -- what the customer's website shows; selects, never authorises
  key_box BLOB NOT NULL,                -- tenant key, wrapped by the master key
  profile TEXT NOT NULL,                -- JSON of accounts::Profile
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE control_login (
  email_index BLOB PRIMARY KEY,         -- blind index of the folded address
  tenant BLOB NOT NULL REFERENCES control_tenant (id),
  employee BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE control_secret (
  name TEXT PRIMARY KEY,                -- 'pepper', 'login-index'
  box BLOB NOT NULL                     -- wrapped by the master key
) WITHOUT ROWID;
