import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from '../../../api/http';
import { useText } from '../../../i18n';
import { EmptyState } from '../../../ui/EmptyState';
import { Failed } from '../../../ui/Failed';
import { useWords } from '../words';
import { IconLock } from './icons';
import classes from './Shared.module.css';

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
}

export function Waiting({ rows = 3, height = 64 }: { rows?: number; height?: number }) {
  const { t } = useText();
  return (
    <div role="status" aria-busy="true" aria-label={t('common.loading')} className={classes.waiting}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="md" />
      ))}
    </div>
  );
}

/** A refusal says who may look; anything else can be tried again. */
function Trouble({ error, retry }: { error: unknown; retry(): void }) {
  const { w } = useWords();
  if (error instanceof ApiError && error.code === 'forbidden') {
    return <EmptyState icon={IconLock} title={w('shared.closedTitle')} text={w('shared.closedText')} />;
  }
  return <Failed error={error} retry={retry} />;
}

/** Waits, tells of a failure, and only then shows what was asked for. */
export function Loaded<T>({ query, rows, children }: { query: Asked<T>; rows?: number; children(data: T): ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  return <Waiting {...(rows ? { rows } : {})} />;
}

interface AskedPages<T> {
  items: T[];
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
  refetch(): unknown;
}

/** A list that comes page by page. */
export function LoadedPages<T>({ query, empty, children }: {
  query: AskedPages<T>;
  empty: ReactNode;
  children(items: T[]): ReactNode;
}) {
  const { t } = useText();
  if (query.isPending) return <Waiting />;
  if (query.error && query.items.length === 0) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (query.items.length === 0) return <>{empty}</>;
  return (
    <>
      {children(query.items)}
      {query.hasNextPage && (
        <Button variant="subtle" fullWidth mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  );
}
