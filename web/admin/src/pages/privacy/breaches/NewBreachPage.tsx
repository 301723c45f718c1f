import { useState } from 'react';
import { useNavigate } from 'react-router';
import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { BackLink } from '../shared/BackLink';
import { CentrePage, Panel } from '../shared/CentrePage';
import { useRenew } from '../shared/queries';
import { useWords } from '../words';
import { BreachForm } from './BreachForm';

export function NewBreachPage() {
  const { w } = useWords();
  const navigate = useNavigate();
  const renew = useRenew();
  const [opened] = useState(() => new Date().toISOString());
  return (
    <CentrePage
      title={w('breaches.addTitle')}
      lead={w('breaches.addLead')}
      above={<BackLink to="/privacy/breaches">{w('breaches.title')}</BackLink>}
    >
      <Panel>
        <BreachForm
          before={{ found_at: opened, what: '', cause: '', harm: '', measures: '', people: null, categories: [] }}
          confirm={w('breaches.create')}
          onSubmit={async (said) => {
            const made = await privacyApi.createBreach(said);
            await renew();
            showToast(w('breaches.created'));
            await navigate(`/privacy/breaches/${made.id}`, { replace: true });
          }}
        />
      </Panel>
    </CentrePage>
  );
}
