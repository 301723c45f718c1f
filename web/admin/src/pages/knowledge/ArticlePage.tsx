// One article: the owner edits, the receptionist reads; both see it as the assistant does.

import type { Article } from '@chatika/client';
import { Anchor, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useArticle } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { dateTimeText } from '../../lib/time';
import { usePageTitle } from '../../shell/pageTitle';
import { Failed } from '../../ui/Failed';
import { IconBack } from '../../ui/icons';
import { PageBody, PageHead } from '../../ui/PageBody';
import { ArticleEditor } from './ArticleEditor';
import { Preview } from './Preview';
import classes from './Knowledge.module.css';

function BackToList() {
  const { t } = useText();
  return (
    <Anchor component={Link} to="/knowledge" className={classes.back ?? ''}>
      <IconBack size={16} />
      {t('knowledge.title')}
    </Anchor>
  );
}

function Reader({ article }: { article: Article }) {
  const { t } = useText();
  return (
    <>
      <PageHead title={article.title} />
      <p className={classes.lead}>{t('knowledge.readOnly')}</p>
      <section className={classes.paper}>
        <Preview text={article.text} />
      </section>
    </>
  );
}

function Stored({ id }: { id: string }) {
  const { t, language } = useText();
  const { employee, tenant } = useSession();
  const query = useArticle(id);
  // The editor works on the version it was opened with until its owner asks for the newer one.
  const [opened, setOpened] = useState<Article | null>(null);
  const newest = query.data;
  const article = opened ?? newest;

  if (query.isError && !newest) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!article || !newest) {
    return (
      <div role="status" aria-busy="true" aria-label={t('common.loading')}>
        <Skeleton height={30} width="60%" mb={20} />
        <Skeleton height={320} radius="lg" />
      </div>
    );
  }
  if (employee.role !== 'owner') return <Reader article={newest} />;
  if (!opened) setOpened(newest);
  return (
    <>
      <ArticleEditor
        key={article.version}
        article={article}
        newest={newest}
        onStored={setOpened}
        onConflict={() => void query.refetch()}
      />
      <p className={classes.foot}>
        {t('knowledge.version', { version: article.version })} ·{' '}
        {t('knowledge.updated', { when: dateTimeText(article.updated_at, tenant.time_zone, language) })}
      </p>
    </>
  );
}

export function ArticlePage() {
  const { t } = useText();
  const { id = '' } = useParams();
  const { employee } = useSession();
  usePageTitle(t('page.knowledge'));
  return (
    <PageBody wide>
      <BackToList />
      {id === 'new' && employee.role === 'owner' ? <ArticleEditor article={null} /> : <Stored key={id} id={id} />}
    </PageBody>
  );
}
