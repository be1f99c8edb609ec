import type { ParkingCamera } from '@vigie/contracts/parking-cameras';
import {
  type CameraConfig,
  NO_MARKINGS,
  type Occupancy,
  type SpaceOccupancy,
  type WatchedSpace,
} from '@vigie/contracts/vision';
import { CAMERA_HEARTBEAT_MS } from './device-models.ts';
import type { Signal } from './signals.ts';

/** A camera as it is kept; its URL is sealed. */
export interface SealedParkingCamera
  extends Pick<ParkingCamera, 'id' | 'name' | 'fps' | 'staleMs'> {
  sealedSource: string;
  spaces: WatchedSpace[];
  viewSince: Date | null;
}

/** What a camera said last, and when that came, by the real clock. */
export interface HeardOccupancy {
  occupancy: Occupancy;
  at: Date;
}

/** Workers repeat themselves every minute; after this they are not believed any longer. Real time. */
const FRESH_MS = 150_000;

/** Name of the device that stands for a camera at a space. */
export const sensorIdOf = (cameraId: string, spaceId: string): string => `${cameraId}.${spaceId}`;

export const configOf = ({ sealedSource, fps, staleMs, spaces, viewSince }: SealedParkingCamera) =>
  ({
    v: 1,
    source: sealedSource,
    profile: 'standard',
    fps,
    staleMs,
    markings: NO_MARKINGS,
    viewSince: viewSince?.toISOString() ?? null,
    task: { kind: 'parking', spaces },
  }) satisfies CameraConfig;

/** As administrators see it: an old word is no word. */
export function viewOf(
  { sealedSource: _, ...camera }: SealedParkingCamera,
  heard: HeardOccupancy | undefined,
  now: Date,
): ParkingCamera {
  const isFresh = heard && now.getTime() - heard.at.getTime() <= FRESH_MS;
  const told = isFresh ? heard.occupancy : undefined;
  return {
    ...camera,
    viewSince: camera.viewSince?.toISOString() ?? null,
    health: told?.health ?? null,
    heardAt: heard?.at.toISOString() ?? null,
    occupancy: camera.spaces.map(
      ({ spaceId }) => told?.spaces.find((space) => space.spaceId === spaceId) ?? unknown(spaceId),
    ),
  };
}

const unknown = (spaceId: string): SpaceOccupancy => ({
  spaceId,
  occupied: null,
  score: 0,
  since: null,
  seenAt: null,
});

/** How camera time stands to the clock that parking runs on. `rate` as in `Clock`. */
interface Reception {
  receivedAt: Date;
  rate: number;
}

/**
 * What a camera said, as its sensors would: the change, and now and then that it is still so. A space of which nothing is known
 * says nothing, so that it falls silent. The same message gives the same keys. Times of a camera are real: where the clock
 * of parking runs fast, the time of receipt counts.
 */
export const signalsOfOccupancy = (
  cameraId: string,
  { health, spaces }: Pick<Occupancy, 'health' | 'spaces'>,
  reception: Reception,
): Signal[] =>
  health === 'ok'
    ? spaces.flatMap((space) => signalsOf(sensorIdOf(cameraId, space.spaceId), space, reception))
    : [];

function signalsOf(
  deviceId: string,
  { occupied, since, seenAt }: SpaceOccupancy,
  { receivedAt, rate }: Reception,
): Signal[] {
  if (occupied === null || since === null || seenAt === null) return [];
  const word = occupied ? 1 : 0;
  const beat = Math.floor(Date.parse(seenAt) / CAMERA_HEARTBEAT_MS);
  const common = { deviceId, occupied, receivedAt, seq: null, previousStateMs: null };
  const at = (moment: string): Date | null => (rate === 1 ? new Date(moment) : null);
  const rest = { isNewVehicle: false, health: {} };
  return [
    { ...common, ...rest, kind: 'change', key: `${since} ${word}`, at: at(since) },
    { ...common, ...rest, kind: 'heartbeat', key: `beat ${beat} ${word}`, at: at(seenAt) },
  ];
}
