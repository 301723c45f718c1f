import { useSession } from '../api/session';
import { useText } from '../i18n';
import { dayOf, daysBetween, weekdayText } from './time';
import { useNow } from './useNow';

/** «Сегодня», «Вчера», «Завтра» or «понедельник, 23 ноября», by the tenant's calendar. */
export function useDayName(): (day: string) => string {
  const { t, language } = useText();
  const { tenant } = useSession();
  const today = dayOf(useNow(60_000), tenant.time_zone);
  return (day) => {
    switch (daysBetween(today, day)) {
      case 0:
        return t('time.today');
      case -1:
        return t('time.yesterdayLong');
      case 1:
        return t('time.tomorrow');
      default: {
        const text = weekdayText(day, language);
        return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
      }
    }
  };
}
