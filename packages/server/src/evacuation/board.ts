import type { Board, BoardRoom, Incident, RoomState } from '@vigie/contracts/evacuation';

const rank: Readonly<Record<RoomState['state'], number>> = { people: 0, unknown: 1, empty: 2 };
const byName = new Intl.Collator('fr', { numeric: true });

/**
 * The board of an incident. Rooms stand in order of need by fact, never by a score: people (most first), unknown,
 * empty; then by name. An unknown room adds nothing to the lower limit and takes the upper one away.
 * Source: Regulation (EU) 2024/1689, annex III 5(d), which makes a ranking of persons in need high-risk.
 */
export function boardFrom(incident: Incident, rooms: readonly BoardRoom[]): Board {
  return {
    incident,
    rooms: rooms.toSorted(byNeed),
    totals: totalsOf(rooms),
    logDelayedSince: null,
  };
}

/**
 * When a room was first seen empty since T0: `before` once it is known, else the moment of the look if the room is
 * seen empty by pictures taken at T0 or later, else null. A room that was already empty has to be seen again.
 */
export function confirmedEmptyAt(
  live: RoomState,
  startedAt: string,
  before: string | null,
): string | null {
  if (before !== null) return before;
  const isConfirmed =
    live.state === 'empty' && live.at !== null && Date.parse(live.at) >= Date.parse(startedAt);
  return isConfirmed ? live.at : null;
}

function byNeed(a: BoardRoom, b: BoardRoom): number {
  return (
    rank[a.live.state] - rank[b.live.state] ||
    (b.live.count ?? 0) - (a.live.count ?? 0) ||
    byName.compare(a.room.name, b.room.name) ||
    byName.compare(a.room.id, b.room.id)
  );
}

function totalsOf(rooms: readonly BoardRoom[]): Board['totals'] {
  const live = rooms.map((room) => room.live);
  const inState = (state: RoomState['state']) => live.filter((room) => room.state === state).length;
  const isBounded = live.every((room) => room.max !== null);
  return {
    peopleMin: sum(live.map((room) => room.min ?? 0)),
    peopleMax: isBounded ? sum(live.map((room) => room.max ?? 0)) : null,
    roomsWithPeople: inState('people'),
    roomsUnknown: inState('unknown'),
    roomsEmpty: inState('empty'),
    frozenPeople: sum(rooms.map((room) => room.frozen.count ?? 0)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
