import { showToast } from '../../../ui/toasts';
import { privacyApi } from '../api';
import { useRenew } from '../shared/queries';
import { ReasonDialog } from '../shared/ReasonDialog';
import type { RequestCase } from '../wire';
import { useWords } from '../words';
import { LinkDialog } from './LinkDialog';

export type CaseDialog = 'verify' | 'extend' | 'refuse' | 'close' | 'execute' | 'link';

/** The acts on a request that want a word before they happen. */
export function CaseDialogs({ found, dialog, close }: { found: RequestCase; dialog: CaseDialog | null; close(): void }) {
  const { w } = useWords();
  const renew = useRenew();
  const act = async (name: string, body: object | undefined, said: string) => {
    await privacyApi.actOnRequest(found.id, name, body);
    showToast(said);
    await renew();
  };
  const draft = (name: CaseDialog) => `privacy:${found.id}:${name}`;
  const { type } = found;
  return (
    <>
      <ReasonDialog
        opened={dialog === 'verify'}
        onClose={close}
        title={w('requests.verifyTitle')}
        text={w('requests.verifyText')}
        reasonLabel={w('requests.verifyReason')}
        confirm={w('requests.verify')}
        draft={draft('verify')}
        onSubmit={({ reason }) => act('verify', { reason }, w('requests.verified'))}
      />
      <ReasonDialog
        opened={dialog === 'extend'}
        onClose={close}
        title={w('requests.extendTitle')}
        text={w('requests.extendText')}
        confirm={w('requests.extend')}
        draft={draft('extend')}
        onSubmit={({ reason }) => act('extend', { reason }, w('requests.extended'))}
      />
      <ReasonDialog
        opened={dialog === 'refuse'}
        onClose={close}
        danger
        article
        title={w('requests.refuseTitle')}
        text={w('requests.refuseText')}
        confirm={w('requests.refuse')}
        draft={draft('refuse')}
        onSubmit={({ reason, article }) => act('refuse', { reason, article }, w('requests.refused'))}
      />
      <ReasonDialog
        opened={dialog === 'close'}
        onClose={close}
        reason={false}
        title={w('requests.closeTitle')}
        text={w('requests.closeText')}
        confirm={w('requests.close')}
        draft={draft('close')}
        onSubmit={() => act('close', undefined, w('requests.closed'))}
      />
      <LinkDialog found={found} opened={dialog === 'link'} close={close} />
      {type !== 'information' && (
        <ReasonDialog
          opened={dialog === 'execute'}
          onClose={close}
          reason={false}
          danger={type === 'deletion'}
          title={w(`requests.execute_${type}`)}
          text={w(`requests.executeText_${type}`)}
          confirm={w(`requests.execute_${type}`)}
          {...(type === 'deletion' ? { typed: w('requests.eraseWord') } : {})}
          draft={draft('execute')}
          onSubmit={() => act('execute', undefined, w('requests.executed'))}
        />
      )}
    </>
  );
}
