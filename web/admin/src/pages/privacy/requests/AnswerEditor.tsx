import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { setDraft, useDraft } from '../../../lib/drafts';
import { Confirm } from '../../../ui/Confirm';
import { IconSend } from '../../../ui/icons';
import { privacyApi } from '../api';
import { Panel } from '../shared/CentrePage';
import { useAct } from '../shared/queries';
import type { RequestCase } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

/** The letter: the template's words until somebody changes them; the change is kept while the tab lives. */
export function AnswerEditor({ found }: { found: RequestCase }) {
  const { w } = useWords();
  const key = `privacy:${found.id}:answer`;
  const draft = useDraft(key);
  const { busy, act } = useAct();
  const [asking, setAsking] = useState(false);
  const text = draft || found.template;
  const send = async () => {
    const done = await act('answer', () => privacyApi.actOnRequest(found.id, 'answer', { text }), w('requests.sent'));
    setAsking(false);
    if (done) setDraft(key, '');
  };
  return (
    <Panel title={w('requests.answer')} note={w('requests.answerHint')}>
      <Textarea
        aria-label={w('requests.answer')}
        autosize
        minRows={8}
        maxRows={24}
        maxLength={20_000}
        value={text}
        onChange={(event) => setDraft(key, event.currentTarget.value)}
        data-testid="answer-text"
      />
      <div className={classes.under}>
        <span className={classes.small} aria-live="polite">
          {draft && w('shared.draftKept')}
        </span>
        <div className={classes.actions}>
          {draft && draft !== found.template && (
            <Button variant="subtle" onClick={() => setDraft(key, '')}>
              {w('requests.answerReset')}
            </Button>
          )}
          <Button
            leftSection={<IconSend size={18} />}
            disabled={!text.trim()}
            onClick={() => setAsking(true)}
            data-testid="answer-send"
          >
            {w('requests.send')}
          </Button>
        </div>
      </div>
      <Confirm
        opened={asking}
        title={w('requests.sendTitle')}
        text={w('requests.sendText', { contact: found.contact })}
        confirm={w('requests.send')}
        busy={busy === 'answer'}
        onConfirm={() => void send()}
        onClose={() => setAsking(false)}
      />
    </Panel>
  );
}
