import type { Conversation } from '@chatika/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/api';
import { useSession } from '../../api/session';
import { putConversation } from '../../live/feed';

/** Long enough to have looked; short enough that a burst is marked by its last message. */
const lookMs = 600;

/** Tells the server what the employee has seen: an opened conversation in a tab that is looked at. */
export function useReadMark(conversation: Conversation | undefined): void {
  const cache = useQueryClient();
  const { employee } = useSession();
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);

  useEffect(() => {
    if (!conversation || !visible || conversation.last_seq <= conversation.read_seq) return;
    const seq = conversation.last_seq;
    const timer = setTimeout(() => {
      api
        .read(conversation.id, seq)
        .then(() => {
          putConversation(cache, { ...conversation, read_seq: seq, unread: 0 }, employee.id);
        })
        .catch(() => {
          // Not worth a word: the next message or the next visit marks it.
        });
    }, lookMs);
    return () => clearTimeout(timer);
  }, [conversation, visible, cache, employee.id]);
}
