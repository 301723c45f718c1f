// In which order the texts come: the person's own agreement, the documents, then the business's agreement.

import type { Duties, PaperToSign, ShownPaper } from '../wire';

export type DutyStep =
  | { kind: 'agreement' | 'processing'; paper: ShownPaper }
  | { kind: 'document'; paper: PaperToSign };

export function stepsOf(duties: Duties): DutyStep[] {
  return [
    ...(duties.agreement ? [{ kind: 'agreement' as const, paper: duties.agreement }] : []),
    ...duties.documents.map((paper) => ({ kind: 'document' as const, paper })),
    ...(duties.processing_agreement ? [{ kind: 'processing' as const, paper: duties.processing_agreement }] : []),
  ];
}
