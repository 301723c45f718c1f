import { useWords } from '../words';
import { CentrePage } from '../shared/CentrePage';
import { EmptyState } from '../../../ui/EmptyState';
import { IconClock } from '../../../ui/icons';

export function RequestsPage() {
  const { w } = useWords();
  return (
    <CentrePage title={w('requests.title')} lead={w('requests.lead')}>
      <EmptyState icon={IconClock} title={w('shared.soon')} />
    </CentrePage>
  );
}
