import type { Camera, Room } from '@vigie/contracts/evacuation';
import type { AssemblyPoint, Floor, Warden } from '@vigie/contracts/floors';
import type { Town } from '@vigie/contracts/town';
import { drawingFaults } from './plan-drawing.ts';
import { deputyFaults, placeFaults } from './warden-places.ts';

/** The part of a town that this feature keeps. */
export type TownPart = Pick<Town, 'buildings' | 'rooms' | 'cameras'> &
  Partial<Pick<Town, 'floors' | 'assemblyPoints' | 'wardens' | 'alarmInputs'>>;

/** A town as far as it may be contradictory: where cameras have their addresses is not. */
type TownSay = Omit<TownPart, 'cameras'> & {
  cameras: readonly (Pick<Camera, 'id' | 'roomId'> & { watches?: Camera['watches'] | undefined })[];
};

/** What is registered already. */
export interface KnownTown<C extends Camera = Camera> extends Pick<Town, 'buildings' | 'rooms'> {
  floors: readonly Floor[];
  cameras: readonly C[];
  assemblyPoints: readonly AssemblyPoint[];
  wardens: readonly Warden[];
}

/** Everything that cannot be as the file says, given what is there already; empty: it may be imported. */
export function townFaults(town: TownSay, before: KnownTown): string[] {
  const all = { floors: [], assemblyPoints: [], wardens: [], alarmInputs: [], ...town };
  const after = {
    buildings: merged(before.buildings, all.buildings),
    floors: merged<Floor>(before.floors, all.floors),
    rooms: merged(moved(before, all.floors), all.rooms),
    cameras: merged<CameraSay>(before.cameras, all.cameras.map(saidOf(before.cameras))),
    assemblyPoints: merged(before.assemblyPoints, all.assemblyPoints),
    wardens: merged(before.wardens, all.wardens),
  };
  return [
    ...kinds.flatMap(([kind, list]) =>
      twice(all[list]).map((id) => `${kind} ${id} is there twice`),
    ),
    ...missing(all, after),
    ...all.wardens.flatMap((warden) => placeFaults(warden, after)),
    ...deputyFaults(after.wardens),
    ...sameFloors(after.floors),
    ...all.floors.flatMap((floor) =>
      floor.drawing ? drawingFaults(floor.drawing, floor, after) : [],
    ),
    ...filmed(after, before),
  ];
}

/** Rooms follow a floor that gets another name. */
const moved = ({ rooms, floors }: KnownTown, given: readonly Floor[]): Room[] =>
  rooms.map((room) => {
    const floor = floors.find(
      (one) => one.buildingId === room.buildingId && one.name === room.floor,
    );
    const name = given.find((one) => one.id === floor?.id)?.name;
    return name === undefined ? room : { ...room, floor: name };
  });

const kinds = [
  ['building', 'buildings'],
  ['floor', 'floors'],
  ['room', 'rooms'],
  ['camera', 'cameras'],
  ['assembly point', 'assemblyPoints'],
  ['warden', 'wardens'],
] as const;

type CameraSay = Pick<Camera, 'id' | 'roomId' | 'watches'>;
interface After extends Pick<Town, 'buildings' | 'rooms'> {
  floors: Floor[];
  cameras: CameraSay[];
  assemblyPoints: readonly AssemblyPoint[];
}

/** What a camera watches stays where the file does not say it. */
const saidOf =
  (before: readonly Camera[]) =>
  ({ id, roomId, watches }: TownSay['cameras'][number]): CameraSay => ({
    id,
    roomId,
    watches: watches ?? before.find((one) => one.id === id)?.watches ?? 'room',
  });

function missing(town: Required<TownSay>, after: After): string[] {
  const names = (kind: string, id: string, target: 'building' | 'room', to: string) =>
    after[`${target}s`].some((one) => one.id === to)
      ? []
      : [`${kind} ${id} names ${target} ${to}, which does not exist`];
  return [
    ...town.floors.flatMap((one) => names('floor', one.id, 'building', one.buildingId)),
    ...town.rooms.flatMap((one) => names('room', one.id, 'building', one.buildingId)),
    ...town.cameras.flatMap((one) => names('camera', one.id, 'room', one.roomId)),
    ...town.assemblyPoints.flatMap((one) =>
      names('assembly point', one.id, 'building', one.buildingId),
    ),
    ...town.rooms.flatMap(({ id, buildingId, assemblyPointId }) =>
      !assemblyPointId || isPointOf(assemblyPointId, buildingId, after)
        ? []
        : [`room ${id} names assembly point ${assemblyPointId}, which its building does not have`],
    ),
    ...town.wardens.flatMap((one) => names('warden', one.id, 'building', one.buildingId)),
  ];
}

const isPointOf = (id: string, buildingId: string, { assemblyPoints }: After): boolean =>
  assemblyPoints.some((point) => point.id === id && point.buildingId === buildingId);

const sameFloors = (floors: readonly Floor[]): string[] =>
  floors.flatMap((floor, i) =>
    floors
      .slice(i + 1)
      .filter((one) => one.buildingId === floor.buildingId && one.name === floor.name)
      .map((one) => `floors ${floor.id} and ${one.id} have the same name ${floor.name}`),
  );

function filmed({ rooms, cameras }: After, before: KnownTown): string[] {
  const mustNot = rooms.filter(
    ({ id, isFilmFree }) =>
      isFilmFree ?? before.rooms.find((room) => room.id === id)?.isFilmFree ?? false,
  );
  const ids = new Set(mustNot.map(({ id }) => id));
  return cameras
    .filter(({ roomId, watches }) => watches === 'room' && ids.has(roomId))
    .map(
      ({ id, roomId }) =>
        `camera ${id} looks into room ${roomId}, which must not be filmed (a camera there watches: door)`,
    );
}

/** By id; what comes later stands for what was there. */
const merged = <T extends { id: string }>(before: readonly T[], later: readonly T[]): T[] => [
  ...new Map([...before, ...later].map((thing) => [thing.id, thing])).values(),
];

const twice = (things: readonly { id: string }[]): string[] =>
  things.map(({ id }) => id).filter((id, index, all) => all.indexOf(id) !== index);
