import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmSignal, Board, Incident, IncidentLine } from '@vigie/contracts/evacuation';
import { topics } from '@vigie/contracts/topics';
import type { MqttClient } from 'mqtt';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  emptyTownDatabase,
  liveOf,
  openTownHall,
  sendCount,
  sendNobody,
  smallTown,
  type TownHall,
} from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let worker: MqttClient;
let panel: MqttClient;

beforeEach(async () => {
  await open();
});
afterEach(() => hall.stop());

async function open(): Promise<void> {
  hall = await openTownHall(database.db);
  worker = await hall.connect('worker:w1');
  panel = await hall.connect('panel:town-hall');
}

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });

const press = (kind: string) =>
  hall.ask('warden', 'POST', '/buildings/town-hall/incidents', { kind }) as Promise<{
    status: number;
    body: Incident;
  }>;
const signal = (active: boolean, kind?: AlarmSignal['kind']) =>
  panel.publishAsync(
    topics.buildingAlarm('town-hall'),
    JSON.stringify({ v: 1, active, kind, at: new Date().toISOString() }),
    { qos: 1 },
  );
const list = async (): Promise<Incident[]> => (await hall.ask('viewer', 'GET', '/incidents')).body;
const board = async (id: string): Promise<Board> =>
  (await hall.ask('viewer', 'GET', `/incidents/${id}/board`)).body;
const log = async (id: string): Promise<IncidentLine[]> =>
  (await hall.ask('viewer', 'GET', `/incidents/${id}/log`)).body;
const end = (id: string, reason = 'all out, seen by the fire brigade') =>
  hall.ask('fire-safety-officer', 'POST', `/incidents/${id}/end`, { reason });
const roomOf = (all: Board, id: string) => all.rooms.find(({ room }) => room.id === id);

describe('an alarm while nobody counts any more', () => {
  it('opens the board at once: rooms unknown, with what was last counted and when', async () => {
    const dying = await hall.connect('worker:w2', {
      topic: topics.workerStatus('w2'),
      payload: JSON.stringify({ online: false }),
    });
    await sendCount(dying, 'hall-1', 2, { worker: 'w2' });
    for (const camera of ['cellar-1', 'cellar-2'])
      for (const agoMs of [2200, 1100, 0])
        await sendCount(dying, camera, 0, { agoMs, worker: 'w2' });
    expect(await liveOf(hall, 'cellar')).toMatchObject({ state: 'empty' });
    dying.stream.destroy();
    await until(async () => expect((await liveOf(hall, 'hall')).state).toBe('unknown'));

    const { id } = (await press('fire')).body;
    const shown = hall.events.findLast(({ name }) => name === 'board')?.data as Board;
    for (const opened of [shown, await board(id)]) {
      const unknown = { state: 'unknown', reason: 'camera-lost', count: null, max: null };
      const at = expect.any(String);
      expect(roomOf(opened, 'hall')).toMatchObject({
        frozen: { ...unknown, at, lastSeenAt: at, lastPeople: { count: 2, at } },
        live: { ...unknown, lastPeople: { count: 2, at } },
        standing: { kind: 'unknown', reason: 'camera-lost' },
      });
      // An old zero is not told: somebody may have come in since.
      expect(roomOf(opened, 'cellar')).toMatchObject({ frozen: { ...unknown, at }, live: unknown });
      expect(roomOf(opened, 'cellar')?.live).not.toHaveProperty('lastPeople');
      expect(opened.totals).toMatchObject({ roomsUnknown: 2, peopleMax: null, frozenMax: null });
    }
  });
});

