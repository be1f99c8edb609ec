import type { Room } from '@vigie/contracts/evacuation';
import type { Floor, Warden } from '@vigie/contracts/floors';

/** Where wardens may have their tasks. */
interface Places {
  floors: readonly Pick<Floor, 'id' | 'buildingId'>[];
  rooms: readonly Pick<Room, 'id' | 'buildingId'>[];
}

/** The places of a warden that are not in their building, in words. */
export function placeFaults({ id, buildingId, ...warden }: Warden, places: Places): string[] {
  return (['floors', 'rooms'] as const).flatMap((kind) =>
    warden[kind]
      .filter((one) => !isIn(buildingId, places[kind], one))
      .map(
        (one) =>
          `warden ${id} names ${kind.slice(0, -1)} ${one}, which does not exist in building ${buildingId}`,
      ),
  );
}

/** Deputies of nobody who has places here, in words. A deputy of a deputy would be one. */
export const deputyFaults = (wardens: readonly Warden[]): string[] =>
  wardens
    .filter((warden) => !canStandIn(warden, wardens))
    .map(
      ({ id, buildingId, deputyOf }) =>
        `warden ${id} is the deputy of ${deputyOf}, who is no warden of building ${buildingId} or a deputy too`,
    );

/** The wardens without places and people that are not there any more. */
export const withoutLostPlaces = (
  wardens: readonly Warden[],
  { floors, rooms }: Places,
): Warden[] =>
  wardens.map((warden) => ({
    ...warden,
    floors: warden.floors.filter((id) => isIn(warden.buildingId, floors, id)),
    rooms: warden.rooms.filter((id) => isIn(warden.buildingId, rooms, id)),
    deputyOf: canStandIn(warden, wardens) ? warden.deputyOf : null,
  }));

const isIn = (buildingId: string, places: Places['floors'], id: string): boolean =>
  places.some((one) => one.id === id && one.buildingId === buildingId);

function canStandIn({ id, buildingId, deputyOf }: Warden, all: readonly Warden[]): boolean {
  if (deputyOf === null) return true;
  const other = all.find((one) => one.id === deputyOf);
  return other?.buildingId === buildingId && other.id !== id && other.deputyOf === null;
}
