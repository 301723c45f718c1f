// The rooms of the privacy centre, in the order of its own navigation.

export interface Section {
  name: SectionName;
  /** Below /privacy; the overview stands at /privacy itself. */
  path: string;
}

export type SectionName =
  | 'overview'
  | 'requests'
  | 'people'
  | 'consents'
  | 'holds'
  | 'recipients'
  | 'retention'
  | 'destruction'
  | 'organisation'
  | 'documents'
  | 'staff'
  | 'breaches'
  | 'audit'
  | 'jobs';

const section = (name: SectionName, path: string = name): Section => ({ name, path });

export const groups = [
  { name: 'now', sections: [section('overview', '')] },
  { name: 'persons', sections: [section('requests'), section('people'), section('consents'), section('holds'), section('recipients')] },
  { name: 'storage', sections: [section('retention'), section('destruction')] },
  { name: 'organisation', sections: [section('organisation'), section('documents'), section('staff'), section('breaches')] },
  { name: 'control', sections: [section('audit'), section('jobs')] },
] as const;

export const sections: readonly Section[] = groups.flatMap((group) => [...group.sections]);

export const addressOf = ({ path }: Section) => (path ? `/privacy/${path}` : '/privacy');

/** The section an address belongs to: a case page belongs to the requests. */
export function sectionAt(pathname: string): Section | undefined {
  const [, , part = ''] = pathname.split('/');
  return sections.find(({ path }) => path === part);
}
