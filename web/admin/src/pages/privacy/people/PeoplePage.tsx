import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { EmptyState } from '../../../ui/EmptyState';
import { IconSearch, IconUser } from '../../../ui/icons';
import { createStore, useStore } from '../../../lib/store';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Loaded } from '../shared/Loaded';
import { useAnswer } from '../shared/queries';
import type { SubjectSummary } from '../wire';
import { useWords } from '../words';
import { SubjectStates } from './SubjectStates';
import classes from '../shared/Shared.module.css';

/** Kept for the way back from a file. In memory only: a phone number has no place in an address or a storage. */
const looked = createStore('');

function Found({ text }: { text: string }) {
  const { w } = useWords();
  const when = useWhen();
  const query = useAnswer(['people', text], (signal) => privacyApi.findPeople(text, signal));
  const columns: Column<SubjectSummary>[] = [
    { key: 'name', name: w('people.person'), cell: (row) => row.name ?? w('people.noName') },
    { key: 'kind', name: w('people.kind'), cell: (row) => w(`people.kind_${row.kind}`) },
    { key: 'last', name: w('people.lastSeen'), tight: true, cell: (row) => (row.last_at ? when.at(row.last_at) : w('shared.none')) },
    { key: 'state', name: w('shared.state'), cell: (row) => <SubjectStates subject={row} /> },
  ];
  return (
    <Loaded query={query} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <div role="status">
            <EmptyState icon={IconUser} title={w('people.nothing')} text={w('people.nothingText')} />
          </div>
        ) : (
          <Panel flush>
            <p className="unseen" role="status">
              {w('people.found', { count: items.length })}
            </p>
            <DataTable
              label={w('people.title')}
              columns={columns}
              rows={items}
              keyOf={(row) => row.id}
              to={(row) => `/privacy/people/${row.id}`}
              testId="people"
            />
          </Panel>
        )
      }
    </Loaded>
  );
}

export function PeoplePage() {
  const { w } = useWords();
  const asked = useStore(looked, (text) => text);
  const [text, setText] = useState(asked);
  const find = (event: FormEvent) => {
    event.preventDefault();
    looked.set(text.trim());
  };
  return (
    <CentrePage title={w('people.title')} lead={w('people.lead')}>
      <form className={classes.toolbar} onSubmit={find} role="search">
        <TextInput
          className={classes.grow ?? ''}
          label={w('people.search')}
          description={w('people.searchHint')}
          value={text}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
          data-testid="people-search"
        />
        <Button type="submit" leftSection={<IconSearch size={18} />} disabled={!text.trim()} data-testid="people-find">
          {w('people.find')}
        </Button>
      </form>
      {asked ? <Found text={asked} /> : <EmptyState icon={IconUser} title={w('people.start')} text={w('people.startText')} />}
    </CentrePage>
  );
}
