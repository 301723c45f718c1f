import { Button, Group, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { setDraft, useDraft } from '../../../lib/drafts';
import { failureText } from '../../../lib/failure';
import { useWords } from '../words';
import classes from './Shared.module.css';

/** The server's limit for a reason, in characters. */
const maxReason = 2_000;

export interface Reasoned {
  reason: string;
  article: string;
}

interface Props {
  opened: boolean;
  title: string;
  /** What will happen, before one says yes. */
  text?: ReactNode;
  confirm: string;
  danger?: boolean;
  /** The reason is asked for unless this is false. */
  reason?: boolean;
  reasonLabel?: string;
  reasonHint?: string;
  /** An article of the law is asked for too. */
  article?: boolean;
  /** A word that must be typed before an act that cannot be undone. */
  typed?: string;
  /** Under this name the words are kept while the tab lives. */
  draft: string;
  children?: ReactNode;
  onSubmit(said: Reasoned): Promise<void>;
  onClose(): void;
}

/** Asks for the reason of an act that must have one. Nothing is lost when the server refuses. */
export function ReasonDialog(props: Props) {
  const { opened, title, onClose } = props;
  const { t } = useWords();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {opened && <ReasonForm {...props} />}
    </Modal>
  );
}

function ReasonForm(props: Props) {
  const { text, confirm, danger = false, reason: wantsReason = true, article: wantsArticle = false, typed, draft, children } = props;
  const { w, t } = useWords();
  const reason = useDraft(draft);
  const [article, setArticle] = useState('');
  const [word, setWord] = useState('');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const alert = useId();

  const missing = {
    reason: wantsReason && !reason.trim(),
    article: wantsArticle && !article.trim(),
    word: typed !== undefined && word.trim().toLocaleLowerCase() !== typed.toLocaleLowerCase(),
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (missing.reason || missing.article || missing.word || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await props.onSubmit({ reason: reason.trim(), article: article.trim() });
      setDraft(draft, '');
      props.onClose();
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className={classes.form} aria-describedby={alert}>
      {text && <Text component="div">{text}</Text>}
      {children}
      {wantsReason && (
        <Textarea
          label={props.reasonLabel ?? w('shared.reason')}
          description={props.reasonHint}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={maxReason}
          value={reason}
          onChange={(event) => setDraft(draft, event.currentTarget.value)}
          error={checked && missing.reason ? w('shared.reasonNeeded') : null}
          data-autofocus
          data-testid="reason"
        />
      )}
      {wantsArticle && (
        <TextInput
          label={w('shared.article')}
          description={w('shared.articleHint')}
          value={article}
          maxLength={200}
          onChange={(event) => setArticle(event.currentTarget.value)}
          error={checked && missing.article ? w('shared.articleNeeded') : null}
          data-testid="article"
        />
      )}
      {typed !== undefined && (
        <TextInput
          label={w('shared.typeToConfirm', { word: typed })}
          value={word}
          autoComplete="off"
          onChange={(event) => setWord(event.currentTarget.value)}
          error={checked && missing.word ? w('shared.typeWrong', { word: typed }) : null}
          data-testid="typed"
        />
      )}
      <div id={alert} role="alert">
        {refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}
      </div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={props.onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" {...(danger ? { color: 'red.9' } : {})} loading={busy} data-testid="confirm">
          {confirm}
        </Button>
      </Group>
    </form>
  );
}
