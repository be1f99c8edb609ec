import { randomUUID } from 'node:crypto';
import type { Board, Incident, IncidentLine, RoomStanding } from '@vigie/contracts/evacuation';
import type { BoardLink, Finding, NewBoardLink, NewSweep, Sweep } from '@vigie/contracts/sweeps';
import { Town } from '@vigie/contracts/town';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  emptyTownDatabase,
  openTownHall,
  sendCount,
  sendNobody,
  type TownHall,
} from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let worker: MqttClient;
let incident: Incident;

beforeEach(async () => {
  await open();
  await sendCount(worker, 'hall-1', 3);
  const { body } = await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', {
    kind: 'fire',
  });
  incident = body;
});
afterEach(() => hall.stop());

async function open(): Promise<void> {
  hall = await openTownHall(database.db);
  worker = await hall.connect('worker:w1');
}

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });
const now = () => new Date().toISOString();

const newSweep = (change: Partial<NewSweep> = {}): NewSweep => ({
  id: randomUUID(),
  roomId: 'hall',
  result: 'clear',
  people: null,
  at: now(),
  sentAt: now(),
  ...change,
});
const send = (sweep: NewSweep) =>
  hall.ask('warden', 'POST', `/incidents/${incident.id}/sweeps`, sweep) as Promise<{
    status: number;
    body: Sweep;
  }>;
const board = async (): Promise<Board> =>
  (await hall.ask('viewer', 'GET', `/incidents/${incident.id}/board`)).body;
const standing = async (id: string): Promise<RoomStanding | undefined> =>
  (await board()).rooms.find(({ room }) => room.id === id)?.standing;
const findings = async (): Promise<Finding[]> =>
  (await hall.ask('viewer', 'GET', `/incidents/${incident.id}/findings`)).body;
const log = async (): Promise<IncidentLine[]> =>
  (await hall.ask('viewer', 'GET', `/incidents/${incident.id}/log`)).body;
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

describe('a sweep', () => {
  it('clears an unknown room by name and time, and is told at once', async () => {
    expect(await standing('cellar')).toMatchObject({ kind: 'unknown' });
    const { status, body } = await send(newSweep({ roomId: 'cellar' }));
    expect(status).toBe(200);
    expect(await standing('cellar')).toEqual({
      kind: 'swept',
      by: 'ada',
      at: body.madeAt,
      reason: null,
    });
    const told = hall.events.flatMap(({ name, data }) => (name === 'board' ? [data] : [])).at(-1);
    expect(told?.rooms.find(({ room }) => room.id === 'cellar')?.sweep?.id).toBe(body.id);
  });

  it('counts once, however often it is sent', async () => {
    const sweep = newSweep({ roomId: 'cellar', at: secondsAgo(5) });
    const first = await send(sweep);
    const second = await send({ ...sweep, sentAt: now() });
    expect(second).toEqual(first);
    expect(await findings()).toHaveLength(1);
    expect((await log()).filter(({ what }) => what === 'sweep')).toHaveLength(1);
  });

  it('of the same id that says something else is refused, and changes nothing', async () => {
    const sweep = newSweep({ roomId: 'cellar' });
    await send(sweep);
    expect(await send({ ...sweep, roomId: 'hall' })).toMatchObject({
      status: 409,
      body: { code: 'evacuation/finding-id-taken' },
    });
    expect(await standing('hall')).toMatchObject({ kind: 'people', by: null });
  });

  it('keeps its own time when it comes late, and does not undo what was seen meanwhile', async () => {
    const { body } = await send(newSweep({ at: secondsAgo(3600), sentAt: secondsAgo(3600) }));
    expect(Date.now() - Date.parse(body.madeAt)).toBeLessThan(60_000);
    await sendCount(worker, 'hall-1', 2);
    await until(async () =>
      expect(await standing('hall')).toMatchObject({ kind: 'contradiction' }),
    );
    expect((await board()).totals).toMatchObject({ roomsInContradiction: 1, peopleMin: 2 });
  });

  it('of a room that the incident does not have is refused by name', async () => {
    expect(await send(newSweep({ roomId: 'attic' }))).toMatchObject({
      status: 404,
      body: { code: 'evacuation/room-unknown' },
    });
  });

  it('is still kept when it comes after the end', async () => {
    await hall.ask('fire-safety-officer', 'POST', `/incidents/${incident.id}/end`, {
      reason: 'all out',
    });
    expect((await send(newSweep({ roomId: 'cellar' }))).status).toBe(200);
    expect(await standing('cellar')).toMatchObject({ kind: 'swept' });
  });

  it('is remembered by a server that is restarted', async () => {
    await send(newSweep({ roomId: 'cellar' }));
    await sendCount(worker, 'hall-1', 1);
    await send(newSweep());
    await sendCount(worker, 'hall-1', 1);
    await until(async () =>
      expect(await standing('hall')).toMatchObject({ kind: 'contradiction' }),
    );
    await hall.stop();
    await open();
    expect(await standing('cellar')).toMatchObject({ kind: 'swept' });
    expect(await standing('hall')).toMatchObject({ kind: 'contradiction' });
  });

  it('reaches another server of the same town', async () => {
    const other = await openTownHall(database.db);
    try {
      await send(newSweep({ roomId: 'cellar' }));
      await until(async () => {
        const { body } = await other.ask('viewer', 'GET', `/incidents/${incident.id}/board`);
        const { rooms } = body as Board;
        expect(rooms.find(({ room }) => room.id === 'cellar')?.standing.kind).toBe('swept');
      });
    } finally {
      await other.stop();
    }
  });
});