describe('sounding the alarm', () => {
  it('by the button begins an incident, and pressing again joins it', async () => {
    const first = await press('fire');
    expect(first).toMatchObject({
      status: 201,
      body: { kind: 'fire', origin: 'button', startedBy: 'ada', buildingName: 'Hôtel de ville' },
    });
    const second = await press('fire');
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id } });
    expect((await log(first.body.id)).map(({ what }) => what)).toEqual(['started', 'repeated']);
  });

  it('by the panel begins an incident before the panel gets its acknowledgement', async () => {
    await signal(true);
    expect(await list()).toMatchObject([{ kind: 'fire', origin: 'mqtt', startedBy: 'panel' }]);
  });

  it('from everywhere at once makes one incident and keeps every voice in its log', async () => {
    await Promise.all([press('fire'), signal(true), press('fire'), signal(true), press('fire')]);
    const incidents = await list();
    expect(incidents).toHaveLength(1);
    const lines = await log(incidents[0]?.id ?? '');
    expect(lines.map(({ what }) => what).toSorted()).toEqual([
      'repeated',
      'repeated',
      'repeated',
      'repeated',
      'started',
    ]);
  });

  it('turns a drill into a fire when fire is reported meanwhile, never back', async () => {
    const { body } = await press('drill');
    await signal(true, 'fire');
    expect(await list()).toMatchObject([{ id: body.id, kind: 'fire' }]);
    await press('drill');
    expect(await list()).toMatchObject([{ id: body.id, kind: 'fire' }]);
    expect((await log(body.id)).map(({ what }) => what)).toEqual([
      'started',
      'escalated',
      'repeated',
    ]);
  });

  it('in a building that does not exist is refused by name', async () => {
    const { status, body } = await hall.ask('warden', 'POST', '/buildings/barn/incidents', {
      kind: 'fire',
    });
    expect({ status, body }).toMatchObject({
      status: 404,
      body: { code: 'evacuation/building-unknown', detail: expect.stringContaining('barn') },
    });
  });

  it.each([
    ['viewer', 'sounding', '/buildings/town-hall/incidents', { kind: 'fire' }],
    ['warden', 'ending', '/incidents/x/end', { reason: 'over' }],
  ] as const)('the role %s has no right to %s', async (role, _, path, body) => {
    expect((await hall.ask(role, 'POST', path, body)).status).toBe(403);
  });
});

describe('the board of an incident', () => {
  it('shows the counts frozen at T0 beside the live ones, and confirms a room once seen empty', async () => {
    await sendCount(worker, 'hall-1', 3);
    const { body } = await press('fire');
    await sendNobody(worker, 'hall-1');
    const seen = await until(async () => {
      const now = await board(body.id);
      expect(roomOf(now, 'hall')?.live.state).toBe('empty');
      return now;
    });
    expect(roomOf(seen, 'hall')).toMatchObject({
      frozen: { state: 'people', count: 3 },
      live: { count: 0 },
      cameraIds: ['hall-1'],
    });
    const confirmed = roomOf(seen, 'hall')?.confirmedEmptyAt ?? '';
    expect(Date.parse(confirmed)).toBeGreaterThanOrEqual(Date.parse(body.startedAt));
    expect(roomOf(seen, 'cellar')).toMatchObject({
      frozen: { state: 'unknown', count: null },
      live: { state: 'unknown', count: null },
      confirmedEmptyAt: null,
    });
    expect(seen.totals).toMatchObject({ peopleMax: null, roomsUnknown: 1, frozenPeople: 3 });
  });

  it('is told to browsers when a room changes, at most five times a second', async () => {
    const { body } = await press('fire');
    const before = hall.events.filter(({ name }) => name === 'board').length;
    for (let count = 1; count <= 30; count++) await sendCount(worker, 'hall-1', count);
    await until(() => {
      const told = hall.events.flatMap(({ name, data }) => (name === 'board' ? data : []));
      expect(told.at(-1)?.incident.id).toBe(body.id);
      expect(roomOf(told.at(-1) as Board, 'hall')?.live.count).toBe(30);
    });
    const news = hall.events.filter(({ name }) => name === 'room').length;
    const boards = hall.events.filter(({ name }) => name === 'board').length - before;
    expect(boards).toBeLessThan(news / 2);
  });

  it('writes the way of every room into the log', async () => {
    await sendCount(worker, 'hall-1', 2);
    const { body } = await press('fire');
    await sendNobody(worker, 'hall-1');
    await sendCount(worker, 'hall-1', 1);
    await until(async () => {
      const way = (await log(body.id)).flatMap(({ what, data }) =>
        what === 'room' && data.roomId === 'hall' ? data.state : [],
      );
      expect(way).toEqual(['unknown', 'empty', 'people']);
    });
  });
});

