// The words of all pages of the centre, by page and language.

import type { Counterpart } from '../../i18n/en';
import * as audit from './audit/words';
import * as breaches from './breaches/words';
import * as consents from './consents/words';
import * as destruction from './destruction/words';
import * as documents from './documents/words';
import * as holds from './holds/words';
import * as jobs from './jobs/words';
import * as duties from './duties/words';
import * as organisation from './organisation/words';
import * as overview from './overview/words';
import * as people from './people/words';
import * as recipients from './recipients/words';
import * as requests from './requests/words';
import * as retention from './retention/words';
import * as operations from './shared/operationWords';
import * as shared from './shared/words';
import * as staff from './staff/words';
import * as terms from './shared/termWords';

const pages = {
  audit, breaches, consents, destruction, documents, holds, jobs, duties, operations, organisation, overview, people, recipients, requests, retention, shared, staff, terms,
};

type Pages = typeof pages;
type Words = { [Page in keyof Pages]: Pages[Page]['ru'] };

const inLanguage = <L extends 'ru' | 'en'>(language: L) =>
  Object.fromEntries(Object.entries(pages).map(([page, words]) => [page, words[language]]));

export const privacyWords = {
  ru: inLanguage('ru') as Words,
  en: inLanguage('en') as Counterpart<Words>,
};
