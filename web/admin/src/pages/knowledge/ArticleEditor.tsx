import type { Article } from '@chatika/client';
import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useBlocker, useNavigate } from 'react-router';
import { api, type ArticleText } from '../../api/api';
import { ApiError } from '../../api/http';
import { keys } from '../../api/keys';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { failureText, tellFailure } from '../../lib/failure';
import { Confirm } from '../../ui/Confirm';
import { IconTrash } from '../../ui/icons';
import { PageHead } from '../../ui/PageBody';
import { showToast } from '../../ui/toasts';
import { Preview } from './Preview';
import classes from './Knowledge.module.css';

/** The limits of the wire (src/base/limits.hpp), in characters. */
const maxTitle = 200;
const maxText = 40_000;

interface Props {
  /** `null` for a new one. */
  article: Article | null;
  /** The newest version the server has told of. */
  newest?: Article;
  onStored?(article: Article): void;
  onConflict?(): void;
}

/** Asks before unsaved words are lost, inside the panel and when the tab closes. */
function useLeaveGuard(dirty: boolean) {
  // A ref, because saving navigates before the next render.
  const guarding = useRef(dirty);
  guarding.current = dirty;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      guarding.current && currentLocation.pathname !== nextLocation.pathname && nextLocation.pathname !== '/sign-in',
  );
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  return { blocker, letGo: () => (guarding.current = false) };
}

export function ArticleEditor({ article, newest, onStored, onConflict }: Props) {
  const { t, language: panelLanguage } = useText();
  const { tenant } = useSession();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState(article?.title ?? '');
  const [text, setText] = useState(article?.text ?? '');
  const [language, setLanguage] = useState<Article['language']>(article?.language ?? panelLanguage);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const [deleting, setDeleting] = useState(false);
  const [side, setSide] = useState<'edit' | 'preview'>('edit');

  const dirty = title !== (article?.title ?? '') || text !== (article?.text ?? '') ||
    (article !== null && language !== article.language);
  const outdated = article !== null && newest !== undefined && newest.version > article.version;
  const { blocker, letGo } = useLeaveGuard(dirty);

  const fieldError = (pointer: string) => refused?.fields.find((field) => field.pointer === pointer)?.message ?? null;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!title.trim() || !text.trim() || busy) return;
    const body: ArticleText = { language, title: title.trim(), text: text.trim() };
    setBusy(true);
    setRefused(null);
    try {
      const stored = article
        ? await api.updateArticle(article.id, { ...body, version: article.version })
        : await api.createArticle(body);
      letGo();
      cache.setQueryData<Article>(keys.article(stored.id), stored);
      void cache.invalidateQueries({ queryKey: keys.articles });
      showToast(t('knowledge.saved'));
      if (article) onStored?.(stored);
      else void navigate(`/knowledge/${stored.id}`, { replace: true });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'conflict') onConflict?.();
      else if (error instanceof ApiError && error.fields.length > 0) setRefused(error);
      else tellFailure(error, t);
    } finally {
      setBusy(false);
    }
  };

  const remove = async () => {
    if (!article) return;
    setBusy(true);
    try {
      await api.deleteArticle(article.id);
      letGo();
      void cache.invalidateQueries({ queryKey: keys.articles });
      showToast(t('knowledge.deleted'));
      await navigate('/knowledge', { replace: true });
    } catch (error) {
      setDeleting(false);
      tellFailure(error, t);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <PageHead title={article ? article.title : t('knowledge.add')}>
        {article && (
          <Button
            variant="default"
            className={classes.danger ?? ''}
            leftSection={<IconTrash size={18} />}
            onClick={() => setDeleting(true)}
            data-testid="article-delete"
          >
            {t('common.delete')}
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={article !== null && !dirty} data-testid="article-save">
          {t('common.save')}
        </Button>
      </PageHead>
      {outdated && (
        <div className={classes.notice} role="alert" data-testid="article-conflict">
          <b>{t('knowledge.conflictTitle')}</b>
          <p>{t('knowledge.conflictText')}</p>
          <Button size="xs" variant="default" onClick={() => newest && onStored?.(newest)}>
            {t('knowledge.conflictReload')}
          </Button>
        </div>
      )}
      {refused && (
        <p className={classes.notice} data-tone="error" role="alert">
          {failureText(refused, t)}
        </p>
      )}
      <SegmentedControl
        className={classes.sides ?? ''}
        fullWidth
        aria-label={t('knowledge.articleText')}
        value={side}
        onChange={(value) => setSide(value === 'preview' ? 'preview' : 'edit')}
        data={[
          { value: 'edit', label: t('knowledge.edit') },
          { value: 'preview', label: t('knowledge.preview') },
        ]}
      />
      <div className={classes.editor} data-side={side}>
        <div className={classes.fields}>
          <TextInput
            label={t('knowledge.articleTitle')}
            value={title}
            maxLength={maxTitle}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={checked && !title.trim() ? t('knowledge.titleNeeded') : fieldError('/title')}
            data-testid="article-title"
          />
          {tenant.languages.length > 1 && (
            <div>
              <div className={classes.label} id="article-language">
                {t('knowledge.articleLanguage')}
              </div>
              <SegmentedControl
                aria-labelledby="article-language"
                value={language}
                onChange={(value) => setLanguage(value === 'en' ? 'en' : 'ru')}
                data={tenant.languages.map((item) => ({ value: item, label: t(`common.language_${item}`) }))}
              />
            </div>
          )}
          <Textarea
            label={t('knowledge.articleText')}
            description={t('knowledge.articleTextHint')}
            autosize
            minRows={12}
            maxLength={maxText}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={checked && !text.trim() ? t('knowledge.textNeeded') : fieldError('/text')}
            data-testid="article-text"
          />
        </div>
        <section className={classes.paper} aria-labelledby="preview-title">
          <h2 id="preview-title">{t('knowledge.preview')}</h2>
          <Preview text={text} />
        </section>
      </div>
      <Confirm
        opened={deleting}
        danger
        busy={busy}
        title={t('knowledge.deleteTitle')}
        text={t('knowledge.deleteText', { title: article?.title ?? '' })}
        confirm={t('common.delete')}
        onConfirm={() => void remove()}
        onClose={() => setDeleting(false)}
      />
      <Confirm
        opened={blocker.state === 'blocked'}
        danger
        title={t('knowledge.leaveTitle')}
        text={t('knowledge.leaveText')}
        confirm={t('knowledge.leave')}
        dismiss={t('knowledge.stay')}
        onConfirm={() => blocker.proceed?.()}
        onClose={() => blocker.reset?.()}
      />
    </form>
  );
}
