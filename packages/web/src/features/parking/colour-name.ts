import type { Display } from '@vigie/contracts/parking';
import { colourNames, paletteFor } from '@vigie/palette';
import type { Language } from '../../platform/i18n.ts';

/**
 * What a person would call the colour a bollard shows; `undefined` when it shows none, or one that is not in
 * our palette (a bollard with another version: better no name than a wrong one).
 */
export function colourName(display: Display, language: Language): string | undefined {
  const { colour, day, allowedDays } = display;
  if (colour === null || day === null) return undefined;
  const palette = paletteFor(allowedDays);
  const index = Math.min(day - 1, allowedDays);
  return palette.colours[index] === colour ? colourNames(palette)[index]?.[language] : undefined;
}
