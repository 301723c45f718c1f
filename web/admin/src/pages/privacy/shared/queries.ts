// Questions of the centre. Nothing pushes news here, so a page that is opened asks again, and after
// an act everything in sight is asked for anew: one act moves deadlines, tasks, files and the log at once.

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Page } from '../../../api/api';
import { useText } from '../../../i18n';
import { tellFailure } from '../../../lib/failure';
import { showToast } from '../../../ui/toasts';

type Part = string | number | boolean | null | undefined;

const root = 'privacy';

export const useAnswer = <T>(key: readonly Part[], ask: (signal: AbortSignal) => Promise<T>, everyMs?: number) =>
  useQuery({
    queryKey: [root, ...key],
    queryFn: ({ signal }) => ask(signal),
    staleTime: 0,
    ...(everyMs ? { refetchInterval: everyMs } : {}),
  });

export function usePages<T>(key: readonly Part[], ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>) {
  const query = useInfiniteQuery({
    queryKey: [root, ...key],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    getNextPageParam: (page: Page<T>) => page.next ?? undefined,
    staleTime: 0,
  });
  return { ...query, items: query.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** After an act: everything the centre shows is asked for again. */
export function useRenew() {
  const cache = useQueryClient();
  return useCallback(() => cache.invalidateQueries({ queryKey: [root] }), [cache]);
}

/** Runs an act behind a button: which one runs, what to say afterwards, what to say when it fails. */
export function useAct() {
  const { t } = useText();
  const renew = useRenew();
  const [busy, setBusy] = useState<string | null>(null);
  const act = async (name: string, run: () => Promise<unknown>, said?: string, undo?: { label: string; run(): void }) => {
    setBusy(name);
    try {
      await run();
      await renew();
      if (said) showToast(said, undo ? { action: undo } : {});
      return true;
    } catch (error) {
      tellFailure(error, t);
      return false;
    } finally {
      setBusy(null);
    }
  };
  return { busy, act };
}
