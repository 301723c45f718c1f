// Codes of the wire as words. A code nobody has words for yet is shown as it is, never hidden.

import { privacyWords } from '../allWords';
import { useText } from '../../../i18n';

type Kind = 'field' | 'purpose' | 'basis' | 'retention' | 'recipient' | 'channel' | 'from' | 'reason' | 'count' | 'mail' | 'actor' | 'review' | 'fault' | 'job' | 'origin';

/** "visitor.phone" of the kind "field" is `field_visitor_phone`. */
export function termIn(language: 'ru' | 'en', kind: Kind, code: string): string {
  const words: Readonly<Record<string, string>> = privacyWords[language].terms;
  return words[`${kind}_${code.replaceAll('.', '_')}`] ?? code;
}

/** Operations that have words, for choosing one. */
export const operationNames: readonly string[] = Object.keys(privacyWords.ru.operations);

/** Before the name of an operation that was asked for and not given. */
const kRefused = 'refused.';

/** An operation as the audit names it: "privacy.subject.block". */
export function operationIn(language: 'ru' | 'en', operation: string): string {
  const words: Readonly<Record<string, string>> = privacyWords[language].operations;
  const refused = operation.startsWith(kRefused) ? operation.slice(kRefused.length) : null;
  if (refused !== null) return `${language === 'ru' ? 'Отказано' : 'Refused'}: ${operationIn(language, refused)}`;
  return words[operation] ?? termIn(language, 'job', operation);
}

/** Names in a row: only the first begins with a capital. */
const listed = (names: readonly string[]) => names.map((name, index) => (index === 0 ? name : lowerFirst(name))).join(', ');

export const lowerFirst = (text: string) => text.charAt(0).toLocaleLowerCase() + text.slice(1);

/** Columns as the audit names them, "visitor.phone_box", by their fields; several boxes of one field are one. */
export function fieldsIn(language: 'ru' | 'en', columns: readonly string[]): string {
  const names = columns.map((column) => termIn(language, 'field', column.replace(/_box$/, '')));
  return listed([...new Set(names)]);
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
    terms: (kind: Kind, codes: readonly string[]) => listed(codes.map((code) => termIn(language, kind, code))),
    actor: (actor: string) => actorIn(language, actor),
    operation: (operation: string) => operationIn(language, operation),
    fields: (columns: readonly string[]) => fieldsIn(language, columns),
  };
}
