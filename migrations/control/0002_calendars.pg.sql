-- Production calendars that were imported: revisions, added and never changed. The newest of a year is in force.
CREATE TABLE control_calendar (
  seq bigint PRIMARY KEY,
  id text NOT NULL,
  region text NOT NULL,
  year bigint NOT NULL,
  body text NOT NULL,
  stored_at bigint NOT NULL
);

CREATE FUNCTION control_calendar_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'calendar revisions are immutable';
END $$;
CREATE TRIGGER control_calendar_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON control_calendar
  FOR EACH STATEMENT EXECUTE FUNCTION control_calendar_refuses();
