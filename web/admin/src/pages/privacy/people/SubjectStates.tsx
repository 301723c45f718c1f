import { Chip } from '../../../ui/Chip';
import type { SubjectSummary } from '../wire';
import { useWords } from '../words';

export function SubjectStates({ subject }: { subject: Pick<SubjectSummary, 'blocked_at' | 'erased_at'> }) {
  const { w } = useWords();
  if (subject.erased_at) return <Chip tone="quiet">{w('people.state_erased')}</Chip>;
  if (subject.blocked_at) return <Chip tone="danger">{w('people.state_blocked')}</Chip>;
  return null;
}