describe('a contradiction', () => {
  beforeEach(async () => {
    await send(newSweep());
    await sendCount(worker, 'hall-1', 1);
    await until(async () =>
      expect(await standing('hall')).toMatchObject({ kind: 'contradiction' }),
    );
  });

  it('ends when cameras have seen nobody for the settling time', async () => {
    await sendNobody(worker, 'hall-1');
    await until(async () => expect(await standing('hall')).toMatchObject({ kind: 'empty' }));
  });

  it('ends by an override, with a reason and a name, which the log keeps', async () => {
    const told = { id: randomUUID(), roomId: 'hall', reason: 'a coat on a chair' };
    const path = `/incidents/${incident.id}/overrides`;
    expect((await hall.ask('warden', 'POST', path, told)).status).toBe(403);
    const nothing = { ...told, reason: '' };
    expect((await hall.ask('fire-safety-officer', 'POST', path, nothing)).status).toBe(400);
    expect((await hall.ask('fire-safety-officer', 'POST', path, told)).status).toBe(200);
    expect(await standing('hall')).toMatchObject({ kind: 'swept', reason: told.reason });
    await sendCount(worker, 'hall-1', 1);
    expect(await standing('hall')).toMatchObject({ kind: 'swept' });
    await sendCount(worker, 'hall-1', 2);
    await until(async () =>
      expect(await standing('hall')).toMatchObject({ kind: 'contradiction' }),
    );
    await until(async () => {
      const kinds = (await log()).flatMap(({ what, data }) =>
        what === 'standing' && data.roomId === 'hall' ? [data.kind] : [],
      );
      expect(kinds.slice(-3)).toEqual(['contradiction', 'swept', 'contradiction']);
    });
  });
});

describe('the assembly point', () => {
  const count = (how: 'set' | 'add', people: number) =>
    hall.ask('warden', 'POST', `/incidents/${incident.id}/assembly-counts`, {
      id: randomUUID(),
      point: 'Parvis',
      how,
      people,
      at: now(),
      sentAt: now(),
    });

  it('is counted by hand, and the board says whether it adds up', async () => {
    expect((await board()).tally).toMatchObject({ kind: 'not-counted' });
    expect((await count('set', -1)).status).toBe(400);
    await count('set', 1);
    await count('add', 1);
    const { assembled, tally } = await board();
    expect(assembled).toMatchObject([{ point: 'Parvis', people: 2, by: 'ada' }]);
    expect(tally).toMatchObject({ assembled: 2 });
  });
});

