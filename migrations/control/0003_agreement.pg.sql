-- Twin of the .sqlite.sql, which carries the comments.
ALTER TABLE control_tenant ADD COLUMN agreement_due bigint;
UPDATE control_tenant SET agreement_due = (extract(epoch FROM now())::bigint + 14 * 86400) * 1000000;
