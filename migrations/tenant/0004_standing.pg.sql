-- Twin of the .sqlite.sql, which carries the comments.
ALTER TABLE subject DROP CONSTRAINT subject_kind_check;
ALTER TABLE subject ADD CONSTRAINT subject_kind_check CHECK (kind IN ('visitor', 'employee', 'requester'));
ALTER TABLE subject ALTER COLUMN key_box DROP NOT NULL;
ALTER TABLE subject
  ADD COLUMN capacity text NOT NULL DEFAULT 'processor' CHECK (capacity IN ('processor', 'controller')),
  ADD COLUMN granted bigint NOT NULL DEFAULT 0,
  ADD COLUMN health bigint NOT NULL DEFAULT 0,
  ADD COLUMN objected bigint NOT NULL DEFAULT 0,
  ADD COLUMN blocked_at bigint,
  ADD COLUMN erased_at bigint,
  ADD COLUMN closed bigint NOT NULL DEFAULT 0;

ALTER TABLE consent DROP CONSTRAINT consent_pkey;
ALTER TABLE consent DROP CONSTRAINT consent_act_check;
ALTER TABLE consent
  ADD CONSTRAINT consent_act_check CHECK (act IN ('given', 'withdrawn', 'objected', 'objection_lifted')),
  ALTER COLUMN text_hash DROP NOT NULL,
  ADD COLUMN seq bigint,
  ADD COLUMN channel text NOT NULL DEFAULT 'widget' CHECK (channel IN ('widget', 'link', 'staff', 'form', 'cli')),
  ADD COLUMN actor text NOT NULL DEFAULT 'system',
  ADD CONSTRAINT consent_given_has_text CHECK (act <> 'given' OR text_hash IS NOT NULL);

-- The migration's role owns the tables but row-level security is forced: it is lifted for the two updates of all tenants.
ALTER TABLE subject NO FORCE ROW LEVEL SECURITY;
ALTER TABLE consent NO FORCE ROW LEVEL SECURITY;
UPDATE consent c SET seq = n.seq FROM (
  SELECT tenant, id, row_number() OVER (PARTITION BY tenant, subject ORDER BY at, id) AS seq FROM consent) n
  WHERE n.tenant = c.tenant AND n.id = c.id;
UPDATE subject s SET
  capacity = CASE s.kind WHEN 'visitor' THEN 'processor' ELSE 'controller' END,
  granted = CASE WHEN l.act = 'given' THEN 15 ELSE 0 END,
  health = CASE WHEN l.act = 'given' THEN l.health ELSE 0 END,
  closed = CASE WHEN s.kind = 'visitor' AND coalesce(l.act, '') <> 'given' THEN 1 ELSE 0 END
  FROM subject o LEFT JOIN LATERAL (
    SELECT c.act, c.health FROM consent c WHERE c.tenant = o.tenant AND c.subject = o.id ORDER BY c.seq DESC LIMIT 1) l ON true
  WHERE s.tenant = o.tenant AND s.id = o.id;
ALTER TABLE subject FORCE ROW LEVEL SECURITY;
ALTER TABLE consent FORCE ROW LEVEL SECURITY;

ALTER TABLE subject
  ALTER COLUMN capacity DROP DEFAULT, ALTER COLUMN granted DROP DEFAULT, ALTER COLUMN health DROP DEFAULT,
  ALTER COLUMN objected DROP DEFAULT, ALTER COLUMN closed DROP DEFAULT,
  ADD CONSTRAINT subject_key_or_erased CHECK ((key_box IS NULL) = (erased_at IS NOT NULL));
ALTER TABLE consent ALTER COLUMN seq SET NOT NULL;
ALTER TABLE consent DROP COLUMN id;
ALTER TABLE consent ALTER COLUMN channel DROP DEFAULT, ALTER COLUMN actor DROP DEFAULT;
ALTER TABLE consent ADD PRIMARY KEY (tenant, subject, seq);
DROP INDEX consent_subject;
CREATE INDEX consent_at ON consent (tenant, at, subject);

ALTER TABLE employee ADD COLUMN officer bigint NOT NULL DEFAULT 0;
