import type { Display, LegendDay } from '@vigie/contracts/parking';
import type { Language } from '../../platform/i18n.ts';

/**
 * What a person would call the colour a bollard shows, by the legend of its period; `undefined` when it shows
 * none, or one that the legend does not have for this day (a bollard with an older palette: better no name than
 * a wrong one). Days beyond the legend are black.
 */
export function colourName(
  { colour, day }: Pick<Display, 'colour' | 'day'>,
  legend: readonly LegendDay[],
  language: Language,
): string | undefined {
  if (colour === null || day === null) return undefined;
  const line = legend[day - 1] ?? legend.at(-1);
  if (line?.colour !== colour) return undefined;
  return language === 'fr' ? line.nameFr : line.nameEn;
}
