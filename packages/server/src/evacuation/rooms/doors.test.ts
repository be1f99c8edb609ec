import { randomUUID } from 'node:crypto';
import type { RoomState } from '@vigie/contracts/evacuation';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig, type Crossing, type Markings, NO_MARKINGS } from '@vigie/contracts/vision';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase } from '../../testing/database.ts';
import {
  emptyTables,
  liveOf,
  openTownHall,
  sendCount,
  smallTown,
  type TownHall,
} from '../town-hall.fake.ts';
import { createDoorsService } from './doors.service.ts';
import { createDoorStore } from './doors.store.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let hall: TownHall;
let worker: MqttClient;

const line = { id: 'door', from: [0.2, 0.5], to: [0.8, 0.5] } satisfies Markings['lines'][number];
const drawn: Markings = { ...NO_MARKINGS, lines: [line] };
const town: typeof smallTown = {
  ...smallTown,
  cameras: smallTown.cameras.map((camera) =>
    camera.id === 'hall-1' ? { ...camera, watches: 'door', markings: drawn } : camera,
  ),
};

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.stop());

async function open(): Promise<void> {
  hall = await openTownHall(database.db, town);
  worker = await hall.connect('worker:w1');
}
beforeEach(async () => {
  await database.pool.query(emptyTables);
  await open();
  return () => hall.stop();
});

async function cross(direction: Crossing['direction'], change: Partial<Crossing> = {}) {
  const crossing: Crossing = {
    v: 1,
    id: randomUUID(),
    lineId: 'door',
    direction,
    at: new Date().toISOString(),
    track: 1,
    ...change,
  };
  await worker.publishAsync(topics.cameraCrossings('hall-1'), JSON.stringify(crossing), { qos: 1 });
  return crossing;
}

const declareEmpty = () => hall.ask('warden', 'POST', '/rooms/hall/known-empty');
/** The door is watched, and nobody is inside. */
async function begin(): Promise<void> {
  await sendCount(worker, 'hall-1', 0);
  expect((await declareEmpty()).status).toBe(200);
}
/** A door camera sees; what it sees there is nobody of the room. */
async function liveHall(): Promise<RoomState> {
  await sendCount(worker, 'hall-1', 1);
  return liveOf(hall, 'hall');
}

describe('a room that is counted at its doors', () => {
  it('is unknown until somebody says that it is empty, then counts who comes', async () => {
    await cross('in');
    expect(await liveHall()).toMatchObject({ state: 'unknown', reason: 'doors-unwatched' });
    await begin();
    expect(await liveHall()).toMatchObject({ state: 'unknown', reason: 'doors-only' });
    await cross('in');
    await cross('in');
    expect(await liveHall()).toMatchObject({ state: 'people', count: 2, min: 1, max: 3 });
    await cross('out');
    await cross('out');
    expect(await liveHall()).toMatchObject({ state: 'unknown', reason: 'doors-only', count: null });
  });

  it('takes a crossing that comes twice once, also after a restart', async () => {
    await begin();
    const crossing = await cross('in');
    await cross('in', crossing);
    expect((await liveHall()).doors).toMatchObject({ in: 1, inside: 1, isWatched: true });
    await hall.stop();
    await open();
    await cross('in', crossing);
    expect(await liveHall()).toMatchObject({
      state: 'unknown',
      reason: 'doors-unwatched',
      doors: { in: 1, inside: 1, isWatched: false },
    });
    await begin();
    await cross('in');
    expect(await liveHall()).toMatchObject({ state: 'people', count: 1 });
  });

  it('is not believed after its camera was lost', async () => {
    await begin();
    await cross('in');
    await sendCount(worker, 'hall-1', null, { health: 'lost' });
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'unknown', reason: 'camera-lost' });
    expect(await liveHall()).toMatchObject({ reason: 'doors-unwatched', doors: { inside: 1 } });
  });

  it('knows who said that it was empty, and forgets who crossed before', async () => {
    await begin();
    await cross('in');
    await declareEmpty();
    const { rows } = await database.pool.query('SELECT declared_by FROM known_empties');
    expect(rows).toEqual([{ declared_by: 'ada' }, { declared_by: 'ada' }]);
    expect((await database.pool.query('SELECT id FROM crossings')).rows).toEqual([]);
  });

  it('leaves out a crossing of a line that nobody drew', async () => {
    await begin();
    await cross('in', { lineId: 'gone' });
    await worker.publishAsync(topics.cameraCrossings('hall-1'), '{"v":1}', { qos: 1 });
    expect((await liveHall()).doors).toMatchObject({ in: 0 });
  });

  it('can be declared empty by those who may, where a door is counted', async () => {
    expect(await hall.ask('viewer', 'POST', '/rooms/hall/known-empty')).toMatchObject({
      status: 403,
    });
    expect(await hall.ask('warden', 'POST', '/rooms/cellar/known-empty')).toMatchObject({
      status: 409,
      body: { code: 'evacuation/room-has-no-door-count' },
    });
    expect(await hall.ask('warden', 'POST', '/rooms/attic/known-empty')).toMatchObject({
      status: 404,
      body: { code: 'evacuation/room-unknown' },
    });
  });
});

