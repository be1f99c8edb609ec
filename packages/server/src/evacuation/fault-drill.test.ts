import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Board, BoardRoom, Incident, IncidentLine } from '@vigie/contracts/evacuation';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { removeDataFolder } from '../platform/embedded-postgres.driver.ts';
import { freePort } from '../platform/listen.ts';
import { type Client, signIn } from '../testing/app.ts';
import type { DrillServer } from '../testing/drill-server.ts';
import type { Scene } from '../testing/drill-worker.ts';
import { silentLog } from '../testing/log.ts';

/** Somebody stays in the hall and in the store to the end; the office is left. */
const town = {
  buildings: [{ id: 'b', name: 'Mairie' }],
  rooms: ['hall', 'store', 'office'].map((id) => ({ id, buildingId: 'b', name: id })),
  cameras: ['hall', 'store', 'office'].map((id) => ({
    id: `cam-${id}`,
    roomId: id,
    name: id,
    source: 'rtsp://10.0.0.1/main',
  })),
};
const login = {
  username: 'fire',
  password: 'Tilleul-7-lanterne-rive!',
  name: 'F',
  role: 'fire-safety-officer',
};
const scene: Scene = { people: { 'cam-hall': 1, 'cam-store': 2, 'cam-office': 1 }, frozen: [] };

let folder: string;
const running: ChildProcess[] = [];
/** Every board that anybody could have seen. */
const recorded: Board[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-drill-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'index.html'), '');
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  // The server was killed: its PostgreSQL may still run.
  await vi.waitFor(() => removeDataFolder(folder, silentLog), { timeout: 30_000, interval: 500 });
  await rm(folder, { recursive: true, force: true });
});

function start(name: string, given: object): ChildProcess {
  const child = fork(new URL(`../testing/${name}.ts`, import.meta.url), [JSON.stringify(given)]);
  running.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function startServer(ports: object): Promise<{ server: ChildProcess; told: DrillServer }> {
  const server = start('drill-server', { folder, town, login, ...ports });
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`the server ended with ${code}`);
  });
  const [told] = await Promise.race([once(server, 'message'), ended]);
  return { server, told };
}

const startWorker = ({ mqttUrl, workerKey }: DrillServer): ChildProcess =>
  start('drill-worker', { url: mqttUrl, key: workerKey, scene });

/** Looks at the board as a screen does, ten times a second; a server that is away shows nothing. */
function record(client: Client, incidentId: string): { stop(): Promise<void> } {
  let isOpen = true;
  const look = async () => {
    while (isOpen) {
      const answer = await client
        .get(`/api/v1/incidents/${incidentId}/board`)
        .catch(() => undefined);
      if (answer?.status === 200) recorded.push(answer.body as Board);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const looking = look();
  return {
    stop: () => {
      isOpen = false;
      return looking;
    },
  };
}

const roomOf = (board: Board | undefined, id: string): BoardRoom | undefined =>
  board?.rooms.find(({ room }) => room.id === id);

/** Waits for a board that is recorded from now on. */
async function untilBoard(what: string, pleases: (board: Board) => boolean): Promise<Board> {
  const from = recorded.length;
  return vi.waitFor(
    () => {
      const board = recorded.slice(from).find(pleases);
      if (!board) throw new Error(`no board was seen on which ${what}`);
      return board;
    },
    { timeout: 40_000, interval: 50 },
  );
}

const untilRoom = (id: string, state: string): Promise<Board> =>
  untilBoard(`${id} is ${state}`, (board) => roomOf(board, id)?.live.state === state);

it('the board is never wrong towards safety while worker, database, server and a camera break down', async () => {
  const ports = { port: await freePort(), mqttPort: await freePort() };
  const { server, told } = await startServer(ports);
  let worker = startWorker(told);
  const client = await signIn(told.url, login.username, login.password);
  await vi.waitFor(
    async () => {
      const hall = (await client.get('/api/v1/rooms/hall')).body as BoardRoom;
      expect(hall.live.count).toBe(1);
    },
    { timeout: 20_000, interval: 100 },
  );
  const pressed = await client.post('/api/v1/buildings/b/incidents', { kind: 'drill' });
  expect(pressed.status).toBe(201);
  const incident = pressed.body as Incident;
  const recording = record(client, incident.id);
  await untilRoom('hall', 'people');

  await kill(worker);
  const blind = await untilRoom('hall', 'unknown');
  expect(roomOf(blind, 'hall')).toMatchObject({
    frozen: { state: 'people', count: 1 },
    live: { count: null, reason: 'camera-lost', lastSeenAt: expect.any(String) },
  });
  worker = startWorker(told);
  await untilRoom('hall', 'people');

  const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
  process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');
  scene.people['cam-office'] = 0;
  worker.send(scene);
  await untilRoom('office', 'empty');
  await vi.waitFor(
    async () => {
      const { status, body } = await client.get(`/api/v1/incidents/${incident.id}/log`);
      expect(status).toBe(200);
      expect(wayOf(body as IncidentLine[], 'office')).toContain('empty');
    },
    { timeout: 40_000, interval: 200 },
  );

  await kill(server);
  const again = await startServer(ports);
  const resumed = await untilRoom('hall', 'people');
  expect(resumed.incident).toMatchObject({ id: incident.id, startedAt: incident.startedAt });

  scene.frozen = ['cam-store'];
  worker.send(scene);
  const frozen = await untilRoom('store', 'unknown');
  expect(roomOf(frozen, 'store')?.live).toMatchObject({ reason: 'camera-late', count: null });
  await recording.stop();

  const ended = await client.post(`/api/v1/incidents/${incident.id}/end`, { reason: 'over' });
  expect(ended.status).toBe(200);
  const { body } = await client.get(`/api/v1/incidents/${incident.id}/log`);
  again.server.kill('SIGTERM');
  await once(again.server, 'exit');

  for (const id of ['hall', 'store']) {
    const states = recorded.map((board) => roomOf(board, id)?.live.state);
    expect(new Set(states)).toEqual(new Set(['people', 'unknown']));
  }
  const lines = body as IncidentLine[];
  const whats = lines.map(({ what }) => what);
  expect([whats[0], whats.at(-1)]).toEqual(['started', 'ended']);
  expect(whats.filter((what) => what !== 'room')).toEqual(['started', 'resumed', 'ended']);
  const way = wayOf(lines, 'hall');
  // A slow machine may lose sight of the hall more often, but every loss is told, and every return.
  expect(way.length).toBeGreaterThanOrEqual(4);
  expect(way.every((state, i) => state === (i % 2 === 0 ? 'unknown' : 'people'))).toBe(true);
  expect(wayOf(lines, 'store').at(-1)).toBe('unknown');
  expect(wayOf(lines, 'office')).toContain('empty');
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
}, 170_000);

const wayOf = (lines: readonly IncidentLine[], roomId: string): unknown[] =>
  lines.flatMap(({ what, data }) => (what === 'room' && data.roomId === roomId ? data.state : []));
