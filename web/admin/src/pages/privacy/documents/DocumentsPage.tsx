import { useWords } from '../words';
import { CentrePage } from '../shared/CentrePage';
import { EmptyState } from '../../../ui/EmptyState';
import { IconClock } from '../../../ui/icons';

export function DocumentsPage() {
  const { w } = useWords();
  return (
    <CentrePage title={w('documents.title')} lead={w('documents.lead')}>
      <EmptyState icon={IconClock} title={w('shared.soon')} />
    </CentrePage>
  );
}
