// One conversation: its head with the actions, the messages, the composer, and the visitor beside.

import type { Conversation } from '@chatika/client';
import { ActionIcon, Button, Loader, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { api } from '../../api/api';
import { ApiError } from '../../api/http';
import { keys } from '../../api/keys';
import { useConversation, useThread } from '../../api/queries';
import { useSession } from '../../api/session';
import { useText } from '../../i18n';
import { failureText, tellFailure } from '../../lib/failure';
import { putConversation } from '../../live/feed';
import { useKeys } from '../../shell/shortcuts';
import { StatusChip } from '../../ui/Chip';
import { Confirm } from '../../ui/Confirm';
import { EmptyState } from '../../ui/EmptyState';
import { Failed } from '../../ui/Failed';
import { IconAlert, IconBack, IconMore, IconUser } from '../../ui/icons';
import { showToast } from '../../ui/toasts';
import { Composer } from './Composer';
import { MessageList } from './MessageList';
import { useReadMark } from './useReadMark';
import { VisitorCard } from './VisitorCard';
import classes from './Inbox.module.css';

type Act = 'take' | 'handBack' | 'close';

function useActs(id: string) {
  const { t } = useText();
  const cache = useQueryClient();
  const { employee } = useSession();
  return useMutation({
    mutationFn: (act: Act) => api[act](id),
    onSuccess: (conversation) => putConversation(cache, conversation, employee.id),
    onError: (error, act) => {
      if (error instanceof ApiError && error.code === 'conflict') {
        if (act === 'take') showToast(t('chat.takenByOther'), { tone: 'error' });
        void cache.invalidateQueries({ queryKey: keys.conversation(id) });
        void cache.invalidateQueries({ queryKey: keys.conversationLists });
        if (act === 'take') return;
      }
      tellFailure(error, t);
    },
  });
}

interface HeadActsProps {
  mine: boolean;
  busy: boolean;
  onHandBack(): void;
  onClose(): void;
}

/** Buttons where there is room, a menu where there is not. */
function HeadActs({ mine, busy, onHandBack, onClose }: HeadActsProps) {
  const { t } = useText();
  const narrow = useMediaQuery('(max-width: 999px)', false, { getInitialValueInEffect: false });
  if (narrow) {
    return (
      <Menu position="bottom-end" shadow="md" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={40} className={classes.more ?? ''} aria-label={t('chat.more')}>
            <IconMore />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mine && (
            <Menu.Item disabled={busy} onClick={onHandBack} data-testid="hand-back">
              {t('chat.handBack')}
            </Menu.Item>
          )}
          <Menu.Item disabled={busy} onClick={onClose} data-testid="close">
            {t('chat.close')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    );
  }
  return (
    <div className={classes.headActs}>
      {mine && (
        <Button size="xs" variant="default" disabled={busy} onClick={onHandBack} data-testid="hand-back">
          {t('chat.handBack')}
        </Button>
      )}
      <Button size="xs" variant="default" disabled={busy} onClick={onClose} data-testid="close">
        {t('chat.close')}
      </Button>
    </div>
  );
}

interface HeadProps {
  conversation: Conversation;
  busy: boolean;
  onHandBack(): void;
  onClose(): void;
}

function Head({ conversation, busy, onHandBack, onClose }: HeadProps) {
  const { t } = useText();
  const { search } = useLocation();
  const { employee } = useSession();
  const mine = conversation.status === 'human' && conversation.operator?.id === employee.id;
  return (
    <header className={classes.head}>
      <ActionIcon
        component={Link}
        to={{ pathname: '/inbox', search }}
        className={classes.back ?? ''}
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t('common.back')}
      >
        <IconBack />
      </ActionIcon>
      <div className={classes.headWho}>
        <h2 className={classes.headName}>{conversation.visitor ?? t('inbox.anonymous')}</h2>
        <StatusChip conversation={conversation} me={employee.id} />
      </div>
      <ActionIcon
        component={Link}
        to={{ pathname: `/inbox/${conversation.id}/visitor`, search }}
        className={classes.toCard ?? ''}
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t('inbox.visitorCard')}
      >
        <IconUser />
      </ActionIcon>
      {/* A colleague's conversation is the colleague's to close. */}
      {conversation.status !== 'closed' && (mine || conversation.status !== 'human') && (
        <HeadActs mine={mine} busy={busy} onHandBack={onHandBack} onClose={onClose} />
      )}
    </header>
  );
}

export function ConversationPane({ id }: { id: string }) {
  const { t } = useText();
  const cache = useQueryClient();
  const { search } = useLocation();
  const detail = useConversation(id);
  const thread = useThread(id, cache);
  const acts = useActs(id);
  const [closing, setClosing] = useState(false);
  const conversation = detail.data?.conversation;
  // Where the employee had read to when the conversation was opened: the line stays there.
  const [readTo, setReadTo] = useState<number | null>(null);
  useEffect(() => {
    if (conversation && readTo === null) setReadTo(conversation.read_seq);
  }, [conversation, readTo]);
  useReadMark(conversation);
  const canTake = conversation !== undefined && conversation.status !== 'human';
  useKeys({
    KeyT: () => canTake && !acts.isPending && acts.mutate('take'),
    KeyR: () => document.querySelector<HTMLTextAreaElement>('[data-testid="composer"]')?.focus(),
  });

  if (detail.error instanceof ApiError && detail.error.code === 'not_found') {
    return (
      <div className={classes.chat}>
        <EmptyState icon={IconAlert} title={failureText(detail.error, t)}>
          <Button component={Link} to={{ pathname: '/inbox', search }}>
            {t('error.home')}
          </Button>
        </EmptyState>
      </div>
    );
  }
  const failed = (!detail.data && detail.error) || (!thread.data && thread.error);
  if (failed) {
    return (
      <div className={classes.chat}>
        <Failed
          error={failed}
          retry={() => {
            void detail.refetch();
            void thread.refetch();
          }}
        />
      </div>
    );
  }
  if (!detail.data || !conversation || !thread.data) {
    return (
      <div className={classes.chat} aria-busy="true">
        <div className={classes.wait}>
          <Loader aria-label={t('common.loading')} />
        </div>
      </div>
    );
  }
  return (
    <>
      <section className={classes.chat} aria-label={t('chat.label')}>
        <Head
          conversation={conversation}
          busy={acts.isPending}
          onHandBack={() => acts.mutate('handBack')}
          onClose={() => setClosing(true)}
        />
        <MessageList id={id} thread={thread.data} readTo={readTo ?? conversation.read_seq} />
        <Composer conversation={conversation} taking={acts.isPending} onTake={() => acts.mutate('take')} />
      </section>
      <VisitorCard detail={detail.data} />
      <Confirm
        opened={closing}
        title={t('chat.closeTitle')}
        text={t('chat.closeText')}
        confirm={t('chat.close')}
        onConfirm={() => {
          setClosing(false);
          acts.mutate('close');
        }}
        onClose={() => setClosing(false)}
      />
    </>
  );
}
