import type { CaseNotice } from '@vigie/contracts/case-notice';
import type { Language } from '@vigie/contracts/recipients';

/** Longer addresses are cut: a short message is paid by its length. */
const longestAddress = 60;

/**
 * The short message of a case, in one language (undefined: French). Only letters of the GSM alphabet are ours, so that
 * 160 of them fit into one part; names of places are kept as they are. Source: 3GPP TS 23.038, clause 6.2.1.
 */
export function caseSms(notice: CaseNotice, language: Language = 'fr'): string {
  const { kind, number, space, zone, days, link } = notice;
  const place = [space.label, space.address.slice(0, longestAddress)].filter(Boolean).join(', ');
  const said = language === 'fr' ? french : english;
  const what = kind === 'gone' ? said.gone : said[kind](`${days}/${zone.allowedDays}`);
  return [`${said.case} ${number}, ${said.place} ${place}.`, what, link].filter(Boolean).join(' ');
}

const french = {
  case: 'Vigie dossier',
  place: 'place',
  opened: (days: string) => `Jour ${days}. Vérifier si volé, aller voir.`,
  reminder: (days: string) => `Rappel, jour ${days}. Vérifier si volé, aller voir.`,
  escalated: (days: string) => `Sans réponse, à vous. Jour ${days}. Vérifier si volé, aller voir.`,
  gone: 'Place libre, inutile de se déplacer.',
};

const english = {
  case: 'Vigie case',
  place: 'space',
  opened: (days: string) => `Day ${days}. Check if stolen, go and look.`,
  reminder: (days: string) => `Reminder, day ${days}. Check if stolen, go and look.`,
  escalated: (days: string) => `No answer, now yours. Day ${days}. Check if stolen, go and look.`,
  gone: 'Space free again, no need to go.',
};
