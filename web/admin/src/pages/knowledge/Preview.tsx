import { useMemo } from 'react';
import { useText } from '../../i18n';
import { paragraphsOf } from '../../lib/sentences';
import classes from './Knowledge.module.css';

/** The text divided as the assistant reads it: every sentence is something it may quote. */
export function Preview({ text }: { text: string }) {
  const { t } = useText();
  const paragraphs = useMemo(() => paragraphsOf(text), [text]);
  const count = paragraphs.reduce((sum, sentences) => sum + sentences.length, 0);
  if (count === 0) return <p className={classes.soft}>{t('knowledge.previewEmpty')}</p>;
  return (
    <>
      <p className={classes.soft}>{t('knowledge.previewText', { count })}</p>
      <div className={classes.preview}>
        {paragraphs.map((sentences, index) => (
          <p key={index}>
            {sentences.map((sentence, at) => (
              <span key={at} className={classes.sentence}>
                {sentence}
              </span>
            ))}
          </p>
        ))}
      </div>
    </>
  );
}
