import { createInstance, type i18n as I18n, type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the pages, the first one by default. */
export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

const KEPT_AS = 'vigie.language';

/** A text in every language: a missing one does not compile. */
export const inBoth = <F extends Record<string, string>>(
  fr: F,
  en: { [K in keyof F]: string },
): { fr: F; en: { [K in keyof F]: string } } => ({ fr, en });

/** The language of this text or tag, French when it is none of ours. */
export const languageFrom = (text: string | null | undefined): Language =>
  languages.find((language) => text?.toLowerCase().startsWith(language)) ?? 'fr';

/** The texts of the pages. `storage` keeps the choice of this browser. */
export function createI18n(resources: Resource, storage: Storage): I18n {
  const i18n = createInstance();
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    storage.setItem(KEPT_AS, language);
  });
  void i18n.use(initReactI18next).init({
    resources,
    lng: languageFrom(storage.getItem(KEPT_AS)),
    fallbackLng: 'fr',
    keySeparator: false,
    defaultNS: 'face',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return i18n;
}
