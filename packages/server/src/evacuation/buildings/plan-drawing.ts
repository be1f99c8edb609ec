import type { Camera, Room } from '@vigie/contracts/evacuation';
import type { AssemblyPoint, Floor, PlanDrawing } from '@vigie/contracts/floors';

/** What is registered, and may thus be drawn. */
export interface Drawable {
  rooms: readonly Pick<Room, 'id' | 'buildingId' | 'floor'>[];
  cameras: readonly Pick<Camera, 'id' | 'roomId'>[];
  assemblyPoints: readonly Pick<AssemblyPoint, 'id' | 'buildingId'>[];
}

type Place = Pick<Floor, 'buildingId' | 'name'>;

interface Ids {
  rooms: ReadonlySet<string>;
  cameras: ReadonlySet<string>;
  assemblyPoints: ReadonlySet<string>;
}

function idsOn({ buildingId, name }: Place, drawable: Drawable): Ids {
  const here = drawable.rooms.filter(
    (room) => room.buildingId === buildingId && room.floor === name,
  );
  const rooms = new Set(here.map(({ id }) => id));
  const cameras = drawable.cameras.filter(({ roomId }) => rooms.has(roomId));
  const points = drawable.assemblyPoints.filter((point) => point.buildingId === buildingId);
  return {
    rooms,
    cameras: new Set(cameras.map(({ id }) => id)),
    assemblyPoints: new Set(points.map(({ id }) => id)),
  };
}

/** Everything that is drawn on a floor where it does not belong, in words. */
export function drawingFaults(drawing: PlanDrawing, floor: Place, drawable: Drawable): string[] {
  const ids = idsOn(floor, drawable);
  const strays = [
    ...drawing.rooms
      .filter(({ roomId }) => !ids.rooms.has(roomId))
      .map(({ roomId }) => `room ${roomId}`),
    ...drawing.cameras
      .filter(({ cameraId }) => !ids.cameras.has(cameraId))
      .map(({ cameraId }) => `camera ${cameraId}`),
    ...drawing.assemblyPoints
      .filter(({ id }) => !ids.assemblyPoints.has(id))
      .map(({ id }) => `assembly point ${id}`),
  ];
  return strays.map(
    (stray) => `${stray} is drawn on floor ${floor.name} but does not belong there`,
  );
}

/** What is still there: rooms move, cameras are taken down. */
export function withoutStrays(drawing: PlanDrawing, floor: Place, drawable: Drawable): PlanDrawing {
  const ids = idsOn(floor, drawable);
  return {
    rooms: drawing.rooms.filter(({ roomId }) => ids.rooms.has(roomId)),
    cameras: drawing.cameras.filter(({ cameraId }) => ids.cameras.has(cameraId)),
    doors: drawing.doors,
    assemblyPoints: drawing.assemblyPoints.filter(({ id }) => ids.assemblyPoints.has(id)),
  };
}
