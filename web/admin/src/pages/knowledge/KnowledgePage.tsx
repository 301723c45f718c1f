import type { ArticleSummary } from '@chatika/client';
import { Button, Select, Skeleton, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useArticles } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { dateText } from '../../lib/time';
import { usePageTitle } from '../../shell/pageTitle';
import { EmptyState } from '../../ui/EmptyState';
import { Failed } from '../../ui/Failed';
import { IconBook, IconPlus, IconSearch } from '../../ui/icons';
import { PageBody, PageHead } from '../../ui/PageBody';
import { AskBox } from './AskBox';
import { filterArticles } from './filter';
import classes from './Knowledge.module.css';

function Row({ article }: { article: ArticleSummary }) {
  const { t, language } = useText();
  const { tenant } = useSession();
  const when = dateText(article.updated_at, tenant.time_zone, language, new Date());
  return (
    <li>
      <Link className={classes.row ?? ''} to={`/knowledge/${article.id}`} data-testid="article" data-id={article.id}>
        <span className={classes.rowTitle}>{article.title}</span>
        <span className={classes.rowMeta}>
          {t(`common.language_${article.language}`)} · {t('knowledge.characters', { count: article.length })} ·{' '}
          {t('knowledge.updated', { when })}
        </span>
      </Link>
    </li>
  );
}

export function KnowledgePage() {
  const { t } = useText();
  const { employee, tenant } = useSession();
  const owner = employee.role === 'owner';
  const query = useArticles();
  const [search, setSearch] = useState('');
  const [only, setOnly] = useState('');
  usePageTitle(t('page.knowledge'));
  const shown = useMemo(() => filterArticles(query.data ?? [], search, only), [query.data, search, only]);

  const list = () => {
    if (query.isPending) {
      return (
        <div role="status" aria-busy="true" aria-label={t('common.loading')}>
          {[0, 1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} height={58} radius="md" mb={6} />
          ))}
        </div>
      );
    }
    if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
    if (query.data.length === 0) {
      return (
        <EmptyState
          icon={IconBook}
          title={t('knowledge.empty')}
          text={owner ? t('knowledge.emptyText') : t('knowledge.emptyReader')}
        />
      );
    }
    if (shown.length === 0) {
      return <EmptyState icon={IconSearch} title={t('knowledge.nothingFound')} text={t('knowledge.nothingFoundText')} />;
    }
    return (
      <ul className={classes.rows}>
        {shown.map((article) => (
          <Row key={article.id} article={article} />
        ))}
      </ul>
    );
  };

  return (
    <PageBody wide>
      <PageHead title={t('knowledge.title')}>
        {owner && (
          <Button component={Link} to="/knowledge/new" leftSection={<IconPlus size={18} />} data-testid="article-new">
            {t('knowledge.add')}
          </Button>
        )}
      </PageHead>
      <p className={classes.lead}>{t('knowledge.lead')}</p>
      <div className={owner ? classes.columns : undefined}>
        <div>
          <div className={classes.tools}>
            <TextInput
              className={classes.search ?? ''}
              type="search"
              aria-label={t('knowledge.search')}
              placeholder={t('knowledge.search')}
              leftSection={<IconSearch size={18} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {tenant.languages.length > 1 && (
              <Select
                className={classes.language ?? ''}
                aria-label={t('knowledge.language')}
                allowDeselect={false}
                value={only}
                onChange={(value) => setOnly(value ?? '')}
                data={[
                  { value: '', label: t('knowledge.allLanguages') },
                  ...tenant.languages.map((item) => ({ value: item, label: t(`common.language_${item}`) })),
                ]}
              />
            )}
          </div>
          <p className={classes.count} role="status">
            {query.data ? t('knowledge.count', { count: shown.length }) : '\u00a0'}
          </p>
          {list()}
        </div>
        {owner && <AskBox />}
      </div>
    </PageBody>
  );
}