describe('ending an incident', () => {
  it('is done by people: a panel at rest is noted only', async () => {
    const { body } = await press('fire');
    await signal(false);
    expect(await list()).toMatchObject([{ id: body.id, endedAt: null }]);
    expect((await log(body.id)).map(({ what }) => what)).toEqual(['started', 'panel-reset']);
  });

  it('keeps who ended it, why, and how the rooms were', async () => {
    await sendCount(worker, 'hall-1', 3);
    const { body } = await press('fire');
    const ended = await end(body.id);
    expect(ended).toMatchObject({ status: 200, body: { endedBy: 'ada' } });
    await sendCount(worker, 'hall-1', 9);
    expect(roomOf(await board(body.id), 'hall')).toMatchObject({
      frozen: { count: 3 },
      live: { count: 3 },
    });
    expect((await log(body.id)).at(-1)).toMatchObject({
      what: 'ended',
      actor: 'ada',
      data: { reason: 'all out, seen by the fire brigade' },
    });
    expect(await end(body.id)).toMatchObject({
      status: 409,
      body: { code: 'evacuation/incident-ended' },
    });
  });

  it('lets the next alarm begin a new one', async () => {
    const first = await press('drill');
    await end(first.body.id);
    const second = await press('fire');
    expect(second.status).toBe(201);
    expect((await list()).map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  });

  it('needs a reason, and an incident', async () => {
    const { body } = await press('drill');
    expect((await end(body.id, '')).status).toBe(400);
    expect(await end('nothing')).toMatchObject({
      status: 404,
      body: { code: 'evacuation/incident-unknown' },
    });
  });
});

describe('a server that is restarted during an incident', () => {
  it('goes on with the frozen counts, and knows nothing live until cameras speak again', async () => {
    await sendCount(worker, 'hall-1', 3);
    const { body } = await press('fire');
    await hall.stop();
    await open();
    const resumed = await board(body.id);
    expect(resumed.incident).toEqual(body);
    expect(roomOf(resumed, 'hall')).toMatchObject({
      frozen: { state: 'people', count: 3 },
      live: { state: 'unknown', reason: 'no-headcount-yet', count: null },
    });
    await sendCount(worker, 'hall-1', 1);
    expect(roomOf(await board(body.id), 'hall')?.live).toMatchObject({ count: 1 });
    expect(await press('fire')).toMatchObject({ status: 200, body: { id: body.id } });
    await until(async () =>
      expect((await log(body.id)).map(({ what }) => what)).toContain('resumed'),
    );
  });
});

describe('a second server of the same town', () => {
  it('follows what the first one began and ended', async () => {
    const second = await openTownHall(database.db);
    try {
      const { body } = await press('drill');
      const activeThere = async () =>
        (
          (await second.ask('viewer', 'GET', '/buildings')).body as {
            activeIncidentId: string | null;
          }[]
        )[0]?.activeIncidentId;
      await until(async () => expect(await activeThere()).toBe(body.id));
      await end(body.id);
      await until(async () => expect(await activeThere()).toBeNull());
    } finally {
      await second.stop();
    }
  });
});

describe('while the database is down', () => {
  async function setDatabaseOpen(isOpen: boolean): Promise<void> {
    const admin = new pg.Client({
      connectionString: database.url.replace(/\/vigie$/, '/postgres'),
    });
    await admin.connect();
    await admin.query(`ALTER DATABASE vigie ALLOW_CONNECTIONS ${isOpen}`);
    if (!isOpen) {
      await admin.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'vigie'",
      );
    }
    await admin.end();
  }
  afterEach(() => setDatabaseOpen(true));

  const told = () => hall.events.flatMap(({ name, data }) => (name === 'board' ? data : []));

  it('the board lives on and says that its log waits, which is made up for afterwards', async () => {
    const { body } = await press('drill');
    await setDatabaseOpen(false);
    await sendCount(worker, 'hall-1', 4);
    expect(roomOf(await board(body.id), 'hall')?.live).toMatchObject({ count: 4 });
    await until(() => expect(told().at(-1)?.logDelayedSince).not.toBeNull());
    expect(await press('fire')).toMatchObject({
      status: 200,
      body: { id: body.id, kind: 'fire', sources: [{ kind: 'drill' }, { kind: 'fire' }] },
    });
    expect((await end(body.id)).status).toBe(503);
    await setDatabaseOpen(true);
    await until(async () => {
      const way = (await log(body.id)).flatMap(({ what, data }) =>
        what === 'room' ? data.count : [],
      );
      expect(way).toEqual([4]);
    });
    await until(() => expect(told().at(-1)?.logDelayedSince).toBeNull());
    expect(await list()).toMatchObject([{ kind: 'fire', sources: [{ name: 'ada' }, {}] }]);
    expect((await end(body.id)).status).toBe(200);
  });

  it('a sweep is on the board at once, asked for again, and kept once in the end', async () => {
    const { body } = await press('fire');
    const at = new Date().toISOString();
    const sweep = { id: 's1', roomId: 'cellar', result: 'clear', at, sentAt: at };
    const send = () => hall.ask('warden', 'POST', `/incidents/${body.id}/sweeps`, sweep);
    await setDatabaseOpen(false);
    expect((await send()).status).toBe(503);
    expect(roomOf(await board(body.id), 'cellar')?.standing).toMatchObject({ kind: 'swept' });
    await setDatabaseOpen(true);
    await until(async () => expect((await send()).status).toBe(200));
    expect((await send()).status).toBe(200);
    expect((await log(body.id)).filter(({ what }) => what === 'sweep')).toHaveLength(1);
  });

  it('a new alarm opens its board at once, even if the server is restarted before the database is back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-hall-'));
    await hall.stop();
    hall = await openTownHall(database.db, smallTown, { folder });
    worker = await hall.connect('worker:w1');
    await sendCount(worker, 'hall-1', 2);
    await setDatabaseOpen(false);
    const { status, body } = await press('fire');
    expect(status).toBe(201);
    await sendNobody(worker, 'hall-1');
    expect((await press('fire')).body).toMatchObject({ id: body.id });
    expect(roomOf(await board(body.id), 'hall')?.frozen).toMatchObject({ count: 2 });
    await hall.stop();
    await appendFile(join(folder, 'incident-journal.jsonl'), '0\n{}\n{"incidentId":"half a li');
    await setDatabaseOpen(true);
    hall = await openTownHall(database.db, smallTown, { folder });
    expect(await list()).toMatchObject([{ id: body.id, startedAt: body.startedAt }]);
    const told = await until(async () => {
      const lines = (await log(body.id)).map(({ what, data }) => data.state ?? what);
      expect(lines).toContain('resumed');
      return lines;
    });
    expect(told.slice(0, 2)).toEqual(['started', 'unknown']);
    expect(told.filter((what) => what === 'repeated')).toHaveLength(1);
    await rm(folder, { recursive: true, force: true });
  });

  it('what the journal replays is stored once', async () => {
    const { body } = await press('drill');
    const line = { at: body.startedAt, actor: 'x', what: 'panel-reset', data: {} };
    const entry = JSON.stringify({ incidentId: body.id, line, id: randomUUID(), notedAt: 0 });
    const folder = await mkdtemp(join(tmpdir(), 'vigie-hall-'));
    for (const _ of [1, 2]) {
      await writeFile(join(folder, 'incident-journal.jsonl'), `${entry}\n${entry}\n`);
      const again = await openTownHall(database.db, smallTown, { folder });
      await again.stop();
    }
    const lines = (await log(body.id)).filter(({ what }) => what === 'panel-reset');
    expect(lines).toHaveLength(1);
    await rm(folder, { recursive: true, force: true });
  });
});
