import type { InboxMail } from '@vigie/contracts/demo';
import type { Board, BuildingView, RoomState } from '@vigie/contracts/evacuation';
import type { Message } from '@vigie/contracts/notifications';
import type { LegendDay, SpaceView } from '@vigie/contracts/parking';

/** What one stay showed: each new day in the order in which it was seen. */
export interface StayColours {
  spaceId: string;
  since: string;
  days: { day: number; colour: string }[];
  blackReached: boolean;
}

/** Adds what the spaces show now. `stays`: by space and arrival. */
export function noteSpaces(stays: Map<string, StayColours>, spaces: readonly SpaceView[]): void {
  for (const { id: spaceId, display } of spaces) {
    const { state, day, colour, since } = display;
    if (since === null || day === null || colour === null) continue;
    if (state !== 'parked' && state !== 'overstay') continue;
    const key = `${spaceId}@${since}`;
    const stay = stays.get(key) ?? { spaceId, since, days: [], blackReached: false };
    stays.set(key, stay);
    const isNewColour = stay.days.at(-1)?.colour !== colour;
    if (isNewColour) stay.days.push({ day, colour });
    if (state === 'overstay') stay.blackReached = true;
  }
}

/** The stay that showed most: one that reached black before all others, then the one with most colours. */
export function richestStay(stays: Iterable<StayColours>): StayColours | undefined {
  const rank = ({ blackReached, days }: StayColours) => (blackReached ? 1000 : 0) + days.length;
  return [...stays].toSorted((a, b) => rank(b) - rank(a))[0];
}

/** How many colours of one bollard the check wants to see. */
const coloursWanted = 5;

/** What is wrong with the colours of a stay. `legend`: of its space, black last. */
export function colourProblems(
  stay: StayColours | undefined,
  legend: readonly LegendDay[],
): string[] {
  if (!stay) return ['no car was ever seen parked'];
  const problems: string[] = [];
  const seen = distinctColours(stay);
  if (seen.length < coloursWanted)
    problems.push(`only ${seen.length} colours were seen on ${stay.spaceId}`);
  if (seen.length < stay.days.length)
    problems.push(`${stay.spaceId} showed a colour twice in one stay`);
  if (!stay.blackReached) problems.push('no space reached black');
  if (stay.days.some(({ day }, i) => day <= (stay.days[i - 1]?.day ?? 0)))
    problems.push(`the days of ${stay.spaceId} did not go forward`);
  for (const { day, colour } of stay.days) {
    const expected = legend.find((entry) => entry.day === day) ?? legend.at(-1);
    if (expected?.colour !== colour)
      problems.push(`day ${day} of ${stay.spaceId} was ${colour}, not ${expected?.colour}`);
  }
  return problems;
}

export const distinctColours = (stay: StayColours | undefined): string[] => [
  ...new Set(stay?.days.map(({ colour }) => colour)),
];

/** Colours that the server says and the lamp never showed. `shown`: by the lamp, in any order. */
export const lampProblems = (stay: StayColours | undefined, shown: readonly string[]): string[] =>
  distinctColours(stay)
    .filter((colour) => !shown.includes(colour))
    .map((colour) => `the bollard on ${stay?.spaceId} never showed ${colour}`);

/** One message with the proof that it arrived: a mail with its Message-ID to its recipient. */
export interface MessageFinding {
  subject: string;
  recipient: string;
  status: Message['status'];
  deliveredToInbox: boolean;
}

export const messageFindings = (
  messages: readonly Message[],
  inbox: readonly InboxMail[],
): MessageFinding[] =>
  messages.map(({ id, subject, recipient, status }) => ({
    subject,
    recipient,
    status,
    deliveredToInbox: inbox.some(
      (mail) => mail.messageId === `<${id}@vigie>` && mail.to.includes(recipient),
    ),
  }));

/** `[t, count]`: t in seconds since the check began; null: unknown. Only changes are kept. */
export interface RoomFinding {
  id: string;
  name: string;
  counts: [t: number, count: number | null][];
  /** States that were seen. */
  states: RoomState['state'][];
  reasons: string[];
}

