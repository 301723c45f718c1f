import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { api, type AskAnswer } from '../../api/api';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { failureText } from '../../lib/failure';
import { IconQuote, IconSpark } from '../../ui/icons';
import classes from './Knowledge.module.css';

/** The wire's limit of one question. */
const maxQuestion = 500;

function Answer({ result }: { result: AskAnswer }) {
  const { t } = useText();
  if (result.answer === null) {
    return (
      <div className={classes.unknown} data-testid="ask-unknown">
        <b>{t('knowledge.askUnknown')}</b>
        <p>{t('knowledge.askUnknownText')}</p>
      </div>
    );
  }
  return (
    <div className={classes.answer} data-testid="ask-answer">
      <p className={classes.answerText}>{result.answer}</p>
      <ul className={classes.answerSources} aria-label={t('chat.sources')}>
        {result.sources.map((source, index) => (
          <li key={`${source.article}-${index}`}>
            <Link to={`/knowledge/${source.article}`}>
              <IconQuote size={16} />
              {source.title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function AskBox() {
  const { t, language } = useText();
  const { tenant } = useSession();
  const first = tenant.languages.includes(language) ? language : (tenant.languages[0] ?? 'ru');
  const [asked, setAsked] = useState<'ru' | 'en'>(first);
  const [question, setQuestion] = useState('');
  const ask = useMutation({ mutationFn: () => api.ask(asked, question.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (question.trim() && !ask.isPending) ask.mutate();
  };
  return (
    <section className={classes.ask} aria-labelledby="ask-title">
      <h2 id="ask-title">
        <IconSpark />
        {t('knowledge.ask')}
      </h2>
      <p>{t('knowledge.askText')}</p>
      <form onSubmit={submit}>
        {tenant.languages.length > 1 && (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('knowledge.articleLanguage')}
            value={asked}
            onChange={(value) => setAsked(value === 'en' ? 'en' : 'ru')}
            data={tenant.languages.map((item) => ({ value: item, label: t(`common.language_${item}`) }))}
          />
        )}
        <TextInput
          aria-label={t('knowledge.askText')}
          placeholder={t('knowledge.askPlaceholder')}
          maxLength={maxQuestion}
          value={question}
          onChange={(event) => setQuestion(event.currentTarget.value)}
          data-testid="ask-question"
        />
        <Button type="submit" loading={ask.isPending} disabled={!question.trim()} data-testid="ask-submit">
          {t('knowledge.askSubmit')}
        </Button>
      </form>
      <div aria-live="polite">
        {ask.isError && <p className={classes.askError}>{failureText(ask.error, t)}</p>}
        {ask.data && !ask.isPending && <Answer result={ask.data} />}
      </div>
    </section>
  );
}
