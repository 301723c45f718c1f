// Codes of the wire as words. A code nobody has words for yet is shown as it is, never hidden.

import { privacyWords } from '../allWords';
import { useText } from '../../../i18n';

type Kind = 'field' | 'purpose' | 'basis' | 'retention' | 'recipient' | 'channel' | 'from' | 'reason' | 'count' | 'mail' | 'actor' | 'review';

/** "visitor.phone" of the kind "field" is `field_visitor_phone`. */
export function termIn(language: 'ru' | 'en', kind: Kind, code: string): string {
  const words: Readonly<Record<string, string>> = privacyWords[language].terms;
  return words[`${kind}_${code.replaceAll('.', '_')}`] ?? code;
}

/** An actor as the audit names it: "employee:0190…", "system". */
export function actorIn(language: 'ru' | 'en', actor: string): string {
  const [kind = '', id = ''] = actor.split(':');
  if (kind === 'employee') return `${termIn(language, 'from', 'employee')} ${id.slice(0, 8)}`.trim();
  return termIn(language, 'actor', kind);
}

export function useTerms() {
  const { language } = useText();
  return {
    term: (kind: Kind, code: string) => termIn(language, kind, code),
    terms: (kind: Kind, codes: readonly string[]) => codes.map((code) => termIn(language, kind, code)).join(', '),
    actor: (actor: string) => actorIn(language, actor),
  };
}
