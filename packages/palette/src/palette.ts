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
  return known.get(allowedDays) ?? keep(shippedColours(allowedDays) ?? liveColours(allowedDays));
}

/** `true` when `paletteFor` answers at once: there is a table, or the search is done. */
export const isAtHand = (allowedDays: number): boolean =>
  known.has(allowedDays) || SHIPPED[allowedDays] !== undefined;

/** Takes over what `liveColours` found in another thread, so that `paletteFor` has it at hand. */
export function keep(days: readonly HexString[]): Palette {
  const colours = Object.freeze([...days, BLACK]);
  const palette = Object.freeze({
    allowedDays: days.length,
    version: versionOf(colours),
    colours,
  });
  known.set(days.length, palette);
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
