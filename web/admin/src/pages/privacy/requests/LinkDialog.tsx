// A request whose author the program did not find by itself is linked to a file by hand.

import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { failureText } from '../../../lib/failure';
import { showToast } from '../../../ui/toasts';
import { IconSearch } from '../../../ui/icons';
import { privacyApi } from '../api';
import { useWhen } from '../shared/days';
import { useRenew } from '../shared/queries';
import type { RequestCase, SubjectSummary } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

function LinkForm({ found, close }: { found: RequestCase; close(): void }) {
  const { w, t } = useWords();
  const when = useWhen();
  const renew = useRenew();
  const [text, setText] = useState('');
  const [people, setPeople] = useState<SubjectSummary[] | null>(null);
  const [busy, setBusy] = useState('');
  const [refused, setRefused] = useState<unknown>(null);
  const attempt = async (name: string, work: () => Promise<void>) => {
    setBusy(name);
    setRefused(null);
    try {
      await work();
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy('');
    }
  };
  const find = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) void attempt('find', async () => setPeople((await privacyApi.findPeople(text, undefined)).items));
  };
  const pick = (subject: SubjectSummary) =>
    attempt(subject.id, async () => {
      await privacyApi.actOnRequest(found.id, 'link', { subject: subject.id });
      showToast(w('requests.linked'));
      await renew();
      close();
    });
  return (
    <div className={classes.form}>
      <p className={classes.plain}>{w('requests.linkText')}</p>
      <form className={classes.inlineForm} onSubmit={find} role="search">
        <TextInput
          className={classes.grow ?? ''}
          aria-label={w('people.search')}
          placeholder={w('people.search')}
          value={text}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
          data-testid="link-search"
        />
        <Button type="submit" variant="default" loading={busy === 'find'} leftSection={<IconSearch size={16} />}>
          {w('people.find')}
        </Button>
      </form>
      <div role="status">
        {people?.length === 0 && <p className={classes.plain}>{w('people.nothing')}</p>}
        <ul className={classes.tasks}>
          {people?.map((subject) => (
            <li key={subject.id}>
              <span>
                <b>{subject.name ?? w('people.noName')}</b>
                <span className={classes.smallBlock}>
                  {w(`people.kind_${subject.kind}`)}
                  {subject.last_at && ` · ${when.at(subject.last_at)}`}
                </span>
              </span>
              <Button size="compact-sm" loading={busy === subject.id} onClick={() => void pick(subject)} data-testid="link-pick">
                {w('requests.linkPick')}
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
    </div>
  );
}

export function LinkDialog({ found, opened, close }: { found: RequestCase; opened: boolean; close(): void }) {
  const { w, t } = useWords();
  return (
    <Modal opened={opened} onClose={close} title={w('requests.linkTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {opened && <LinkForm found={found} close={close} />}
    </Modal>
  );
}
