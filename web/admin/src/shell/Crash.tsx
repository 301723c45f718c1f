import { Button } from '@mantine/core';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { useText } from '../i18n';
import { NotFound } from '../pages/NotFound';
import { EmptyState } from '../ui/EmptyState';
import { IconAlert } from '../ui/icons';
import classes from './Shell.module.css';

/** Shown instead of a page that threw. A chunk that is gone after an update lands here too. */
export function Crash({ inside = false }: { inside?: boolean }) {
  const { t } = useText();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <main className={inside ? classes.page : classes.alone}>
      <EmptyState icon={IconAlert} title={t('error.crashTitle')} text={t('error.crashText')}>
        <Button onClick={() => location.reload()}>{t('common.reload')}</Button>
      </EmptyState>
    </main>
  );
}
