import type { CurbEvent, CurbEventType, SpotStatus } from '@vigie/contracts/exports';
import type { Heartbeat, Move, Place, SpacePlace } from '../parking/index.ts';

/** What happened at a space, before it is written as an event. `stayId`: the stay that began or ended. */
export interface Happening extends Place {
  spaceId: string;
  /** When it became known here; `null`: that is not kept. */
  receivedAt: Date | null;
  type: CurbEventType;
  stayId?: string;
}

/** Arrivals and departures as happenings. */
export const happeningOfMove = ({ kind, ...move }: Move): Happening => ({
  ...move,
  type: kind === 'start' ? 'park_start' : 'park_end',
});

/** A sensor that repeats what it sees as a happening. */
export const happeningOfHeartbeat = (heartbeat: Heartbeat): Happening => ({
  ...heartbeat,
  type: 'scheduled_report',
});

/** The beginning or end of a silence as a happening. */
export const happeningOfSilence = ({
  spaceId,
  status,
  at,
  key,
}: Place & { spaceId: string; status: SpotStatus }): Happening => ({
  spaceId,
  at,
  // A silence is noticed here.
  receivedAt: at,
  key,
  type: status === 'unknown' ? 'comms_lost' : 'comms_restored',
});

/** The lists as one, newest first, at most `limit`; each must hold its `limit` newest. */
export const newestOf = (lists: readonly (readonly Happening[])[], limit: number): Happening[] =>
  lists.flat().toSorted(fromNewest).slice(0, limit);

const fromNewest = (a: Place, b: Place): number =>
  b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0);

/** A happening as the standard writes it. `curbId` gives the UUID of a name, `author` is the town. */
export function curbEventOf(
  { type, at, receivedAt, key, stayId }: Happening,
  { space, zone }: SpacePlace,
  { curbId, author }: { curbId: (name: string) => string; author: string },
): CurbEvent {
  return {
    event_id: curbId(`event/${type}/${key}`),
    event_type: type,
    event_location: locationOf(space, at),
    event_time: at.getTime(),
    // The clock of a device may run a little ahead.
    event_publication_time: Math.max(at.getTime(), receivedAt?.getTime() ?? 0),
    ...(stayId !== undefined && { event_session_id: curbId(`stay/${stayId}`) }),
    curb_zone_id: curbId(`zone/${zone.id}`),
    curb_space_id: curbId(`space/${space.id}`),
    data_source_type: 'above_ground',
    data_source_operator_name: author,
    data_source_device_id: curbId(`sensor/${space.id}`),
  };
}

function locationOf(
  { latitude, longitude }: SpacePlace['space'],
  at: Date,
): CurbEvent['event_location'] {
  if (latitude === null || longitude === null) return null;
  return {
    type: 'Feature',
    properties: { timestamp: at.getTime() },
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
  };
}

/** Where the next page begins, as a word for a link. */
export const wordOf = ({ at, key }: Place): string => `${at.getTime()}~${key}`;

/** Reads `wordOf` back; `undefined` when it is none. */
export function placeIn(word: string): Place | undefined {
  const [, ms, key] = /^(\d{1,15})~(.+)$/s.exec(word) ?? [];
  return ms && key ? { at: new Date(Number(ms)), key } : undefined;
}

/** `true` when a reader takes version 1.0 of the standard; one that names no version takes any. */
export const takesCurbData = (accept = '*/*'): boolean =>
  accept.split(',').some((part) => {
    const [type, ...parameters] = part.split(';').map((text) => text.trim());
    if (!/^(application\/(vnd\.cds\+json|json|\*)|\*\/\*)$/.test(type ?? '')) return false;
    const version = parameters.find((text) => text.startsWith('version='));
    return version === undefined || /^version=1\.0(\.\d+)?$/.test(version);
  });
