// Both languages are typed after the Russian resources: a key that is missing in one of them, or
// asked for and in none, does not compile.

import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { setRequestLanguage } from '../api/http';
import { recall, remember } from '../lib/remembered';
import type { Language } from '../lib/time';
import type { privacyWords } from '../pages/privacy/allWords';
import { ru } from './ru';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ru; privacy: typeof privacyWords.ru };
    returnNull: false;
  }
}

export const languages: readonly Language[] = ['ru', 'en'];

const isLanguage = (text: string | null): text is Language => text === 'ru' || text === 'en';

function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
  setRequestLanguage(language);
}

/** Russian is at hand, English is fetched by who reads it. */
async function load(language: Language): Promise<void> {
  if (language === 'ru' || i18next.hasResourceBundle(language, 'translation')) return;
  const { en } = await import('./en');
  i18next.addResourceBundle(language, 'translation', en);
}

export async function startTranslations(): Promise<void> {
  const remembered = recall('language');
  const language: Language = isLanguage(remembered) ? remembered : 'ru';
  applyLanguage(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ru',
    resources: { ru: { translation: ru } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  // Without the English words (an update, a lost line) the panel still speaks Russian.
  await load(language).catch(() => {});
}

export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  remember('language', language);
  applyLanguage(language);
  await i18next.changeLanguage(language);
}

/** The translator and the language it speaks, which the Intl helpers want. */
export function useText() {
  const { t, i18n } = useTranslation();
  const language: Language = isLanguage(i18n.language) ? i18n.language : 'ru';
  return { t, language };
}

export type Translate = ReturnType<typeof useText>['t'];
