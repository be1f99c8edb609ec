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

/** The first of a browser's languages that is one of ours, French when there is none. */
export const preferredLanguage = (tags: readonly string[]): Language =>
  tags
    .map((tag) => languages.find((language) => tag.toLowerCase().startsWith(language)))
    .find((language) => language !== undefined) ?? 'fr';

/** The texts of the pages, in `first` until somebody chooses. `storage` keeps the choice of this browser. */
export function createI18n(resources: Resource, storage: Storage, first: Language): I18n {
  const i18n = createInstance();
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  void i18n.use(initReactI18next).init({
    resources,
    lng: storage.getItem(KEPT_AS) === null ? first : languageFrom(storage.getItem(KEPT_AS)),
    fallbackLng: 'fr',
    keySeparator: false,
    defaultNS: 'face',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  // Only a choice is kept: what a visitor's browser prefers is asked anew each time.
  i18n.on('languageChanged', (language) => storage.setItem(KEPT_AS, language));
  return i18n;
}
