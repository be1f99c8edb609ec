import { gridCandidates } from './candidates.ts';
import { farthestPoints } from './farthest-points.ts';
import { weightsFor } from './separation.ts';
import { type HexString, hexOf } from './srgb.ts';
import { versionOf } from './version.ts';

/** The colours of a parking period, day by day. */
export type Palette = {
  /** 1 … 366. */
  allowedDays: number;
  /** Changes whenever any colour does. */
  version: string;
  /** `allowedDays` colours, all different, then `#000000`. */
  colours: readonly HexString[];
};

export const BLACK: HexString = '#000000';
export const MOST_DAYS = 366;

/** by allowed days */
const known = new Map<number, Palette>();

/** The palette of a period. The same number always gives the same object. @throws RangeError unless 1 … 366. */
export function paletteFor(allowedDays: number): Palette {
  if (!Number.isInteger(allowedDays) || allowedDays < 1 || allowedDays > MOST_DAYS) {
    throw new RangeError(
      `A palette is for a whole number of days, 1 to ${MOST_DAYS}: not ${allowedDays}.`,
    );
  }
  const found = known.get(allowedDays);
  if (found) return found;
  const days = farthestPoints(gridCandidates(12), allowedDays, weightsFor(allowedDays + 1));
  const colours = Object.freeze([...days.map(hexOf), BLACK]);
  const palette = Object.freeze({ allowedDays, version: versionOf(colours), colours });
  known.set(allowedDays, palette);
  return palette;
}

/** Colour of a day, 1 = day of arrival; black beyond the allowed days. @throws RangeError unless ≥ 1. */
export function colourOf(palette: Palette, day: number): HexString {
  if (!Number.isInteger(day) || day < 1) {
    throw new RangeError(`Days are whole numbers from 1 on: not ${day}.`);
  }
  return palette.colours[day - 1] ?? BLACK;
}