describe('a room that is empty at an hour of the day', () => {
  const three = Date.parse('2026-06-01T01:00:10Z');

  it('is counted anew then, once, unless its doors say that somebody is surely inside', async () => {
    const clock = { ms: three - 60_000, now: () => new Date(clock.ms), rate: 1 };
    const store = createDoorStore(database.db);
    const doors = createDoorsService({ store, clock, timeZone: 'Europe/Paris' });
    const pass = (at: number) =>
      doors.take({
        id: randomUUID(),
        roomId: 'hall',
        cameraId: 'hall-1',
        lineId: 'door',
        direction: 'in',
        at,
      });
    await pass(three - 5000);
    expect(await doors.followTimetable('hall', '03:00')).toBe(false);
    clock.ms = three;
    expect(await doors.followTimetable('hall', null)).toBe(false);
    expect(await doors.followTimetable('hall', '03:00')).toBe(true);
    expect(doors.count('hall', true).count).toMatchObject({ inside: 0 });
    clock.ms = three + 20_000;
    expect(await doors.followTimetable('hall', '03:00')).toBe(false);
    clock.ms = three + 86_400_000;
    for (let i = 0; i < 3; i++) await pass(clock.ms - 1000 * (i + 1));
    expect(await doors.followTimetable('hall', '03:00')).toBe(false);
    expect(doors.count('hall', true).count).toMatchObject({ inside: 3 });
  });
});

describe('what is drawn on the picture of a camera', () => {
  const zone = {
    id: 'desk',
    kind: 'exclude',
    points: [
      [0, 0],
      [0.4, 0],
      [0.4, 0.4],
    ],
  } satisfies Markings['zones'][number];
  const put = (markings: unknown, camera = 'cellar-1') =>
    hall.ask('administrator', 'PUT', `/cameras/${camera}/markings`, markings);

  it('goes to its worker and stays, also when the town is imported again', async () => {
    const messages = await hall.listen('worker:w2', [topics.cameraConfig('cellar-1')]);
    const markings: Markings = { ...NO_MARKINGS, anchor: 'head', zones: [zone] };
    expect(await put(markings)).toMatchObject({ status: 200, body: { id: 'cellar-1', markings } });
    await vi.waitFor(
      () => {
        const text = messages.get(topics.cameraConfig('cellar-1')) ?? 'null';
        expect(CameraConfig.parse(JSON.parse(text)).markings).toEqual(markings);
      },
      { timeout: 15_000 },
    );
    await database.db.transaction((tx) => hall.evacuation.importTown(town, tx));
    await hall.evacuation.publishAfterImport();
    const { body } = await hall.ask('viewer', 'GET', '/rooms/cellar');
    expect((body as { cameras: { markings: Markings }[] }).cameras[0]?.markings).toEqual(markings);
  });

  it('makes what the camera showed before worth nothing', async () => {
    await sendCount(worker, 'cellar-1', 2);
    expect(await liveOf(hall, 'cellar')).toMatchObject({ state: 'people' });
    await put({ zones: [zone] });
    expect(await liveOf(hall, 'cellar')).toMatchObject({ state: 'unknown', count: null });
  });

  it.each<[string, unknown, string]>([
    [
      'a zone whose edges cross',
      {
        zones: [
          {
            ...zone,
            points: [
              [0, 0],
              [1, 1],
              [1, 0],
              [0, 1],
            ],
          },
        ],
      },
      'cross',
    ],
    ['a line without length', { lines: [{ ...line, to: line.from }] }, 'further apart'],
    ['three points of a plan', { calibration: [] }, 'four points'],
  ])('is refused with its reason and changes nothing: %s', async (_, markings, words) => {
    const { status, body } = await put(markings);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(words);
    const answer = await hall.ask('viewer', 'GET', '/rooms/cellar');
    expect(answer.body).toMatchObject({ cameras: [{ markings: NO_MARKINGS }, {}] });
  });

  it('is for administrators, on cameras that exist', async () => {
    expect((await hall.ask('warden', 'PUT', '/cameras/cellar-1/markings', {})).status).toBe(403);
    expect(await put({}, 'nowhere')).toMatchObject({
      status: 404,
      body: { code: 'evacuation/camera-unknown' },
    });
  });
});
