// What the privacy centre says, as one i18next namespace that comes with its code.

import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n';
import { privacyWords } from './allWords';

i18next.addResourceBundle('ru', 'privacy', privacyWords.ru);
i18next.addResourceBundle('en', 'privacy', privacyWords.en);

/** The centre's own words as `w`, the panel's as `t`. */
export function useWords() {
  const { t, language } = useText();
  const { t: w } = useTranslation('privacy');
  return { w, t, language };
}

export type Say = ReturnType<typeof useWords>['w'];
