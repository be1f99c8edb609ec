import { setTimeout as sleep } from 'node:timers/promises';
import { InboxMail } from '@vigie/contracts/demo';
import { Board, BuildingView, Incident } from '@vigie/contracts/evacuation';
import { Message } from '@vigie/contracts/notifications';
import { Case, SpaceDetail, SpaceView } from '@vigie/contracts/parking';
import * as z from 'zod';
import { type HttpClient, signIn } from '../http-client.ts';
import {
  type BoardFinding,
  boardFinding,
  boardProblems,
  colourProblems,
  distinctColours,
  hasWeights,
  lampProblems,
  type MessageFinding,
  messageFindings,
  noteRooms,
  noteSpaces,
  type RoomExpectation,
  type RoomFinding,
  richestStay,
  roomProblems,
  type StayColours,
  weightProblems,
} from './check-findings.ts';

/** The one line of `vigie demo --check`. */
export interface CheckReport {
  ok: boolean;
  weights: boolean;
  distinctColours: number;
  colours: string[];
  blackReached: boolean;
  /** `true` when the police's outcome led to a free space and a closed case. */
  spaceFreed: boolean;
  messages: MessageFinding[];
  rooms: Omit<RoomFinding, 'states' | 'reasons'>[];
  board: BoardFinding | null;
  problems: string[];
  seconds: number;
}

/** `deadlineMs`: the check gives up then and says what is missing. */
export interface CheckOptions {
  url: string;
  login: { username: string; password: string };
  expected: RoomExpectation;
  /** Colours that the lamp on a space has shown. */
  coloursOn(spaceId: string): string[];
  deadlineMs: number;
}

/** Everything seen so far. */
interface Watched {
  client: HttpClient;
  startedAt: number;
  stays: Map<string, StayColours>;
  rooms: Map<string, RoomFinding>;
  buildings: BuildingView[];
  messages: MessageFinding[];
  cases: Case[];
  freed: boolean;
}

const lookMs = 500;
/** The alarm sounds after this at the latest, whatever the rooms show. */
const alarmLatestMs = 45_000;

/** Watches the running demo as a client would, over HTTP only, until both jobs were seen done or time is up. */
export async function checkDemo(options: CheckOptions): Promise<CheckReport> {
  const client = await signIn(options.url, options.login);
  const watched: Watched = {
    client,
    startedAt: performance.now(),
    stays: new Map(),
    rooms: new Map(),
    buildings: [],
    messages: [],
    cases: [],
    freed: false,
  };
  let board: BoardFinding | undefined;
  while (performance.now() - watched.startedAt < options.deadlineMs) {
    await look(watched);
    await handleCases(watched);
    if (!board && isTimeForAlarm(watched, options.expected)) board = await soundAlarm(watched);
    if (board && isParkingDone(watched) && watched.freed) break;
    await sleep(lookMs);
  }
  return reportOf(watched, board, options);
}

const secondsIn = ({ startedAt }: Watched): number => (performance.now() - startedAt) / 1000;

async function look(watched: Watched): Promise<void> {
  const { client } = watched;
  const [spaces, cases, messages, inbox, buildings] = await Promise.all([
    client.get('/api/v1/spaces', z.array(SpaceView)),
    client.get('/api/v1/cases', z.array(Case)),
    client.get('/api/v1/messages', z.array(Message)),
    client.get('/api/v1/demo/inbox', z.array(InboxMail)),
    client.get('/api/v1/buildings', z.array(BuildingView)),
  ]);
  noteSpaces(watched.stays, spaces);
  noteRooms(watched.rooms, buildings, secondsIn(watched));
  watched.cases = cases;
  watched.buildings = buildings;
  watched.messages = messageFindings(messages, inbox);
  const settled = cases.find(({ status }) => status === 'closed');
  if (settled) watched.freed ||= hasNewLook(spaces, settled);
}

/** `true` when the stay of the case is no longer shown on its space. */
const hasNewLook = (spaces: readonly SpaceView[], { spaceId, since }: Case): boolean =>
  spaces.some(({ id, display }) => id === spaceId && display.since !== since);

/** Plays the officer: goes and looks once the message arrived, and finds the car in the way. */
async function handleCases({ client, cases, messages }: Watched): Promise<void> {
  if (!messages.some(({ deliveredToInbox }) => deliveredToInbox)) return;
  for (const { id, nextStatuses } of cases) {
    const status = (['acknowledged', 'inspecting', 'nuisance'] as const).find((wanted) =>
      nextStatuses.includes(wanted),
    );
    const reason = 'vérification automatique';
    if (status) await client.post(`/api/v1/cases/${id}/steps`, { status, reason }, Case);
  }
}

const isParkingDone = ({ stays, messages }: Watched): boolean =>
  richestStay(stays.values())?.blackReached === true &&
  messages.some(({ deliveredToInbox }) => deliveredToInbox);

function isTimeForAlarm(watched: Watched, expected: RoomExpectation): boolean {
  const rooms = [...watched.rooms.values()];
  if (rooms.length === 0) return false;
  const areCounted = rooms.every(({ counts }) => counts.some(([, count]) => count !== null));
  const isAsExpected = areCounted && roomProblems(rooms, expected).length === 0;
  return isAsExpected || secondsIn(watched) * 1000 > alarmLatestMs;
}

async function soundAlarm(watched: Watched): Promise<BoardFinding | undefined> {
  const { client, buildings } = watched;
  const building = buildings[0];
  if (!building) return undefined;
  const path = `/api/v1/buildings/${building.id}/incidents`;
  const { id } = await client.post(path, { kind: 'drill' }, Incident);
  await sleep(3000);
  const board = await client.get(`/api/v1/incidents/${id}/board`, Board);
  const reason = 'Fin de la vérification automatique';
  await client.post(`/api/v1/incidents/${id}/end`, { reason }, Incident);
  const incidents = await client.get('/api/v1/incidents', z.array(Incident));
  const ended = incidents.some((incident) => incident.id === id && incident.endedAt !== null);
  return boardFinding(board, ended);
}

async function reportOf(
  watched: Watched,
  board: BoardFinding | undefined,
  { expected, coloursOn }: Pick<CheckOptions, 'expected' | 'coloursOn'>,
): Promise<CheckReport> {
  const { client, stays, messages, buildings } = watched;
  const stay = richestStay(stays.values());
  const legend = stay
    ? (await client.get(`/api/v1/spaces/${stay.spaceId}`, SpaceDetail)).legend
    : [];
  const rooms = [...watched.rooms.values()];
  const roomIds = buildings[0]?.rooms.map(({ id }) => id) ?? [];
  const problems = [
    ...colourProblems(stay, legend),
    ...lampProblems(stay, stay ? coloursOn(stay.spaceId) : []),
    ...(messages.some(({ deliveredToInbox }) => deliveredToInbox)
      ? []
      : ['no message to the police arrived in the inbox']),
    ...(watched.freed ? [] : ['the space of the police case was not freed']),
    ...weightProblems(rooms),
    ...roomProblems(rooms, expected),
    ...boardProblems(board, roomIds),
  ];
  return {
    ok: problems.length === 0,
    weights: hasWeights(rooms),
    distinctColours: distinctColours(stay).length,
    colours: distinctColours(stay),
    blackReached: stay?.blackReached ?? false,
    spaceFreed: watched.freed,
    messages,
    rooms: rooms.map(({ id, name, counts }) => ({ id, name, counts })),
    board: board ?? null,
    problems,
    seconds: Number(secondsIn(watched).toFixed(1)),
  };
}
