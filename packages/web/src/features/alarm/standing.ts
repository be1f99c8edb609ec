import type { BoardRoom, RoomStanding } from '@vigie/contracts/evacuation';
import type { FaceReason, RoomFace } from '../rooms/index.ts';

/**
 * What the board may say of a room now. As the server's standing, but what rests on cameras is judged by the browser's
 * own view of their age.
 */
export type StandingFace =
  | Exclude<RoomStanding, { kind: 'unknown' }>
  | { kind: 'unknown'; reason: FaceReason };

/**
 * A person's word stands as long as the server can be heard; what cameras say stands as long as it is young. Somebody who
 * is seen in a swept room is a contradiction at once, before the server has said so.
 */
export function standingFace(
  { standing, live }: Pick<BoardRoom, 'standing' | 'live'>,
  face: RoomFace,
  isLate: boolean,
): StandingFace {
  if (isLate) return { kind: 'unknown', reason: 'no-connection' };
  if (standing.kind === 'contradiction') return standing;
  if (standing.kind === 'people' && standing.by !== null) return standing;
  if (standing.kind !== 'swept') return byCameras(face);
  const isSeenAfter = Date.parse(live.at ?? '') > Date.parse(standing.at);
  if (standing.reason !== null || face.state !== 'people' || !isSeenAfter) return standing;
  const { by, at: sweptAt } = standing;
  return { kind: 'contradiction', by, sweptAt, said: 'clear', seenAt: face.at };
}

function byCameras(face: RoomFace): StandingFace {
  switch (face.state) {
    case 'people':
      return { kind: 'people', by: null, min: face.min, max: face.max, at: face.at };
    case 'empty':
      return { kind: 'empty', at: face.at };
    case 'unknown':
      return { kind: 'unknown', reason: face.reason };
  }
}

/** The same as a sum of rooms counts it: a contradiction is unknown unless somebody is seen, a swept room holds nobody. */
export function countedFace(standing: StandingFace, face: RoomFace): RoomFace {
  switch (standing.kind) {
    case 'people': {
      const { min, max, at } = standing;
      return { state: 'people', count: min, min, max, at: at ?? '', ageMs: 0 };
    }
    case 'contradiction':
      return face.state === 'people' ? face : { state: 'unknown', reason: 'contradiction' };
    case 'unknown':
      return { state: 'unknown', reason: standing.reason };
    default:
      return { state: 'empty', at: standing.at ?? '', ageMs: 0 };
  }
}