describe('an assembly point of the registry', () => {
  const point = { id: 'parvis', buildingId: 'town-hall', name: 'Parvis', place: '' };
  const yard = {
    id: 'yard',
    buildingId: 'town-hall',
    name: 'Vu du toit',
    floor: '',
    capacity: null,
  };
  const camera = { id: 'yard-1', roomId: 'yard', name: 'Toit', source: 'rtsp://192.0.2.1/one' };

  beforeEach(async () => {
    const town = Town.parse({
      assemblyPoints: [point, { ...point, id: 'court', name: 'Cour' }],
      rooms: [{ ...yard, assemblyPointId: 'parvis' }],
      cameras: [camera],
    });
    await database.db.transaction((tx) => hall.evacuation.importTown(town, tx));
    await hall.evacuation.publishAfterImport();
    const path = `/incidents/${incident.id}/end`;
    await hall.ask('fire-safety-officer', 'POST', path, { reason: 'again' });
    const kind = { kind: 'drill' };
    incident = (await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', kind)).body;
  });

  it('is on the board before anybody counted, and whom its camera sees is outside', async () => {
    await until(async () => {
      await sendCount(worker, 'yard-1', 2);
      expect(await board()).toMatchObject({
        assembled: [
          { point: 'Cour', people: null, seen: null },
          { point: 'Parvis', people: null, seen: { min: 2, max: 2 } },
        ],
        tally: { kind: 'open', assembled: 0, seen: { min: 2, max: 2 } },
      });
    });
    const { rooms } = await board();
    expect(rooms.map(({ room }) => room.id)).not.toContain('yard');
  });

  it('has an unknown number where its camera does not see, never nobody', async () => {
    await sendCount(worker, 'yard-1', null, { health: 'dark' });
    const { assembled } = await board();
    expect(assembled).toMatchObject([{ point: 'Cour' }, { seen: { min: 0, max: null } }]);
  });

  it('names the cameras of the rooms that do not see', async () => {
    await sendCount(worker, 'cellar-1', null, { health: 'covered' });
    await until(async () =>
      expect((await board()).blind).toContainEqual({
        cameraId: 'cellar-1',
        name: 'cellar-1',
        roomId: 'cellar',
        health: 'covered',
      }),
    );
  });
});

describe('a link for the fire service', () => {
  const path = () => `/incidents/${incident.id}/board-links`;
  const draw = async (): Promise<NewBoardLink> =>
    (await hall.ask('fire-safety-officer', 'POST', path())).body;
  const read = async (token: string) => {
    const answer = await fetch(`${hall.url}/api/v1/board-by-link?token=${token}`);
    return { status: answer.status, body: await answer.json() };
  };

  it('opens this board and nothing else, without signing in, until it is taken back', async () => {
    expect((await hall.ask('warden', 'POST', path())).status).toBe(403);
    const link = await draw();
    expect(await read(link.token)).toMatchObject({
      status: 200,
      body: { incident: { id: incident.id } },
    });
    const elsewhere = await fetch(`${hall.url}/api/v1/incidents?token=${link.token}`);
    expect(elsewhere.status).toBe(401);
    await hall.ask('fire-safety-officer', 'DELETE', `${path()}/${link.id}`);
    expect(await read(link.token)).toMatchObject({
      status: 401,
      body: { code: 'evacuation/board-link-wrong' },
    });
    const { body } = await hall.ask('fire-safety-officer', 'GET', path());
    expect(body as BoardLink[]).toMatchObject([{ id: link.id, drawnBy: 'ada' }]);
    expect(JSON.stringify(body)).not.toContain(link.token);
    await until(async () =>
      expect((await log()).map(({ what }) => what)).toEqual(
        expect.arrayContaining(['link-drawn', 'link-opened', 'link-revoked']),
      ),
    );
  });

  it('keeps only a digest of its token, and expires', async () => {
    const { token } = await draw();
    const { rows } = await database.pool.query('SELECT * FROM board_links');
    expect(JSON.stringify(rows)).not.toContain(token);
    await database.pool.query("UPDATE board_links SET expires_at = now() - interval '1 second'");
    expect((await read(token)).status).toBe(401);
  });
});
