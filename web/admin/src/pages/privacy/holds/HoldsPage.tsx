import { useWords } from '../words';
import { CentrePage } from '../shared/CentrePage';
import { EmptyState } from '../../../ui/EmptyState';
import { IconClock } from '../../../ui/icons';

export function HoldsPage() {
  const { w } = useWords();
  return (
    <CentrePage title={w('holds.title')} lead={w('holds.lead')}>
      <EmptyState icon={IconClock} title={w('shared.soon')} />
    </CentrePage>
  );
}
