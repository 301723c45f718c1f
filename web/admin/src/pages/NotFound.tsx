import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { useText } from '../i18n';
import { usePageTitle } from '../shell/pageTitle';
import { EmptyState } from '../ui/EmptyState';
import { IconSearch } from '../ui/icons';
import { PageBody } from '../ui/PageBody';

export function NotFound() {
  const { t } = useText();
  usePageTitle(t('page.notFound'));
  return (
    <PageBody>
      <EmptyState heading icon={IconSearch} title={t('error.notFoundTitle')} text={t('error.notFoundText')}>
        <Button component={Link} to="/inbox">
          {t('error.home')}
        </Button>
      </EmptyState>
    </PageBody>
  );
}
