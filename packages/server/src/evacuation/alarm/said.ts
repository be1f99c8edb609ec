import type { Moment } from '@vigie/contracts/commissioning';
import type { Headcount } from '@vigie/contracts/vision';

/** What a camera said of one moment. */
export type Statement = Pick<Moment, 'count' | 'min' | 'max' | 'health'>;

/** A stretch of time in which a camera said the same, by its worker's clock; milliseconds since 1970. */
export interface Said extends Statement {
  readonly from: number;
  readonly until: number;
}

/** So long a camera's words are remembered: a drill and the time to type its numbers; milliseconds. */
const MEMORY_MS = 2 * 3_600_000;
/** Workers repeat themselves every second: after a longer hole the same word is a new one; milliseconds. */
const LONGEST_HOLE_MS = 3000;
/** A camera that changes its mind at every look is remembered for less long. */
const MOST_STRETCHES = 5000;

const isSame = (a: Statement, b: Statement): boolean =>
  a.count === b.count && a.min === b.min && a.max === b.max && a.health === b.health;

/** Adds a headcount to what a camera said, oldest first; one that came late adds nothing. */
export function withWord(said: readonly Said[], headcount: Headcount): readonly Said[] {
  const { count, min, max, health, ageMs } = headcount;
  const at = Date.parse(headcount.at);
  const until = at + ageMs;
  // Only a count speaks of its picture; that a camera is lost is true when it is said.
  const word: Said = { count, min, max, health, from: health === 'ok' ? at : until, until };
  const last = said.at(-1);
  if (last && until < last.until) return said;
  const isKept = ({ until: end }: Said): boolean => end >= until - MEMORY_MS;
  const goesOn = last && isSame(last, word) && word.from - last.until <= LONGEST_HOLE_MS;
  if (goesOn) return [...said.slice(0, -1), { ...last, until }];
  return [...said.filter(isKept), word].slice(-MOST_STRETCHES);
}

const SILENT: Statement = { count: null, min: null, max: null, health: 'lost' };

/** What the camera said of the moment `at`; a silence longer than `staleMs` is `lost`; `undefined`: it is not remembered. */
export function saidAt(said: readonly Said[], at: number, staleMs: number): Statement | undefined {
  const word = said.findLast(({ from }) => from <= at);
  if (!word) return undefined;
  if (at - word.until > staleMs) return SILENT;
  const { count, min, max, health } = word;
  return { count, min, max, health };
}
