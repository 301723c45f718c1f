import { useWords } from '../words';
import { CentrePage } from '../shared/CentrePage';
import { EmptyState } from '../../../ui/EmptyState';
import { IconClock } from '../../../ui/icons';

export function AuditPage() {
  const { w } = useWords();
  return (
    <CentrePage title={w('audit.title')} lead={w('audit.lead')}>
      <EmptyState icon={IconClock} title={w('shared.soon')} />
    </CentrePage>
  );
}
