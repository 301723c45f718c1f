import type { BookingCard, Message } from '@chatika/client';
import { Button, Group } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'react-router';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { dayOf, timeText, weekdayText } from '../../lib/time';
import type { Pending } from '../../live/thread';
import { BookingChip } from '../../ui/Chip';
import { IconAlert, IconCalendar, IconCheck, IconClock, IconQuote } from '../../ui/icons';
import classes from './Chat.module.css';

function Sources({ message }: { message: Message }) {
  const { t } = useText();
  if (message.sources.length === 0) return null;
  return (
    <ul className={classes.sources} aria-label={t('chat.sources')}>
      {message.sources.map((source, index) => (
        <li key={`${source.article}-${index}`}>
          <details className={classes.source}>
            <summary>
              <IconQuote size={16} />
              <span>{source.title}</span>
            </summary>
            <blockquote className={classes.quote}>{source.quote}</blockquote>
            <Link to={`/knowledge/${source.article}`}>{t('chat.openSource')}</Link>
          </details>
        </li>
      ))}
    </ul>
  );
}

function Offered({ message }: { message: Message }) {
  const { t } = useText();
  return (
    <>
      {message.choices.length > 0 && (
        <div className={classes.offered}>
          <span>{t('chat.offered')}</span>
          <ul>
            {message.choices.map((choice) => (
              <li key={choice.id}>{choice.label}</li>
            ))}
          </ul>
        </div>
      )}
      {message.days.length > 0 && (
        <div className={classes.offered}>
          <span>{t('chat.offeredTimes')}</span>
          {message.days.map((day) => (
            <div key={day.date} className={classes.offeredDay}>
              <b>{day.label}</b>
              <ul>
                {day.times.map((time) => (
                  <li key={time.id}>{time.label}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
      {message.ask && <p className={classes.asked}>{t(`chat.ask_${message.ask}`)}</p>}
    </>
  );
}

function BookingInChat({ card }: { card: BookingCard }) {
  const { language } = useText();
  const day = weekdayText(dayOf(card.starts_at, card.time_zone), language);
  const from = timeText(card.starts_at, card.time_zone, language);
  const to = timeText(card.ends_at, card.time_zone, language);
  return (
    <div className={classes.card} data-status={card.status}>
      <div className={classes.cardHead}>
        <IconCalendar size={18} />
        <b>{card.service}</b>
      </div>
      <p>
        {day}, {from}–{to}
      </p>
      <p>{card.specialist}</p>
      <Group gap={8} mt={8}>
        <BookingChip status={card.status} />
        <span className={classes.reference}>{card.reference}</span>
      </Group>
    </div>
  );
}

function useAuthor(message: Message): string {
  const { t } = useText();
  const { employee } = useSession();
  switch (message.from) {
    case 'visitor':
      return t('chat.visitor');
    case 'assistant':
      return t('chat.assistant');
    case 'employee':
      return message.author === employee.name ? t('chat.you') : (message.author ?? t('chat.employee'));
    case 'system':
      return t('chat.system');
  }
}

export const Bubble = memo(function Bubble({ message, follows }: { message: Message; follows: boolean }) {
  const { t, language } = useText();
  const { tenant } = useSession();
  const author = useAuthor(message);
  const time = timeText(message.at, tenant.time_zone, language);
  if (message.from === 'system') {
    return (
      <div className={classes.event} data-testid="message" data-seq={message.seq} data-from="system">
        {message.text} <time dateTime={message.at}>{time}</time>
      </div>
    );
  }
  return (
    <article
      className={classes.message}
      data-testid="message"
      data-seq={message.seq}
      data-from={message.from}
      data-follows={follows || undefined}
    >
      <h3 className={follows ? 'unseen' : classes.author}>{author}</h3>
      <div className={classes.bubble}>
        <p className={classes.text}>{message.text}</p>
        <Sources message={message} />
        <Offered message={message} />
        {message.booking && <BookingInChat card={message.booking} />}
      </div>
      <div className={classes.meta}>
        <time dateTime={message.at}>{time}</time>
        {message.from === 'employee' && (
          <span title={t('chat.sent')}>
            <IconCheck size={14} />
            <span className="unseen">{t('chat.sent')}</span>
          </span>
        )}
      </div>
    </article>
  );
});

interface PendingProps {
  message: Pending;
  onRetry(): void;
  onDiscard(): void;
}

export function PendingBubble({ message, onRetry, onDiscard }: PendingProps) {
  const { t } = useText();
  const failed = message.state === 'failed';
  return (
    <article className={classes.message} data-from="employee" data-testid="pending" data-state={message.state}>
      <h3 className="unseen">{t('chat.you')}</h3>
      <div className={classes.bubble}>
        <p className={classes.text}>{message.text}</p>
      </div>
      <div className={classes.meta} role="status" data-failed={failed || undefined}>
        {failed ? <IconAlert size={14} /> : <IconClock size={14} />}
        {failed ? t('chat.failed') : t('chat.sending')}
        {failed && (
          <>
            <Button size="compact-xs" variant="light" onClick={onRetry}>
              {t('common.retry')}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" className={classes.discard ?? ''} onClick={onDiscard}>
              {t('chat.discard')}
            </Button>
          </>
        )}
      </div>
    </article>
  );
}
