import type { Booking } from '@chatika/client';
import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api } from '../../api/api';
import { useText } from '../../i18n';
import { tellFailure } from '../../lib/failure';
import { phoneText } from '../../lib/phone';
import { dayOf, timeText, weekdayText } from '../../lib/time';
import { putBooking } from '../../live/feed';
import { BookingChip } from '../../ui/Chip';
import { Confirm } from '../../ui/Confirm';
import { IconInbox } from '../../ui/icons';
import { showToast } from '../../ui/toasts';
import classes from './Bookings.module.css';

function Details({ booking, zone, onClose }: { booking: Booking; zone: string; onClose(): void }) {
  const { t, language } = useText();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => api.cancelBooking(booking.id),
    onSuccess: (stored) => {
      putBooking(cache, stored, zone);
      showToast(t('booking.cancelled'));
      onClose();
    },
    onError: (error) => tellFailure(error, t),
    onSettled: () => setAsking(false),
  });
  const date = weekdayText(dayOf(booking.starts_at, zone), language);
  const from = timeText(booking.starts_at, zone, language);
  const when = t('booking.at', { date, time: from });
  const rows: [string, ReactNode][] = [
    [
      t('booking.time'),
      <>
        {date},{' '}
        <span className={classes.whole}>
          {from}–{timeText(booking.ends_at, zone, language)}
        </span>
      </>,
    ],
    [t('booking.specialist'), booking.specialist],
    [t('booking.client'), booking.name ?? t('booking.noName')],
    [
      t('booking.phone'),
      booking.phone ? <a href={`tel:${booking.phone}`}>{phoneText(booking.phone)}</a> : t('common.notGiven'),
    ],
    [t('booking.reference'), booking.reference],
  ];
  return (
    <>
      <BookingChip status={booking.status} />
      <dl className={classes.details}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.detailActs}>
        {booking.status !== 'cancelled' && (
          <Button
            variant="default"
            className={classes.danger ?? ''}
            onClick={() => setAsking(true)}
            data-testid="booking-cancel"
          >
            {t('booking.cancel')}
          </Button>
        )}
        {booking.conversation && (
          <Button component={Link} to={`/inbox/${booking.conversation}`} leftSection={<IconInbox size={18} />}>
            {t('booking.toConversation')}
          </Button>
        )}
      </div>
      <Confirm
        opened={asking}
        danger
        busy={cancel.isPending}
        title={t('booking.cancelTitle')}
        text={t('booking.cancelText', { service: booking.service, when })}
        confirm={t('booking.cancel')}
        dismiss={t('booking.keep')}
        onConfirm={() => cancel.mutate()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}

export function BookingDetails({ booking, zone, onClose }: { booking: Booking | null; zone: string; onClose(): void }) {
  const { t } = useText();
  return (
    <Modal
      opened={booking !== null}
      onClose={onClose}
      title={booking?.service ?? t('bookings.details')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {booking && <Details key={booking.id} booking={booking} zone={zone} onClose={onClose} />}
    </Modal>
  );
}
