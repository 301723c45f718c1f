// The bookings of a day: on a wide screen a calendar with a column for each specialist, on a phone
// the day from morning to evening.

import type { Booking } from '@chatika/client';
import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useBookings } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { dayOf, isDay } from '../../lib/time';
import { useNow } from '../../lib/useNow';
import { usePageTitle } from '../../shell/pageTitle';
import { EmptyState } from '../../ui/EmptyState';
import { Failed } from '../../ui/Failed';
import { IconCalendar } from '../../ui/icons';
import { BookingDetails } from './BookingDetails';
import { DayAgenda } from './DayAgenda';
import { DayCalendar } from './DayCalendar';
import { DayHead } from './DayHead';
import classes from './Bookings.module.css';

const live = (booking: Booking) => booking.status !== 'cancelled';

export function BookingsPage() {
  const { t } = useText();
  const { tenant } = useSession();
  const [params, setParams] = useSearchParams();
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const now = useNow();
  const zone = tenant.time_zone;
  const today = dayOf(now, zone);
  const asked = params.get('date');
  const day = isDay(asked) ? asked : today;
  const query = useBookings(day);
  const [opened, setOpened] = useState<string | null>(params.get('booking'));
  usePageTitle(t('page.bookings'));

  const go = (next: string) => {
    setOpened(null);
    setParams(next === today ? {} : { date: next });
  };
  const close = () => {
    setOpened(null);
    if (params.has('booking')) setParams(day === today ? {} : { date: day }, { replace: true });
  };

  const body = () => {
    if (query.isPending) {
      return (
        <div className={classes.wait} role="status" aria-busy="true" aria-label={t('common.loading')}>
          {[0, 1, 2].map((column) => (
            <Skeleton key={column} height="100%" radius="lg" />
          ))}
        </div>
      );
    }
    if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
    const { specialists, items } = query.data;
    if (specialists.length === 0 && items.length === 0) {
      return <EmptyState icon={IconCalendar} title={t('bookings.noSpecialists')} text={t('bookings.noSpecialistsText')} />;
    }
    if (items.length === 0) {
      return <EmptyState icon={IconCalendar} title={t('bookings.empty')} text={t('bookings.emptyText')} />;
    }
    const shared = { day, zone, now: day === today ? now : null, bookings: items, onOpen: setOpened };
    return phone ? <DayAgenda {...shared} /> : <DayCalendar {...shared} specialists={specialists} />;
  };

  const found = query.data?.items.find((booking) => booking.id === opened) ?? null;
  return (
    <div className={classes.page}>
      <DayHead day={day} today={today} count={query.data?.items.filter(live).length ?? null} onGo={go} />
      <div className={classes.body}>{body()}</div>
      <BookingDetails booking={found} zone={zone} onClose={close} />
    </div>
  );
}
