// The circumstances of a breach: written down at once, completed later.

import { Button, Group, MultiSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { failureText } from '../../../lib/failure';
import { useTerms } from '../shared/terms';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

export interface Circumstances {
  found_at: string;
  what: string;
  cause: string;
  harm: string;
  measures: string;
  people: number | null;
  categories: string[];
  happened_at?: string | null;
  inquiry?: string | null;
  responsible?: string | null;
}

const max = 4_000;
/** Fields of the register that a breach can touch. */
const categories = [
  'visitor.name', 'visitor.phone', 'visitor.email', 'message.body', 'lead.note', 'booking', 'visitor.ip', 'employee.name', 'employee.email',
];
const two = (value: number) => String(value).padStart(2, '0');
/** What a datetime-local field takes, in the browser's own zone, as the field itself has none. */
const localOf = (at: Date) =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;

export function BreachForm({ before, confirm, onSubmit }: {
  before: Circumstances;
  confirm: string;
  onSubmit(said: Circumstances): Promise<void>;
}) {
  const { w, t } = useWords();
  const { term } = useTerms();
  const [form, setForm] = useState(before);
  const [found, setFound] = useState(localOf(new Date(before.found_at)));
  const [happened, setHappened] = useState(before.happened_at ? localOf(new Date(before.happened_at)) : '');
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!form.what.trim() || busy) return;
    setBusy(true);
    setRefused(null);
    try {
      const { what, cause, harm, measures, people, categories: which, inquiry, responsible } = form;
      await onSubmit({
        what, cause, harm, measures, people, categories: which,
        inquiry: inquiry ?? '',
        responsible: responsible ?? '',
        found_at: new Date(found).toISOString(),
        happened_at: happened ? new Date(happened).toISOString() : null,
      });
    } catch (error) {
      setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  const area = (field: 'what' | 'cause' | 'harm' | 'measures' | 'inquiry' | 'responsible') => (
    <Textarea
      label={w(`breaches.${field}`)}
      description={field === 'what' ? w('breaches.whatHint') : undefined}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={field === 'responsible' ? 1_000 : max}
      value={form[field] ?? ''}
      onChange={(event) => setForm({ ...form, [field]: event.currentTarget.value })}
      error={field === 'what' && checked && !form.what.trim() ? w('breaches.whatNeeded') : null}
      data-testid={`breach-${field}`}
    />
  );
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <div className={classes.two}>
        <TextInput
          type="datetime-local"
          label={w('breaches.whenFound')}
          value={found}
          max={localOf(new Date())}
          onChange={(event) => setFound(event.currentTarget.value)}
          data-testid="breach-found"
        />
        <TextInput
          type="datetime-local"
          label={w('breaches.happened')}
          value={happened}
          max={found}
          onChange={(event) => setHappened(event.currentTarget.value)}
          data-testid="breach-happened"
        />
      </div>
      <div className={classes.two}>
        <NumberInput
          label={w('breaches.people')}
          placeholder={w('breaches.unknown')}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          value={form.people ?? ''}
          onChange={(value) => setForm({ ...form, people: typeof value === 'number' ? value : null })}
          data-testid="breach-people"
        />
      </div>
      {area('what')}
      <MultiSelect
        label={w('breaches.categories')}
        value={form.categories}
        onChange={(value) => setForm({ ...form, categories: value })}
        data={categories.map((value) => ({ value, label: term('field', value) }))}
        data-testid="breach-categories"
      />
      {area('cause')}
      {area('harm')}
      {area('measures')}
      {'number' in before && (
        <>
          {area('inquiry')}
          {area('responsible')}
        </>
      )}
      <div role="alert">{refused !== null && <p className={classes.refused}>{failureText(refused, t)}</p>}</div>
      <Group justify="flex-end">
        <Button type="submit" loading={busy} data-testid="breach-save">
          {confirm}
        </Button>
      </Group>
    </form>
  );
}
