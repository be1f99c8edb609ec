import type { LegendDay, PaletteView } from '@vigie/contracts/parking';
import { colourNames, metricsOf, paletteFor } from '@vigie/palette';

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

/** A period's palette as pages show it. */
export function paletteViewOf(allowedDays: number): PaletteView {
  const { version, colours } = paletteFor(allowedDays);
  const { deltaE00, consecutiveDeltaE00 } = metricsOf(colours);
  return {
    allowedDays,
    version,
    legend: legendOf(allowedDays),
    leastDeltaE00: deltaE00,
    nextDayDeltaE00: consecutiveDeltaE00,
  };
}
