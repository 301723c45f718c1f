import type { Conversation } from '@chatika/client';
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { setDraft, useDraft } from '../../lib/drafts';
import { useLive } from '../../live/LiveProvider';
import { sendReply } from '../../live/outbox';
import { IconSend } from '../../ui/icons';
import classes from './Inbox.module.css';

/** The wire's limit of one message, in characters. */
const maxText = 4000;
/** "Typing" is repeated while one types, and ends this long after the last key. */
const typingRepeatMs = 4_000;
const typingEndMs = 5_000;

function useTypingSignal(conversation: string): { touch(): void; end(): void } {
  const { typing } = useLive();
  const latest = useRef(typing);
  latest.current = typing;
  const state = useRef<{ toldAt: number; timer: ReturnType<typeof setTimeout> | undefined }>({ toldAt: 0, timer: undefined });
  const signal = useRef({
    touch() {
      const now = Date.now();
      clearTimeout(state.current.timer);
      state.current.timer = setTimeout(() => signal.current.end(), typingEndMs);
      if (now - state.current.toldAt < typingRepeatMs) return;
      state.current.toldAt = now;
      latest.current(conversation, true);
    },
    end() {
      clearTimeout(state.current.timer);
      if (state.current.toldAt === 0) return;
      state.current.toldAt = 0;
      latest.current(conversation, false);
    },
  });
  useEffect(() => () => signal.current.end(), []);
  return signal.current;
}

interface Props {
  conversation: Conversation;
  taking: boolean;
  onTake(): void;
}

export function Composer({ conversation, taking, onTake }: Props) {
  const { t } = useText();
  const cache = useQueryClient();
  const { employee } = useSession();
  const { id, status, operator } = conversation;
  const draft = useDraft(id);
  const typing = useTypingSignal(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const mine = status === 'human' && operator?.id === employee.id;
  const canTake = status !== 'human';
  const wasMine = useRef(mine);

  // Taken just now: the next thing one wants is to write.
  useEffect(() => {
    if (mine && !wasMine.current) field.current?.focus();
    wasMine.current = mine;
  }, [mine]);

  // Code points, as the server counts.
  const tooLong = draft.length > maxText && [...draft].length > maxText;
  const send = () => {
    const text = draft.trim();
    if (!mine || !text || tooLong) return;
    sendReply(cache, id, text);
    setDraft(id, '');
    typing.end();
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method is composing, Enter belongs to it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      event.currentTarget.blur();
    }
  };
  const placeholder = () => {
    if (mine) return t('chat.placeholder');
    if (status === 'closed') return t('chat.isClosed');
    if (canTake) return t('chat.takeFirst');
    return t('chat.otherHas', { name: operator?.name ?? t('chat.employee') });
  };

  return (
    <div className={classes.composer} data-locked={!mine || undefined}>
      <Textarea
        ref={field}
        className={classes.composerField ?? ''}
        aria-label={mine ? t('chat.placeholder') : placeholder()}
        placeholder={placeholder()}
        value={mine ? draft : ''}
        onChange={(event) => {
          setDraft(id, event.currentTarget.value);
          if (event.currentTarget.value) typing.touch();
          else typing.end();
        }}
        onKeyDown={onKey}
        autosize
        minRows={1}
        maxRows={7}
        disabled={!mine}
        error={tooLong ? t('chat.tooLong', { max: maxText }) : null}
        description={mine ? t('chat.enterHint') : null}
        inputWrapperOrder={['input', 'error', 'description']}
        data-testid="composer"
      />
      {mine && (
        <ActionIcon
          size={42}
          radius="md"
          aria-label={t('chat.send')}
          disabled={!draft.trim() || tooLong}
          onClick={send}
          data-testid="send"
        >
          <IconSend size={22} />
        </ActionIcon>
      )}
      {canTake && (
        <Button h={42} loading={taking} onClick={onTake} data-testid="take-over">
          {t('chat.take')}
        </Button>
      )}
    </div>
  );
}
