import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languageFrom, languages } from '../platform/i18n.ts';

const names = { fr: 'Français', en: 'English' };

/** French or English; the choice stays with this browser. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Langue / Language"
      value={languageFrom(i18n.language)}
      onChange={(language) => void i18n.changeLanguage(language)}
      data={languages.map((language) => ({
        value: language,
        label: (
          <span lang={language} title={names[language]}>
            <span aria-hidden>{language.toUpperCase()}</span>
            <span className="visually-hidden">{names[language]}</span>
          </span>
        ),
      }))}
    />
  );
}
