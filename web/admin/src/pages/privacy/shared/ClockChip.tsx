import { useSession } from '../../../api/session';
import { useNow } from '../../../lib/useNow';
import { dateTimeText, dayOf } from '../../../lib/time';
import { Chip } from '../../../ui/Chip';
import { useWords, type Say } from '../words';
import { clockTone, dayClock, hourClock, type Clock } from './clock';
import { dayText } from './days';
import classes from './Pieces.module.css';

function clockText(clock: Clock, w: Say): string {
  switch (clock.kind) {
    case 'met':
      return w('shared.clockMet');
    case 'late':
      return w('shared.clockLate');
    case 'today':
      return w('shared.clockToday');
    case 'tomorrow':
      return w('shared.clockTomorrow');
    case 'days':
      return w('shared.clockDays', { count: clock.count });
    case 'overdueDays':
      return w('shared.clockOverdue', { count: clock.count });
    case 'hours':
      return w('shared.clockHours', { hours: clock.hours, minutes: clock.minutes });
    case 'minutes':
      return w('shared.clockMinutes', { minutes: clock.minutes });
    case 'overdueHours':
      return w('shared.clockOverdueHours', { hours: clock.hours });
    case 'overdueMinutes':
      return w('shared.clockOverdueMinutes', { minutes: clock.minutes });
  }
}

/** Beyond this many days the date says it better than a count. */
const kCountedDays = 90;

interface Props {
  /** A day `YYYY-MM-DD`, or an instant for a deadline of hours. */
  due: string;
  done?: string | null;
  extended?: boolean;
  provisional?: boolean;
  /** The instant stands for its whole day in the tenant's zone. */
  days?: boolean;
  /** Only the chip, where the date stands elsewhere. */
  bare?: boolean;
}

/** A deadline: its date, what is left of it, whether it was extended or counted without a calendar. */
export function ClockChip({ due, done = null, extended = false, provisional = false, days = false, bare = false }: Props) {
  const { w, language } = useWords();
  const { tenant } = useSession();
  const now = useNow();
  const hours = !days && due.includes('T');
  const day = due.includes('T') ? dayOf(due, tenant.time_zone) : due;
  const clock = hours ? hourClock(due, now, done) : dayClock(day, now, tenant.time_zone, done);
  const date = hours ? dateTimeText(due, tenant.time_zone, language) : dayText(day, language);
  return (
    <span className={classes.clock} data-testid="clock" data-tone={clockTone(clock)}>
      {!bare && <time dateTime={due}>{date}</time>}
      {(bare || clock.kind !== 'days' || clock.count <= kCountedDays) && <Chip tone={clockTone(clock)}>{clockText(clock, w)}</Chip>}
      {extended && <span className={classes.mark}>{w('shared.extended')}</span>}
      {provisional && (
        <span className={classes.mark} title={w('shared.provisionalHint')}>
          {w('shared.provisional')}
        </span>
      )}
    </span>
  );
}
