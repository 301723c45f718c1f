import type { Booking, ConversationDetail, Lead } from '@chatika/client';
import { ActionIcon } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { dateTimeText, dayOf, timeText, weekdayText } from '../../lib/time';
import { BookingChip, Chip, LeadChip } from '../../ui/Chip';
import { IconBack, IconMail, IconPhone, IconShield, IconUser } from '../../ui/icons';
import { phoneText } from '../../lib/phone';
import classes from './Visitor.module.css';

function Contacts({ visitor }: { visitor: ConversationDetail['visitor'] }) {
  const { t } = useText();
  return (
    <>
      <div className={classes.who}>
        <span className={classes.avatar}>
          <IconUser size={24} />
        </span>
        <div className={classes.name} data-testid="visitor-name">
          {visitor.name ?? t('inbox.anonymous')}
        </div>
      </div>
      {visitor.phone || visitor.email ? (
        <ul className={classes.contacts} aria-label={t('visitor.contacts')}>
          {visitor.phone && (
            <li>
              <a href={`tel:${visitor.phone}`} data-testid="visitor-phone" aria-label={`${t('visitor.phone')}: ${phoneText(visitor.phone)}`}>
                <IconPhone size={18} />
                {phoneText(visitor.phone)}
              </a>
            </li>
          )}
          {visitor.email && (
            <li>
              <a href={`mailto:${visitor.email}`} aria-label={`${t('visitor.email')}: ${visitor.email}`}>
                <IconMail size={18} />
                {visitor.email}
              </a>
            </li>
          )}
        </ul>
      ) : (
        <p className={classes.soft}>{t('visitor.noContacts')}</p>
      )}
    </>
  );
}

function Bookings({ bookings }: { bookings: readonly Booking[] }) {
  const { t, language } = useText();
  const { tenant } = useSession();
  const zone = tenant.time_zone;
  return (
    <section className={classes.section}>
      <h2>{t('visitor.bookings')}</h2>
      {bookings.length === 0 && <p className={classes.soft}>{t('visitor.noBookings')}</p>}
      {bookings.map((booking) => {
        const day = dayOf(booking.starts_at, zone);
        return (
          <Link key={booking.id} className={classes.item ?? ''} to={`/bookings?date=${day}&booking=${booking.id}`}>
            <b>{booking.service}</b>
            <span>
              {weekdayText(day, language, 'short')}, {timeText(booking.starts_at, zone, language)}
            </span>
            <span>{booking.specialist}</span>
            <BookingChip status={booking.status} />
          </Link>
        );
      })}
    </section>
  );
}

function Leads({ leads }: { leads: readonly Lead[] }) {
  const { t, language } = useText();
  const { tenant } = useSession();
  return (
    <section className={classes.section}>
      <h2>{t('visitor.leads')}</h2>
      {leads.length === 0 && <p className={classes.soft}>{t('visitor.noLeads')}</p>}
      {leads.map((lead) => (
        <div key={lead.id} className={classes.item}>
          {lead.note && <span className={classes.note}>{lead.note}</span>}
          <span>{dateTimeText(lead.created_at, tenant.time_zone, language)}</span>
          <span className={classes.chips}>
            <LeadChip kind={lead.kind} />
            {lead.status === 'done' && <Chip tone="quiet">{t('leads.done')}</Chip>}
          </span>
        </div>
      ))}
    </section>
  );
}

export function VisitorCard({ detail }: { detail: ConversationDetail }) {
  const { t, language } = useText();
  const { search } = useLocation();
  const { tenant } = useSession();
  const { visitor, conversation, leads, bookings } = detail;
  const { consent } = visitor;
  return (
    <aside className={classes.aside} aria-label={t('inbox.visitorCard')}>
      <div className={classes.bar}>
        <ActionIcon
          component={Link}
          to={{ pathname: `/inbox/${conversation.id}`, search }}
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t('common.back')}
        >
          <IconBack />
        </ActionIcon>
        <span>{t('inbox.visitorCard')}</span>
      </div>
      <Contacts visitor={visitor} />
      <Bookings bookings={bookings} />
      <Leads leads={leads} />
      <section className={classes.section}>
        <h2>{t('visitor.consent')}</h2>
        <div className={classes.consent}>
          <IconShield size={18} />
          <div>
            <div>{dateTimeText(consent.at, tenant.time_zone, language)}</div>
            <div className={classes.soft}>{t('visitor.consentVersion', { version: consent.version })}</div>
            {tenant.business === 'clinic' && (
              <div className={classes.soft}>
                {consent.health ? t('visitor.consentHealth') : t('visitor.consentNoHealth')}
              </div>
            )}
          </div>
        </div>
      </section>
      <p className={classes.foot}>
        {t('inbox.startedAt', { when: dateTimeText(conversation.started_at, tenant.time_zone, language) })}
      </p>
    </aside>
  );
}
