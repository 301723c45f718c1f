import { useWords } from '../words';
import { CentrePage } from '../shared/CentrePage';
import { EmptyState } from '../../../ui/EmptyState';
import { IconClock } from '../../../ui/icons';

export function StaffPage() {
  const { w } = useWords();
  return (
    <CentrePage title={w('staff.title')} lead={w('staff.lead')}>
      <EmptyState icon={IconClock} title={w('shared.soon')} />
    </CentrePage>
  );
}
