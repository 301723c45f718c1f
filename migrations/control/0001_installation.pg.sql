-- The installation's own tables: which tenants there are, their wrapped keys, who signs in where.
CREATE TABLE control_tenant (
  id bytea PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  public_key text NOT NULL UNIQUE,
  key_box bytea NOT NULL,
  profile text NOT NULL,
  created_at bigint NOT NULL
);

CREATE TABLE control_login (
  email_index bytea PRIMARY KEY,
  tenant bytea NOT NULL REFERENCES control_tenant (id),
  employee bytea NOT NULL
);

CREATE TABLE control_secret (
  name text PRIMARY KEY,
  box bytea NOT NULL
);
