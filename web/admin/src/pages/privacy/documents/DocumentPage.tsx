// A document the program makes from the register: its text as people see it, and what has changed in it.

import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useParams } from 'react-router';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { useWhen } from '../shared/days';
import { ChangesView, DocumentView } from '../shared/DocumentView';
import { Download } from '../shared/Download';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAnswer } from '../shared/queries';
import type { DocumentChange, DocumentDetail } from '../wire';
import { useWords } from '../words';
import { FiledDialog } from './FiledDialog';
import classes from '../shared/Shared.module.css';

function Changes({ kind }: { kind: string }) {
  const { w, language } = useWords();
  const when = useWhen();
  const [filing, setFiling] = useState<number | null>(null);
  const query = useAnswer(['document-changes'], (signal) => privacyApi.documentChanges(signal));
  return (
    <Loaded query={query}>
      {({ items }) => {
        const own = items.filter((item) => item.summary.kind === kind);
        const due = (item: DocumentChange) => item.summary.notify_by !== null && !item.summary.filed_at;
        return (
          <div className={classes.stack}>
            {own.length === 0 && (
              <Panel>
                <p className={classes.plain}>{w('shared.noChanges')}</p>
              </Panel>
            )}
            {own.map(({ summary, changes }) => (
              <Panel
                note={summary.filed_at ? w('documents.filedAs', { day: when.day(summary.filed_on), number: summary.filed_number }) : undefined}
                actions={
                  due({ summary, changes }) && (
                    <>
                      <Download
                        small
                        path={`/privacy/documents/changes/${summary.version}/notice/pdf`}
                        query={{ language }}
                        name={`notification-change-${summary.version}.pdf`}
                      >
                        {w('documents.changeNotice')}
                      </Download>
                      <Button size="compact-sm" onClick={() => setFiling(summary.version)} data-testid="filed">
                        {w('documents.markFiled')}
                      </Button>
                    </>
                  )
                }
                key={`${summary.version} ${summary.language}`}
                title={`${w('documents.edition')} ${summary.version} · ${when.date(summary.changed_at)}`}
              >
                <ChangesView changes={changes} />
              </Panel>
            ))}
            <FiledDialog version={filing} close={() => setFiling(null)} />
          </div>
        );
      }}
    </Loaded>
  );
}

function DetailView({ found }: { found: DocumentDetail }) {
  const { w, language } = useWords();
  const when = useWhen();
  const [tab, setTab] = useState<'text' | 'changes'>('text');
  const { summary } = found;
  return (
    <CentrePage
      title={summary.title}
      lead={`${w('documents.edition')} ${summary.version} · ${when.date(summary.changed_at)} · ${summary.hash.slice(0, 12)}`}
      above={<BackLink to="/privacy/documents">{w('documents.title')}</BackLink>}
      actions={
        <>
          <Download path={`/privacy/documents/${summary.kind}/pdf`} query={{ language }} name={`${summary.kind}-${summary.language}.pdf`}>
            PDF
          </Download>
        </>
      }
    >
      {summary.notify_by && !summary.filed_at && (
        <Notice tone="waiting" title={w('documents.notifyBy', { day: when.date(summary.notify_by) })}>
          {w('documents.notifyText')}
        </Notice>
      )}
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label={w('documents.view')}
          value={tab}
          onChange={(value) => setTab(value === 'changes' ? 'changes' : 'text')}
          data={(['text', 'changes'] as const).map((value) => ({ value, label: w(`documents.tab_${value}`) }))}
        />
      </div>
      {tab === 'text' ? <DocumentView document={found.document} /> : <Changes kind={summary.kind} />}
    </CentrePage>
  );
}

export function DocumentPage() {
  const { kind = '' } = useParams();
  const { language } = useWords();
  const query = useAnswer(['document', kind, language], (signal) => privacyApi.document(kind, language, signal));
  return <Loaded query={query}>{(found) => <DetailView key={kind} found={found} />}</Loaded>;
}
