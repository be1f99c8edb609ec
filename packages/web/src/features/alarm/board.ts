import type { Board, BoardRoom, Incident, RoomState } from '@vigie/contracts/evacuation';
import { faceOf, type RoomFace } from '../rooms/index.ts';

/** What the frozen count of a room said; its age does not matter, it stands for T0. */
export const frozenFace = ({ frozen }: Pick<BoardRoom, 'frozen'>): RoomFace =>
  faceOf(frozen, Number.POSITIVE_INFINITY, { nowMs: Date.parse(frozen.at ?? ''), isLate: false });

/** What a room's line says beside its state, about the time since T0. */
export type Confirmation =
  | { kind: 'none' }
  | { kind: 'confirmed'; at: string }
  | { kind: 'came-back'; at: string }
  | { kind: 'not-confirmed' };

/** An empty room is confirmed or not; where somebody is seen after a confirmation, somebody came back. */
export function confirmationOf(face: RoomFace, confirmedEmptyAt: string | null): Confirmation {
  if (face.state === 'empty')
    return confirmedEmptyAt
      ? { kind: 'confirmed', at: confirmedEmptyAt }
      : { kind: 'not-confirmed' };
  return confirmedEmptyAt && face.state === 'people'
    ? { kind: 'came-back', at: confirmedEmptyAt }
    : { kind: 'none' };
}

/** Neither seen empty nor swept clear since T0. */
export const isNeverConfirmed = ({ confirmedEmptyAt, standing, sweep }: BoardRoom): boolean =>
  confirmedEmptyAt === null && standing.kind !== 'swept' && sweep?.result !== 'clear';

/** A board with a newer live state of one room; an older one, or another building's, changes nothing. */
export function withLiveRoom(board: Board, live: RoomState): Board {
  const at = board.rooms.findIndex(({ room }) => room.id === live.roomId);
  const old = board.rooms[at];
  if (!old || (old.live.at ?? '') > (live.at ?? old.live.at ?? '')) return board;
  return { ...board, rooms: board.rooms.with(at, { ...old, live }) };
}

/** A list of incidents, newest first, with one replaced or put first. */
export function withIncident(incidents: readonly Incident[], changed: Incident): Incident[] {
  const at = incidents.findIndex(({ id }) => id === changed.id);
  return at === -1 ? [changed, ...incidents] : incidents.with(at, changed);
}

const weight = { fire: 0, drill: 1, test: 2 };

/** The incidents that go on: fires before drills before tests, then the newest. */
export const activeOf = (incidents: readonly Incident[]): Incident[] =>
  incidents
    .filter(({ endedAt }) => endedAt === null)
    .sort(
      (a, b) =>
        weight[a.kind] - weight[b.kind] || Date.parse(b.startedAt) - Date.parse(a.startedAt),
    );
