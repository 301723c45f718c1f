// What stands between the employee and the panel. Asked once at the start and again when the server
// refuses something for this reason.

import { useQuery } from '@tanstack/react-query';
import { useText } from '../i18n';
import type { Duties } from '../pages/privacy/wire';
import { ApiError, request } from './http';
import { keys } from './keys';

/** A server of before this question has nothing to ask. */
const none: Duties = { cleared: true, access_until: null, agreement: null, documents: [], processing_agreement: null };

export function useDutiesQuery(enabled: boolean) {
  const { language } = useText();
  return useQuery({
    queryKey: [...keys.duties, language],
    queryFn: async ({ signal }): Promise<Duties> => {
      try {
        return (await request('GET', '/duties', { signal })) as Duties;
      } catch (error) {
        if (error instanceof ApiError && error.code === 'not_found') return none;
        throw error;
      }
    },
    enabled,
    // The page behind must not vanish while the texts are asked for again.
    placeholderData: (before) => before,
  });
}