/** Adds what the rooms show at `t`. `rooms`: by room id. */
export function noteRooms(
  rooms: Map<string, RoomFinding>,
  buildings: readonly BuildingView[],
  t: number,
): void {
  for (const { id, name, live } of buildings.flatMap((building) => building.rooms)) {
    const room = rooms.get(id) ?? { id, name, counts: [], states: [], reasons: [] };
    rooms.set(id, room);
    const last = room.counts.at(-1);
    if (!last || last[1] !== live.count) room.counts.push([Number(t.toFixed(1)), live.count]);
    if (!room.states.includes(live.state)) room.states.push(live.state);
    if (live.reason && !room.reasons.includes(live.reason)) room.reasons.push(live.reason);
  }
}

/** What the rooms of the demo town must show. Ids of rooms; both empty for clips of one's own. */
export interface RoomExpectation {
  somebodyIn: readonly string[];
  nobodyIn: readonly string[];
}

/** What is wrong with the counts: a room never known, somebody missed, or somebody who is not there. */
export function roomProblems(
  rooms: readonly RoomFinding[],
  { somebodyIn, nobodyIn }: RoomExpectation,
): string[] {
  const problems: string[] = [];
  if (rooms.length === 0) problems.push('no room is watched');
  for (const { id, name, counts, states, reasons } of rooms) {
    const most = Math.max(0, ...counts.map(([, count]) => count ?? 0));
    if (counts.every(([, count]) => count === null))
      problems.push(`${name} stayed unknown (${reasons.join(', ')})`);
    else if (somebodyIn.includes(id) && most === 0)
      problems.push(`nobody was ever seen in ${name}, where somebody is`);
    else if (nobodyIn.includes(id) && most > 0)
      problems.push(`${most} were seen in ${name}, where nobody is`);
    else if (nobodyIn.includes(id) && !states.includes('empty'))
      problems.push(`${name} never became empty`);
  }
  return problems;
}

/** `true` when anything was ever counted, which needs weights. */
export const hasWeights = (rooms: readonly RoomFinding[]): boolean =>
  rooms.some(({ counts }) => counts.some(([, count]) => count !== null));

/** What to do when nothing is counted. */
export function weightProblems(rooms: readonly RoomFinding[]): string[] {
  if (hasWeights(rooms)) return [];
  return rooms.some(({ reasons }) => reasons.includes('no-model'))
    ? ['there are no weights: put a YOLOv8 ONNX file into data/models or set VIGIE_MODELS']
    : ['no vision worker counted anything'];
}

/** The board in one glance. */
export interface BoardFinding {
  incidentId: string;
  startedAt: string;
  ended: boolean;
  totals: Board['totals'];
  rooms: {
    id: string;
    name: string;
    state: RoomState['state'];
    frozen: number | null;
    live: number | null;
  }[];
}

export const boardFinding = ({ incident, rooms, totals }: Board, ended: boolean): BoardFinding => ({
  incidentId: incident.id,
  startedAt: incident.startedAt,
  ended,
  totals,
  rooms: rooms.map(({ room, frozen, live }) => ({
    id: room.id,
    name: room.name,
    state: live.state,
    frozen: frozen.count,
    live: live.count,
  })),
});

/** What is wrong with the board. `roomIds`: all rooms of the building. */
export function boardProblems(
  board: BoardFinding | undefined,
  roomIds: readonly string[],
): string[] {
  if (!board) return ['the alarm gave no board'];
  const problems: string[] = [];
  const listed = board.rooms.map(({ id }) => id);
  for (const id of roomIds) if (!listed.includes(id)) problems.push(`the board leaves out ${id}`);
  if (board.rooms.every(({ frozen }) => frozen === null))
    problems.push('the board has no frozen count');
  if (board.rooms.every(({ live }) => live === null)) problems.push('the board has no live count');
  if (!board.ended) problems.push('the incident did not end');
  return problems;
}
