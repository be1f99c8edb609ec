import type { Palette } from './palette.ts';

/** What a person would call a colour. */
export type ColourName = { fr: string; en: string };

/** One name per colour of the palette, black last, all different. */
export function colourNames(palette: Palette): ColourName[] {
  return palette.colours.map((_, i) =>
    i === palette.allowedDays
      ? { fr: 'noir', en: 'black' }
      : { fr: `couleur ${i + 1}`, en: `colour ${i + 1}` },
  );
}
