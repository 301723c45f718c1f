import { Button } from '@mantine/core';
import { useText } from '../i18n';
import { failureText } from '../lib/failure';
import { EmptyState } from './EmptyState';
import { IconAlert } from './icons';

export function Failed({ error, retry }: { error: unknown; retry(): void }) {
  const { t } = useText();
  return (
    <div role="alert">
      <EmptyState icon={IconAlert} title={t('error.loadTitle')} text={failureText(error, t)}>
        <Button variant="default" onClick={retry}>
          {t('common.retry')}
        </Button>
      </EmptyState>
    </div>
  );
}
