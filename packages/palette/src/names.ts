import { appearancesOf, LAB, STRIDE } from './appearance.ts';
import { leastCostChoice } from './least-cost-choice.ts';
import { FIRST_WORDS, NAMED_COLOURS } from './names.table.ts';
import type { Palette } from './palette.ts';
import { deltaE00SquaredAt } from './separation.ts';
import { codeOf } from './srgb.ts';

/** What a person would call a colour. */
export type ColourName = { fr: string; en: string };

/** Beyond so many days one word per colour would be far-fetched. */
const MOST_DAYS_WITH_OWN_NAME = 31;

/** By so much ΔE00 a first word may fit less well and still be taken: much where colours are few. */
const headStartFor = (days: number): number => Math.min(8, 60 / days);

/**
 * One name per colour of the palette, black last, all different. Up to 31 days each colour has a word
 * of its own, chosen so that all fit as well as they can together; beyond, a colour takes the nearest
 * word, and colours that share one are numbered in the order of the days: "vert 1", "vert 2".
 */
export function colourNames(palette: Palette): ColourName[] {
  const days = palette.colours.slice(0, -1);
  const chosen = days.length <= MOST_DAYS_WITH_OWN_NAME ? ownNames(days) : numberedNames(days);
  return [...chosen, { fr: 'noir', en: 'black' }];
}

function ownNames(days: readonly string[]): ColourName[] {
  return leastCostChoice(misfits(days)).map(nameAt);
}

function numberedNames(days: readonly string[]): ColourName[] {
  const nearest = misfits(days).map((row) => row.indexOf(Math.min(...row)));
  /** by index of the name */
  const used = new Map<number, number>();
  return nearest.map((name) => {
    const { fr, en } = nameAt(name);
    if (nearest.indexOf(name) === nearest.lastIndexOf(name)) return { fr, en };
    const number = (used.get(name) ?? 0) + 1;
    used.set(name, number);
    return { fr: `${fr} ${number}`, en: `${en} ${number}` };
  });
}

/** How badly each name, by column, fits each day's colour, by row: squared ΔE00, less the head start. */
function misfits(days: readonly string[]): number[][] {
  const given = appearancesOf(days.map(codeOf));
  const headStart = headStartFor(days.length);
  const meant = NAMED_COLOURS.map(([, , ...hexes]) => appearancesOf(hexes.map(codeOf)));
  return days.map((_, i) =>
    meant.map((table, name) => {
      let least = Infinity;
      for (let at = LAB; at < table.length; at += STRIDE) {
        least = Math.min(least, deltaE00SquaredAt(given, i * STRIDE + LAB, table, at));
      }
      const start = FIRST_WORDS.has(nameAt(name).en) ? headStart : 0;
      const misfit = Math.max(0, Math.sqrt(least) - start);
      return misfit * misfit;
    }),
  );
}

function nameAt(index: number): ColourName {
  const [fr, en] = NAMED_COLOURS[index] as (typeof NAMED_COLOURS)[number];
  return { fr, en };
}
