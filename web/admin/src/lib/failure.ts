// What to tell a person when a request failed.

import { ApiError } from '../api/http';
import type { Translate } from '../i18n';
import { showToast } from '../ui/toasts';

export function failureText(error: unknown, t: Translate): string {
  if (!(error instanceof ApiError)) return t('error.other');
  if (error.title) return error.title;
  switch (error.code) {
    case 'offline':
    case 'forbidden':
    case 'not_found':
    case 'conflict':
    case 'unavailable':
      return t(`error.${error.code}`);
    case 'too_many':
      return t('error.tooManyRequests');
    default:
      return t('error.other');
  }
}

export const tellFailure = (error: unknown, t: Translate) =>
  showToast(failureText(error, t), { tone: 'error' });
