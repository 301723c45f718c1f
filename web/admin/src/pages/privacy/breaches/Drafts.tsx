// The drafts of what a breach makes one send: read here, taken along as PDF, sent by hand.

import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { privacyApi } from '../api';
import { Panel } from '../shared/CentrePage';
import { DocumentView } from '../shared/DocumentView';
import { Download } from '../shared/Download';
import { Loaded } from '../shared/Loaded';
import { useAnswer } from '../shared/queries';
import type { Breach, BreachNotice } from '../wire';
import { useWords } from '../words';
import classes from '../shared/Shared.module.css';

const kinds = ['notice', 'report', 'persons'] as const satisfies readonly BreachNotice['kind'][];

function Draft({ breach, kind }: { breach: Breach; kind: BreachNotice['kind'] }) {
  const { language } = useWords();
  const query = useAnswer(['breach-notice', breach.id, kind, language], (signal) =>
    privacyApi.breachNotice(breach.id, kind, language, signal),
  );
  return <Loaded query={query}>{({ document }) => <DocumentView document={document} />}</Loaded>;
}

export function Drafts({ breach }: { breach: Breach }) {
  const { w, t, language } = useWords();
  const [reading, setReading] = useState<BreachNotice['kind'] | null>(null);
  return (
    <Panel title={w('breaches.drafts')} note={w('breaches.draftsText')}>
      <ul className={classes.tasks} data-testid="drafts">
        {kinds.map((kind) => (
          <li key={kind}>
            {w(`breaches.draft_${kind}`)}
            <span className={classes.actions}>
              <Button size="compact-sm" variant="default" onClick={() => setReading(kind)} data-testid={`draft-${kind}`}>
                {w('breaches.draftRead')}
              </Button>
              <Download
                small
                path={`/privacy/breaches/${breach.id}/notices/${kind}/pdf`}
                query={{ language }}
                name={`${breach.number}-${kind}.pdf`}
              >
                PDF
              </Download>
            </span>
          </li>
        ))}
      </ul>
      <Modal
        opened={reading !== null}
        onClose={() => setReading(null)}
        size="xl"
        title={reading && w(`breaches.draft_${reading}`)}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {reading && <Draft breach={breach} kind={reading} />}
      </Modal>
    </Panel>
  );
}
