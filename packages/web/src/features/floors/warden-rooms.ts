import type { Room } from '@vigie/contracts/evacuation';
import type { EvacuationPlan, Warden } from '@vigie/contracts/floors';

type Place = Pick<Room, 'id' | 'buildingId' | 'floor'>;
type Tasks = Pick<EvacuationPlan, 'floors' | 'wardens'>;

/** Whether a room is among the places of a warden, or of whom they are the deputy. */
function hasRoom(warden: Warden, room: Place, { floors, wardens }: Tasks): boolean {
  const other = wardens.find(({ id }) => id === warden.deputyOf);
  return [warden, ...(other ? [other] : [])].some(
    (one) =>
      one.rooms.includes(room.id) ||
      floors.some(
        ({ id, buildingId, name }) =>
          one.floors.includes(id) && buildingId === room.buildingId && name === room.floor,
      ),
  );
}

/** The rooms that nobody leads people out of and nobody checks. */
export const roomsWithoutWarden = <R extends Place>(rooms: readonly R[], tasks: Tasks): R[] =>
  rooms.filter((room) => !tasks.wardens.some((warden) => hasRoom(warden, room, tasks)));

/** The rooms of whoever has this account, as a warden or a deputy. Upper and lower case of the name are the same. */
export function roomsOfAccount<R extends Place>(
  username: string,
  rooms: readonly R[],
  tasks: Tasks,
): R[] {
  const own = tasks.wardens.filter((one) => one.username?.toLowerCase() === username.toLowerCase());
  return rooms.filter((room) => own.some((warden) => hasRoom(warden, room, tasks)));
}
