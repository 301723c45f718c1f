// What stands between the employee and the panel. Asked once at the start and again when the server
// refuses something for this reason.

import { useQuery } from '@tanstack/react-query';
import { useText } from '../i18n';
import type { Duties } from '../pages/privacy/wire';
import { request } from './http';
import { keys } from './keys';

export function useDutiesQuery(enabled: boolean) {
  const { language } = useText();
  return useQuery({
    queryKey: [...keys.duties, language],
    queryFn: ({ signal }) => request('GET', '/duties', { signal }) as Promise<Duties>,
    enabled,
    // The page behind must not vanish while the texts are asked for again.
    placeholderData: (before) => before,
  });
}
