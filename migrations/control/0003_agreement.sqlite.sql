-- Businesses that were there before the processing agreement was asked for keep their widget for two weeks; a new one has none
-- until its owner accepts. NULL: no grace.
ALTER TABLE control_tenant ADD COLUMN agreement_due INTEGER;
UPDATE control_tenant SET agreement_due = (CAST(strftime('%s', 'now') AS INTEGER) + 14 * 86400) * 1000000;
