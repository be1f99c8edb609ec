import type { PlanPoint } from '@vigie/contracts/vision';
import { metresBetween } from '../buildings/floor-plan.ts';

/** Somebody whom a camera sees at a place of the floor plan. `at`: capture time, milliseconds. */
export interface PlacedPerson {
  readonly cameraId: string;
  readonly at: number;
  readonly place: PlanPoint;
}

/** Pictures further apart than this show nobody at the same place: a walker goes a metre and more, milliseconds. */
const TOGETHER_MS = 1000;

/** One person, as some cameras see them; no camera twice. */
type Group = readonly PlacedPerson[];

/** Places first: of pairs that lie equally near, the names of their cameras must not decide. */
const orderOf = ({ cameraId, place: [x, y], at }: PlacedPerson) => [x, y, at, cameraId] as const;

function byOrder(a: PlacedPerson, b: PlacedPerson): number {
  const [one, other] = [orderOf(a), orderOf(b)];
  const i = one.findIndex((value, at) => value !== other[at]);
  return i < 0 ? 0 : (one[i] ?? 0) < (other[i] ?? 0) ? -1 : 1;
}

const canBeOne = (a: PlacedPerson, b: PlacedPerson, metres: number): boolean =>
  a.cameraId !== b.cameraId &&
  Math.abs(a.at - b.at) <= TOGETHER_MS &&
  metresBetween(a.place, b.place) <= metres;

function pairsWithin(people: readonly PlacedPerson[], metres: number) {
  const pairs = people.flatMap((one, i) =>
    people
      .slice(i + 1)
      .filter((other) => canBeOne(one, other, metres))
      .map((other) => ({ one, other, distance: metresBetween(one.place, other.place) })),
  );
  return pairs.sort((a, b) => a.distance - b.distance);
}

/**
 * How many people several cameras see together: nearest first, two sights of different cameras within `metres` of each
 * other are one person, as long as all sights of that person are. Never less than the camera that sees most, never more
 * than the sum; the order of the sights does not matter. Nothing but places is compared: no appearance, no face.
 */
export function peopleOnFloor(sights: readonly PlacedPerson[], metres: number): number {
  const people = sights.toSorted(byOrder);
  const groups = new Map<PlacedPerson, Group>(people.map((person) => [person, [person]]));
  for (const { one, other } of pairsWithin(people, metres)) {
    const a = groups.get(one) ?? [];
    const b = groups.get(other) ?? [];
    if (a === b || !a.every((mine) => b.every((theirs) => canBeOne(mine, theirs, metres))))
      continue;
    const joined = [...a, ...b];
    for (const person of joined) groups.set(person, joined);
  }
  return new Set(groups.values()).size;
}
