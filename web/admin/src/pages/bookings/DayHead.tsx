import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/ru';
import { ActionIcon, Button, Popover } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useState } from 'react';
import { useText } from '../../i18n';
import { shiftDay, weekdayText } from '../../lib/time';
import { useDayName } from '../../lib/useDayName';
import { IconBack, IconCalendar, IconForward } from '../../ui/icons';
import classes from './Bookings.module.css';

interface Props {
  day: string;
  today: string;
  count: number | null;
  onGo(day: string): void;
}

export function DayHead({ day, today, count, onGo }: Props) {
  const { t, language } = useText();
  const dayName = useDayName();
  const [picking, setPicking] = useState(false);
  const name = dayName(day);
  const full = weekdayText(day, language);
  const isNamed = name.toLocaleLowerCase(language) !== full.toLocaleLowerCase(language);
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        <h1 className={classes.title}>
          <span className="unseen">{t('bookings.title')}: </span>
          {name}
        </h1>
        <p className={classes.sub}>
          {isNamed && full}
          {isNamed && count !== null && ' · '}
          {count !== null && t('bookings.count', { count })}
        </p>
      </div>
      <div className={classes.nav}>
        <ActionIcon variant="default" size={36} aria-label={t('bookings.previous')} onClick={() => onGo(shiftDay(day, -1))}>
          <IconBack size={18} />
        </ActionIcon>
        <Button variant="default" disabled={day === today} onClick={() => onGo(today)} data-testid="today">
          {t('bookings.today')}
        </Button>
        <ActionIcon variant="default" size={36} aria-label={t('bookings.next')} onClick={() => onGo(shiftDay(day, 1))}>
          <IconForward size={18} />
        </ActionIcon>
        <Popover opened={picking} onChange={setPicking} position="bottom-end" shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('bookings.pick')}
              aria-expanded={picking}
              onClick={() => setPicking(!picking)}
            >
              <IconCalendar size={18} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <DatePicker
              locale={language}
              firstDayOfWeek={1}
              hideOutsideDates
              ariaLabels={{
                previousMonth: t('bookings.previousMonth'),
                nextMonth: t('bookings.nextMonth'),
                previousYear: t('bookings.previousYears'),
                nextYear: t('bookings.nextYears'),
                previousDecade: t('bookings.previousYears'),
                nextDecade: t('bookings.nextYears'),
              }}
              defaultDate={day}
              value={day}
              onChange={(value) => {
                setPicking(false);
                if (value) onGo(value);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      </div>
    </header>
  );
}
