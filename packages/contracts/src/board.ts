import { tallyOf } from './assembly.ts';
import type { Board, BoardRoom, Incident, RoomStanding } from './evacuation.ts';

const rank: Readonly<Record<RoomStanding['kind'], number>> = {
  people: 0,
  contradiction: 1,
  unknown: 2,
  empty: 3,
  swept: 4,
};
const byName = new Intl.Collator('fr', { numeric: true });

/**
 * The board of an incident. Rooms stand in order of need by fact, never by a score: people (most first), contradiction,
 * unknown, empty, swept; then by name. An unknown room adds nothing to the lower limit and takes the upper one away, and
 * so does a contradiction in which nobody is seen.
 * `assembled`, `blind`: as they are to be shown.
 * Source: Regulation (EU) 2024/1689, annex III 5(d), which makes a ranking of persons in need high-risk.
 */
export function boardFrom(
  incident: Incident,
  rooms: readonly BoardRoom[],
  { assembled, blind }: Pick<Board, 'assembled' | 'blind'>,
): Board {
  const totals = totalsOf(rooms);
  const start = { min: sum(rooms.map(({ frozen }) => frozen.min ?? 0)), max: totals.frozenMax };
  const inside = { min: totals.peopleMin, max: totals.peopleMax };
  const tally = tallyOf(start, inside, assembled);
  const inOrder = rooms.toSorted(byNeed);
  return { incident, rooms: inOrder, totals, blind, assembled, tally, logDelayedSince: null };
}

function byNeed(a: BoardRoom, b: BoardRoom): number {
  return (
    rank[a.standing.kind] - rank[b.standing.kind] ||
    mostSeen(b) - mostSeen(a) ||
    byName.compare(a.room.name, b.room.name) ||
    byName.compare(a.room.id, b.room.id)
  );
}

const mostSeen = ({ standing, live }: BoardRoom): number =>
  Math.max(live.count ?? 0, standing.kind === 'people' ? standing.min : 0);

function totalsOf(rooms: readonly BoardRoom[]): Board['totals'] {
  const ranges = rooms.map(insideOf);
  const inState = (kind: RoomStanding['kind']) =>
    rooms.filter(({ standing }) => standing.kind === kind).length;
  return {
    peopleMin: sum(ranges.map(({ min }) => min)),
    peopleMax: sumIfKnown(ranges.map(({ max }) => max)),
    roomsWithPeople: inState('people'),
    roomsInContradiction: inState('contradiction'),
    roomsUnknown: inState('unknown'),
    roomsSwept: inState('swept'),
    roomsEmpty: inState('empty'),
    frozenPeople: sum(rooms.map((room) => room.frozen.count ?? 0)),
    frozenMax: sumIfKnown(rooms.map((room) => room.frozen.max)),
  };
}

/** How many are in a room. Whom an override explains away may be there all the same: not in the least, but in the most. */
function insideOf({ standing, live }: BoardRoom): { min: number; max: number | null } {
  switch (standing.kind) {
    case 'people':
      return { min: standing.min, max: standing.max };
    case 'swept':
      return { min: 0, max: live.state === 'people' ? live.max : 0 };
    case 'empty':
      return { min: 0, max: 0 };
    case 'contradiction':
      return live.state === 'people'
        ? { min: live.min ?? 0, max: live.max }
        : { min: 0, max: null };
    case 'unknown':
      return { min: 0, max: null };
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

const sumIfKnown = (numbers: readonly (number | null)[]): number | null =>
  numbers.includes(null) ? null : sum(numbers.map((n) => n ?? 0));
