import { Fragment, useEffect, useRef } from 'react';
import { useText } from '../../i18n';
import { phoneText } from '../../lib/phone';
import { timeText } from '../../lib/time';
import { BookingChip } from '../../ui/Chip';
import type { DayProps } from './DayCalendar';
import classes from './Bookings.module.css';

/** The day as a list: what a phone has room for. The line of now stands between past and coming. */
export function DayAgenda({ day, zone, now, bookings, onOpen }: DayProps) {
  const { t, language } = useText();
  const nowLine = useRef<HTMLLIElement>(null);
  // Once a day is opened, the present is in sight.
  useEffect(() => {
    void nowLine.current?.scrollIntoView({ block: 'center' });
  }, [day]);
  const sorted = [...bookings].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  const nextAt = now ? sorted.findIndex((booking) => Date.parse(booking.starts_at) > now.getTime()) : -1;
  const line = now && (
    <li className={classes.agendaNow} ref={nowLine}>
      <span>{t('bookings.now', { time: timeText(now, zone, language) })}</span>
    </li>
  );
  return (
    <ul className={classes.agenda} aria-label={t('bookings.title')}>
      {sorted.map((booking, index) => (
        <Fragment key={booking.id}>
          {index === nextAt && line}
          <li>
            <button
              type="button"
              className={classes.agendaItem}
              data-status={booking.status}
              data-testid="booking"
              data-id={booking.id}
              onClick={() => onOpen(booking.id)}
            >
              <span className={classes.agendaTime}>
                <b>{timeText(booking.starts_at, zone, language)}</b>
                <span>{timeText(booking.ends_at, zone, language)}</span>
              </span>
              <span className={classes.agendaText}>
                <b>{booking.name ?? t('booking.noName')}</b>
                <span>{booking.service}</span>
                <span className={classes.agendaSoft}>{booking.specialist}</span>
                {booking.phone && <span className={classes.agendaSoft}>{phoneText(booking.phone)}</span>}
                <BookingChip status={booking.status} />
              </span>
            </button>
          </li>
        </Fragment>
      ))}
      {now && nextAt === -1 && line}
    </ul>
  );
}
