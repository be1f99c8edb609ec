import type { BoardRoom } from '@vigie/contracts/evacuation';
import type { BoardPlan, FloorView } from '@vigie/contracts/floors';
import type { StandingFace } from './standing.ts';

/** The plan of the building, and where its pictures are asked for. */
export interface PlanOnBoard extends BoardPlan {
  pictures: { under: string; token?: string };
  /** Whether whoever looks may draw a plan where there is none. */
  canDraw: boolean;
}

/** A room as the board holds it now. */
interface Held {
  row: Pick<BoardRoom, 'room'>;
  standing: Pick<StandingFace, 'kind'>;
}

/** The rooms of one floor in the order of the board. `floor` undefined: no plan of the building knows it. */
export interface BoardFloor<H extends Held> {
  name: string;
  floor: FloorView | undefined;
  rooms: H[];
}

/** The floors from the highest down, then what stands on none of them: no room of the board is left out. */
export function boardFloors<H extends Held>(
  floors: readonly FloorView[],
  held: readonly H[],
): BoardFloor<H>[] {
  const byName = Map.groupBy(held, ({ row }) => row.room.floor);
  const known = floors
    .toReversed()
    .map((floor) => ({ name: floor.name, floor, rooms: byName.get(floor.name) ?? [] }));
  const others = [...byName].filter(([name]) => !floors.some((floor) => floor.name === name));
  return [...known, ...others.map(([name, rooms]) => ({ name, floor: undefined, rooms }))];
}

/** Whether a plan shows where any of the rooms lies. */
export const isDrawn = (floors: readonly FloorView[], held: readonly Held[]): boolean =>
  floors.some(({ drawing }) =>
    drawing.rooms.some(({ roomId }) => held.some(({ row }) => row.room.id === roomId)),
  );

/** How many rooms are in each state, biggest need first; a state without a room is left out. */
export function statesIn(held: readonly Held[]): [StandingFace['kind'], number][] {
  const order: StandingFace['kind'][] = ['people', 'contradiction', 'unknown', 'empty', 'swept'];
  const counts = Map.groupBy(held, ({ standing }) => standing.kind);
  return order.flatMap((kind): [StandingFace['kind'], number][] => {
    const count = counts.get(kind)?.length ?? 0;
    return count > 0 ? [[kind, count]] : [];
  });
}
