import type { RoomState } from './evacuation.ts';
import type { AssembledPeople, AssemblyCount, AssemblyTally, SeenPeople } from './sweeps.ts';

/** So many people, or more; `max` null: nobody knows how many more. */
type Range = SeenPeople;

/** An assembly point of the registry, with what cameras see there; `states` empty: none watches it. */
export interface AssemblyPlace {
  readonly name: string;
  readonly states: readonly Pick<RoomState, 'min' | 'max'>[];
}

/** People at a point as somebody counted them. */
export interface CountedPeople {
  point: string;
  people: number;
  by: string;
  at: string;
}

const byName = new Intl.Collator('fr', { numeric: true });

/**
 * The people whom somebody counted at each assembly point: the newest `set` and every `add` made after it, never fewer than
 * 0. The order in which counts came does not matter; each counts once.
 */
export function countedFrom(counts: readonly AssemblyCount[]): CountedPeople[] {
  const once = [...new Map(counts.map((count) => [count.id, count])).values()];
  return [...Map.groupBy(once, ({ point }) => point)]
    .map(([point, its]) => countedAt(point, its.toSorted(byTime)))
    .sort((a, b) => byName.compare(a.point, b.point));
}

function countedAt(point: string, counts: readonly AssemblyCount[]): CountedPeople {
  let people = 0;
  let [by, at] = ['', ''];
  for (const count of counts) {
    people = count.how === 'set' ? count.people : people + count.people;
    ({ by, madeAt: at } = count);
  }
  return { point, people: Math.max(0, people), by, at };
}

const byTime = (a: AssemblyCount, b: AssemblyCount): number =>
  Date.parse(a.madeAt) - Date.parse(b.madeAt) || (a.id < b.id ? -1 : Number(a.id > b.id));

/** Every point of the registry and every point that somebody counted besides, by name. */
export function assembledFrom(
  counted: readonly CountedPeople[],
  places: readonly AssemblyPlace[],
): AssembledPeople[] {
  const points = new Set([...places.map(({ name }) => name), ...counted.map(({ point }) => point)]);
  return [...points].sort(byName.compare).map((point) => {
    const {
      people = null,
      by = null,
      at = null,
    } = counted.find((one) => one.point === point) ?? {};
    const states = places.filter(({ name }) => name === point).flatMap((place) => place.states);
    return { point, people, by, at, seen: states.length > 0 ? rangeOf(states) : null };
  });
}

const rangeOf = (parts: readonly { min: number | null; max: number | null }[]): Range =>
  parts.reduce<Range>(
    (sum, { min, max }) => ({
      min: sum.min + (min ?? 0),
      max: sum.max === null || max === null ? null : sum.max + max,
    }),
    { min: 0, max: 0 },
  );

/**
 * Whether those inside now and those assembled are those of T0. Only what must be so is said: `missing` when even the
 * most that may be inside and outside do not make up for it, `open` while rooms or points whose number nobody knows could.
 * Whom a camera alone sees outside may be a passer-by: they are in the most, never in the least.
 */
export function tallyOf(
  start: Range,
  inside: Range,
  points: readonly AssembledPeople[],
): AssemblyTally {
  const assembled = points.reduce((total, { people }) => total + (people ?? 0), 0);
  const uncounted = points.filter(({ people }) => people === null);
  const watched = uncounted.flatMap(({ seen }) => seen ?? []);
  const seen = watched.length > 0 ? rangeOf(watched) : null;
  const tally = (kind: AssemblyTally['kind'], people = 0) => ({ kind, people, assembled, seen });
  if (uncounted.length === points.length && !seen) return tally('not-counted');
  const least = inside.min + assembled;
  const outside = rangeOf(uncounted.map((point) => point.seen ?? { min: 0, max: null }));
  const most = rangeOf([inside, { min: assembled, max: assembled }, outside]).max;
  if (most !== null && most < start.min) return tally('missing', start.min - most);
  if (start.max === null)
    return least < start.min ? tally('open', start.min - least) : tally('unknown-start');
  if (least > start.max) return tally('more', least - start.max);
  return least < start.max ? tally('open', start.max - least) : tally('adds-up');
}
