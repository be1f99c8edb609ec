import { liveEffort, searchedColours } from './search.ts';
import { type HexString, hexOf } from './srgb.ts';
import { SHIPPED } from './tables/shipped.ts';
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

/**
 * The palette of a period: a shipped table where there is one, else a live search, which takes up to a
 * few seconds. The same number gives the same object, and the same colours on every machine.
 * @throws RangeError unless 1 … 366.
 */
export function paletteFor(allowedDays: number): Palette {
  if (!Number.isInteger(allowedDays) || allowedDays < 1 || allowedDays > MOST_DAYS) {
    throw new RangeError(
      `A palette is for a whole number of days from 1 to ${MOST_DAYS}, not ${allowedDays}.`,
    );
  }
  const found = known.get(allowedDays);
  if (found) return found;
  const days = shippedColours(allowedDays) ?? liveColours(allowedDays);
  const colours = Object.freeze([...days, BLACK]);
  const palette = Object.freeze({ allowedDays, version: versionOf(colours), colours });
  known.set(allowedDays, palette);
  return palette;
}

/** Colour of a day, 1 = day of arrival; black beyond the allowed days. @throws RangeError unless ≥ 1. */
export function colourOf(palette: Palette, day: number): HexString {
  if (!Number.isInteger(day) || day < 1) {
    throw new RangeError(`Days are whole numbers from 1 on, not ${day}.`);
  }
  return palette.colours[day - 1] ?? BLACK;
}

/** Colours of the days, black left out, found while somebody waits. */
export function liveColours(allowedDays: number): HexString[] {
  return searchedColours(allowedDays, liveEffort(allowedDays)).map(hexOf);
}

/** Colours of the days, black left out, from a long search; undefined where none is shipped. */
export function shippedColours(allowedDays: number): HexString[] | undefined {
  const digits = SHIPPED[allowedDays];
  if (digits === undefined) return undefined;
  return Array.from(
    { length: allowedDays },
    (_, i) => `#${digits.slice(6 * i, 6 * i + 6)}` as const,
  );
}
