// Where a thing on the status page is put in order.

import { addressOf, sections, type SectionName } from '../sections';

const homes: Readonly<Record<string, SectionName>> = {
  responsible: 'staff',
  documents: 'documents',
  familiarisation: 'staff',
  agreements: 'staff',
  access: 'staff',
  reviews: 'staff',
  requests: 'requests',
  breaches: 'breaches',
  retention: 'retention',
  notification: 'documents',
  audit: 'audit',
  mail: 'jobs',
  jobs: 'jobs',
};

/** The section a status code belongs to; one not known yet leads to the documents. */
export function placeOf(code: string): { section: SectionName; to: string } {
  const found = homes[code] ?? homes[code.split(/[._]/)[0] ?? ''] ?? 'documents';
  const section = sections.find(({ name }) => name === found);
  return { section: found, to: section ? addressOf(section) : '/privacy' };
}
