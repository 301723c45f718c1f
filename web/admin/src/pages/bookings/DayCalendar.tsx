import type { Booking, Specialist } from '@chatika/client';
import { useEffect, useMemo, useRef, type CSSProperties } from 'react';
import { useText } from '../../i18n';
import { hoursShown, placeDay, type Placed } from '../../lib/calendar';
import { phoneText } from '../../lib/phone';
import { minuteOfDay, timeText } from '../../lib/time';
import classes from './Bookings.module.css';

export interface DayProps {
  day: string;
  zone: string;
  /** Set when the day shown is today. */
  now: Date | null;
  bookings: readonly Booking[];
  onOpen(id: string): void;
}

const hourPx = 76;
/** A quarter of an hour still has to hold a line of text. */
const leastPx = 24;

interface Column {
  id: string;
  name: string;
  title: string;
  placed: Placed<Booking>[];
}

function columnsOf(specialists: readonly Specialist[], bookings: readonly Booking[], day: string, zone: string): Column[] {
  const columns = new Map<string, { name: string; title: string; bookings: Booking[] }>();
  for (const { id, name, title } of specialists) columns.set(id, { name, title, bookings: [] });
  for (const booking of bookings) {
    // A specialist who has left still has the bookings of that day.
    const column = columns.get(booking.specialist_id) ?? { name: booking.specialist, title: '', bookings: [] };
    column.bookings.push(booking);
    columns.set(booking.specialist_id, column);
  }
  return [...columns].map(([id, column]) => ({
    id,
    name: column.name,
    title: column.title,
    placed: placeDay(column.bookings, day, zone),
  }));
}

interface BlockProps {
  item: Placed<Booking>;
  firstHour: number;
  zone: string;
  onOpen(id: string): void;
}

function Block({ item, firstHour, zone, onOpen }: BlockProps) {
  const { t, language } = useText();
  const { booking, from, to, lane, lanes } = item;
  const height = Math.max(((to - from) / 60) * hourPx - 3, leastPx);
  const style: CSSProperties = {
    top: (from / 60 - firstHour) * hourPx + 1,
    height,
    left: `calc(${(lane / lanes) * 100}% + 3px)`,
    width: `calc(${100 / lanes}% - 6px)`,
  };
  const size = height < 44 ? 'line' : height < 66 ? 'small' : 'full';
  const starts = timeText(booking.starts_at, zone, language);
  // On one line the service says more than the end, which the height shows.
  const time = size === 'line' ? starts : `${starts}–${timeText(booking.ends_at, zone, language)}`;
  return (
    <button
      type="button"
      className={classes.block}
      style={style}
      data-status={booking.status}
      data-size={size}
      data-testid="booking"
      data-id={booking.id}
      onClick={() => onOpen(booking.id)}
    >
      <span className={classes.blockTop}>
        <b>{booking.name ?? t('booking.noName')}</b>
        <span className={classes.blockTime}>{time}</span>
      </span>
      <span className={classes.blockService}>{booking.service}</span>
      <span className={classes.blockFoot}>
        {booking.status === 'confirmed' ? (
          <span className="unseen">{t('booking.status_confirmed')}</span>
        ) : (
          <span className={classes.blockState}>{t(`booking.status_${booking.status}`)}</span>
        )}
        {booking.phone && <span>{phoneText(booking.phone)}</span>}
      </span>
    </button>
  );
}

export function DayCalendar({ day, zone, now, bookings, specialists, onOpen }: DayProps & { specialists: readonly Specialist[] }) {
  const { t, language } = useText();
  const box = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(specialists, bookings, day, zone), [specialists, bookings, day, zone]);
  const { first, last } = hoursShown(columns.flatMap((column) => column.placed));
  const nowMinute = now ? minuteOfDay(now, zone) : null;
  const nowTop = nowMinute !== null && nowMinute >= first * 60 && nowMinute <= last * 60
    ? (nowMinute / 60 - first) * hourPx
    : null;

  // The present moment, or the first booking, is what one opens the day for.
  const startTop = nowTop ?? (Math.min(...columns.flatMap((column) => column.placed.map((item) => item.from))) / 60 - first) * hourPx;
  const scrolledFor = useRef('');
  useEffect(() => {
    if (scrolledFor.current === day || !Number.isFinite(startTop)) return;
    scrolledFor.current = day;
    box.current?.scrollTo({ top: Math.max(startTop - hourPx, 0) });
  }, [day, startTop]);

  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const height = (last - first) * hourPx;
  return (
    <div
      className={classes.calendar}
      ref={box}
      style={{ '--columns': columns.length, '--hour': `${hourPx}px` } as CSSProperties}
      role="region"
      tabIndex={0}
      aria-label={t('bookings.calendar')}
    >
      <div className={classes.corner} />
      {columns.map((column) => (
        <div key={column.id} className={classes.columnHead}>
          <h2>{column.name}</h2>
          <span>{column.title}</span>
        </div>
      ))}
      <div className={classes.hours} style={{ height }} aria-hidden="true">
        {hours.map((hour, index) => {
          // The label of now stands in the way of its neighbour.
          if (nowTop !== null && Math.abs(index * hourPx - nowTop) < 18) return null;
          return (
            <span key={hour} style={{ top: index * hourPx }}>
              {String(hour).padStart(2, '0')}:00
            </span>
          );
        })}
        {nowTop !== null && now && (
          <span className={classes.nowTime} style={{ top: nowTop }}>
            {timeText(now, zone, language)}
          </span>
        )}
      </div>
      {columns.map((column) => (
        <section key={column.id} className={classes.column} style={{ height }} aria-label={column.name}>
          {column.placed.map((item) => (
            <Block key={item.booking.id} item={item} firstHour={first} zone={zone} onOpen={onOpen} />
          ))}
          {nowTop !== null && <div className={classes.now} style={{ top: nowTop }} />}
        </section>
      ))}
    </div>
  );
}
