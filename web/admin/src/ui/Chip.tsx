import type { Booking, Conversation, Lead } from '@chatika/client';
import { useText } from '../i18n';
import classes from './ui.module.css';

type Tone = 'assistant' | 'waiting' | 'brand' | 'quiet' | 'danger';

/** A state in words; the colour only repeats them. */
export function Chip({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      <span>{children}</span>
    </span>
  );
}

export function StatusChip({ conversation, me }: { conversation: Conversation; me: string }) {
  const { t } = useText();
  const { status, operator } = conversation;
  switch (status) {
    case 'assistant':
      return <Chip tone="assistant">{t('status.assistant')}</Chip>;
    case 'waiting':
      return <Chip tone="waiting">{t('status.waiting')}</Chip>;
    case 'human':
      return <Chip tone="brand">{operator?.id === me ? t('status.mine') : (operator?.name ?? t('status.human'))}</Chip>;
    case 'closed':
      return <Chip tone="quiet">{t('status.closed')}</Chip>;
  }
}

const bookingTone: Record<Booking['status'], Tone> = { held: 'waiting', confirmed: 'brand', cancelled: 'quiet' };

export function BookingChip({ status }: { status: Booking['status'] }) {
  const { t } = useText();
  return <Chip tone={bookingTone[status]}>{t(`booking.status_${status}`)}</Chip>;
}

export function LeadChip({ kind }: { kind: Lead['kind'] }) {
  const { t } = useText();
  return <Chip tone={kind === 'callback' ? 'waiting' : 'assistant'}>{t(`leads.kind_${kind}`)}</Chip>;
}
