import { Checkbox, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { useRenew } from '../shared/queries';
import { ReasonDialog } from '../shared/ReasonDialog';
import { useTerms } from '../shared/terms';
import type { FileField, Hold, SubjectFile } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

export type SubjectDialog =
  | { kind: 'correct' | 'hold'; field: FileField }
  | { kind: 'release'; hold: Hold }
  | { kind: 'block' | 'unblock' | 'erase' };

/** Why data is destroyed: the grounds of the law (src/privacy/erasure_ledger.hpp). */
const grounds = ['request', 'withdrawn', 'expired', 'unlawful'] as const;

/** What can be done to a person's data. Each act says what follows from it before it happens. */
export function SubjectDialogs({ file, dialog, close }: { file: SubjectFile; dialog: SubjectDialog | null; close(): void }) {
  const { w } = useWords();
  const renew = useRenew();
  const { term } = useTerms();
  const { id } = file.subject;
  const field = dialog?.kind === 'correct' || dialog?.kind === 'hold' ? dialog.field : null;
  const [value, setValue] = useState('');
  const [ground, setGround] = useState<(typeof grounds)[number]>('request');
  const [now, setNow] = useState(false);
  useEffect(() => setValue(field?.value ?? ''), [field]);
  const done = async (work: Promise<unknown>, said: string) => {
    await work;
    showToast(said);
    await renew();
  };
  const act = (name: string, body: object | undefined, said: string) => done(privacyApi.actOnSubject(id, name, body), said);
  const draft = (name: string) => `privacy:${id}:${name}`;
  const kept = file.holds.filter((hold) => !hold.released_at).map((hold) => term('field', hold.field));
  return (
    <>
      <ReasonDialog
        opened={dialog?.kind === 'correct'}
        onClose={close}
        title={w('people.correctTitle', { field: field ? term('field', field.key) : '' })}
        confirm={w('people.correct')}
        draft={draft('correct')}
        onSubmit={({ reason }) => act('correct', { field: field?.key, row: field?.row, value: value.trim(), reason }, w('people.corrected'))}
      >
        <TextInput
          label={w('people.newValue')}
          value={value}
          maxLength={400}
          onChange={(event) => setValue(event.currentTarget.value)}
          data-testid="new-value"
        />
      </ReasonDialog>
      <ReasonDialog
        opened={dialog?.kind === 'hold'}
        onClose={close}
        article
        title={w('people.holdTitle', { field: field ? term('field', field.key) : '' })}
        text={w('people.holdText')}
        confirm={w('people.hold')}
        draft={draft('hold')}
        onSubmit={({ reason, article }) => act('hold', { field: field?.key, reason, article }, w('people.heldDone'))}
      />
      <ReasonDialog
        opened={dialog?.kind === 'release'}
        onClose={close}
        title={w('people.releaseTitle')}
        text={w('people.releaseText')}
        confirm={w('people.release')}
        draft={draft('release')}
        onSubmit={({ reason }) =>
          done(privacyApi.releaseHold(dialog?.kind === 'release' ? dialog.hold.id : '', reason), w('people.released'))
        }
      />
      <ReasonDialog
        opened={dialog?.kind === 'block'}
        onClose={close}
        title={w('people.blockTitle')}
        text={w('people.blockText')}
        confirm={w('people.block')}
        draft={draft('block')}
        onSubmit={({ reason }) => act('block', { reason }, w('people.blocked'))}
      />
      <ReasonDialog
        opened={dialog?.kind === 'unblock'}
        onClose={close}
        title={w('people.unblockTitle')}
        text={w('people.unblockText')}
        confirm={w('people.unblock')}
        draft={draft('unblock')}
        onSubmit={({ reason }) => act('unblock', { reason }, w('people.unblocked'))}
      />
      <ReasonDialog
        opened={dialog?.kind === 'erase'}
        onClose={close}
        danger
        reason={false}
        title={w('people.eraseTitle')}
        text={
          <div className={classes.prose}>
            <p>{w('people.eraseText')}</p>
            {kept.length > 0 && <p>{w('people.eraseHeld', { fields: kept.join(', ') })}</p>}
          </div>
        }
        confirm={w('people.erase')}
        typed={w('people.eraseWord')}
        draft={draft('erase')}
        onSubmit={() => act('erase', { reason: ground, now }, now ? w('people.erased') : w('people.erasePlanned'))}
      >
        <Select
          label={w('people.eraseGround')}
          allowDeselect={false}
          value={ground}
          onChange={(value) => setGround(grounds.find((one) => one === value) ?? 'request')}
          data={grounds.map((value) => ({ value, label: term('reason', value) }))}
          data-testid="erase-ground"
        />
        <Checkbox
          label={w('people.eraseNow')}
          description={w('people.eraseNowHint')}
          checked={now}
          onChange={(event) => setNow(event.currentTarget.checked)}
          data-testid="erase-now"
        />
      </ReasonDialog>
    </>
  );
}
