// What somebody wrote down to be done about personal data, and what the program reminds of.

import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useSession } from '../../../api/session';
import { failureText } from '../../../lib/failure';
import { dayOf, shiftDay } from '../../../lib/time';
import { showToast } from '../../../ui/toasts';
import { IconCheck, IconPlus } from '../../../ui/icons';
import { privacyApi } from '../api';
import { Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { endOfDay } from '../shared/days';
import { useAct, useAnswer, useRenew } from '../shared/queries';
import type { OfficeTask } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

/** Terms of clock hours; every other is a day. */
const inHours = (kind: OfficeTask['kind']) => kind === 'breach_notice' || kind === 'breach_report';

/** A task is due in a week unless said otherwise. */
const usualDays = 7;

function TaskForm({ close }: { close(): void }) {
  const { w, t } = useWords();
  const { tenant } = useSession();
  const renew = useRenew();
  const [title, setTitle] = useState('');
  const [due, setDue] = useState(() => shiftDay(dayOf(new Date(), tenant.time_zone), usualDays));
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!title.trim() || !due || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      await privacyApi.addTask({ title: title.trim(), due: endOfDay(due, tenant.time_zone) });
      await renew();
      showToast(w('overview.taskAdded'));
      close();
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <TextInput
        label={w('overview.taskTitle')}
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={checked && !title.trim() ? w('overview.taskNeeded') : null}
        data-autofocus
        data-testid="task-title"
      />
      <TextInput
        type="date"
        label={w('shared.due')}
        value={due}
        onChange={(event) => setDue(event.currentTarget.value)}
        data-testid="task-due"
      />
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={busy} data-testid="task-save">
          {w('overview.taskAdd')}
        </Button>
      </Group>
    </form>
  );
}

export function Tasks() {
  const { w, t } = useWords();
  const { busy, act } = useAct();
  const [adding, setAdding] = useState(false);
  const query = useAnswer(['tasks'], (signal) => privacyApi.tasks(signal));
  const open = query.data?.items.filter((task) => !task.done_at) ?? [];
  return (
    <div className={classes.apart}>
      <Panel
        title={w('overview.tasks')}
        actions={
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)} data-testid="task-add">
            {w('overview.taskAdd')}
          </Button>
        }
      >
        {query.data && open.length === 0 && <p className={classes.plain}>{w('overview.noTasks')}</p>}
        <ul className={classes.tasks} data-testid="tasks">
          {open.map((task) => (
            <li key={task.id}>
              <span className={classes.withIcon}>
                {task.title} <ClockChip due={task.due} days={!inHours(task.kind)} />
              </span>
              {task.by_hand && (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={busy === task.id}
                  leftSection={<IconCheck size={14} />}
                  onClick={() => void act(task.id, () => privacyApi.finishTask(task.id), w('overview.taskDone'))}
                  data-testid="task-done"
                >
                  {w('requests.taskDone')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      <Modal opened={adding} onClose={() => setAdding(false)} title={w('overview.taskAdd')} closeButtonProps={{ 'aria-label': t('common.close') }}>
        {adding && <TaskForm close={() => setAdding(false)} />}
      </Modal>
    </div>
  );
}
