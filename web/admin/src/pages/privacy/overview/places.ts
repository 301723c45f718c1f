// Where a thing on the status page is put in order.

import { addressOf, sectionAt, sections, type SectionName } from '../sections';

const homes: Readonly<Record<string, SectionName>> = { requests: 'requests', audit: 'audit', mail: 'jobs', jobs: 'jobs' };

/** The section the server links to; without a link, the one the code belongs to. */
export function placeOf(code: string, link: string): { section: SectionName; to: string } {
  const linked = link.startsWith('/privacy') ? sectionAt(link) : undefined;
  const section = linked ?? sections.find(({ name }) => name === (homes[code] ?? 'overview'));
  return section ? { section: section.name, to: linked ? link : addressOf(section) } : { section: 'overview', to: '/privacy' };
}
