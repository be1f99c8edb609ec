import type { AssembledPeople, AssemblyCount, AssemblyTally } from './sweeps.ts';

/** So many people, or more; `max` null: nobody knows how many more. */
interface Range {
  readonly min: number;
  readonly max: number | null;
}

const byName = new Intl.Collator('fr', { numeric: true });

/**
 * The people at each assembly point: the newest `set` and every `add` made after it, never fewer than 0. The order in
 * which counts came does not matter; each counts once.
 */
export function assembledFrom(counts: readonly AssemblyCount[]): AssembledPeople[] {
  const once = [...new Map(counts.map((count) => [count.id, count])).values()];
  return [...Map.groupBy(once, ({ point }) => point)]
    .map(([point, its]) => assembledAt(point, its.toSorted(byTime)))
    .sort((a, b) => byName.compare(a.point, b.point));
}

function assembledAt(point: string, counts: readonly AssemblyCount[]): AssembledPeople {
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

/**
 * Whether those inside now and those assembled are those of T0. Only what must be so is said: `missing` when even the
 * most that may be inside do not make up for it, `open` while rooms whose number nobody knows could.
 */
export function tallyOf(
  start: Range,
  inside: Range,
  assembledPeople: readonly AssembledPeople[],
): AssemblyTally {
  const assembled = assembledPeople.reduce((total, { people }) => total + people, 0);
  const tally = (kind: AssemblyTally['kind'], people = 0) => ({ kind, people, assembled });
  if (assembledPeople.length === 0) return tally('not-counted');
  const least = inside.min + assembled;
  if (inside.max !== null && inside.max + assembled < start.min)
    return tally('missing', start.min - inside.max - assembled);
  if (start.max === null)
    return least < start.min ? tally('open', start.min - least) : tally('unknown-start');
  if (least > start.max) return tally('more', least - start.max);
  return least < start.max ? tally('open', start.max - least) : tally('adds-up');
}
