-- Production calendars that were imported: revisions, added and never changed. The newest of a year is in force.
CREATE TABLE control_calendar (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  region TEXT NOT NULL,
  year INTEGER NOT NULL,
  body TEXT NOT NULL,
  stored_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER control_calendar_stays BEFORE UPDATE ON control_calendar BEGIN SELECT RAISE(ABORT, 'calendar revisions are immutable'); END;
CREATE TRIGGER control_calendar_remains BEFORE DELETE ON control_calendar BEGIN SELECT RAISE(ABORT, 'calendar revisions are immutable'); END;
