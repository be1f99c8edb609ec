import type { LegendDay } from '@vigie/contracts/parking';
import { colourNames, paletteFor } from '@vigie/palette';

/** Every day of a period with its colour and its name; the last line is black. */
export function legendOf(allowedDays: number): LegendDay[] {
  const palette = paletteFor(allowedDays);
  const names = colourNames(palette);
  return palette.colours.map((colour, index) => ({
    day: index + 1,
    colour,
    nameFr: names[index]?.fr ?? colour,
    nameEn: names[index]?.en ?? colour,
  }));
}
