import { RoomState } from '@vigie/contracts/evacuation';
import { unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig } from '@vigie/contracts/vision';
import type { MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import {
  emptyTables,
  liveOf,
  openTownHall,
  secretUrl,
  sendCount,
  sendNobody,
  smallTown,
  type TownHall,
  workersKey,
} from './town-hall.fake.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let hall: TownHall;
let worker: MqttClient;
const warnings: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.stop());

beforeEach(async () => {
  await database.pool.query(emptyTables);
  warnings.length = 0;
  hall = await openTownHall(database.db, smallTown, {
    log: {
      ...silentLog,
      warn: (data, text) => void warnings.push(`${text} ${JSON.stringify(data)}`),
    },
  });
  worker = await hall.connect('worker:w1');
});
afterEach(() => hall.stop());

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });

const stateIn = (messages: Map<string, string>, room: string): RoomState =>
  RoomState.parse(JSON.parse(messages.get(topics.roomState(room)) ?? 'null'));

describe('the configuration of cameras on the bus', () => {
  it('is retained, and only holders of the workers’ key can read the URL', async () => {
    const messages = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    await until(() => expect(messages.size).toBe(3));
    const config = CameraConfig.parse(
      JSON.parse(messages.get(topics.cameraConfig('hall-1')) ?? ''),
    );
    expect(await unseal(config.source, workersKey)).toBe(secretUrl);
    expect([...messages.values()].join()).not.toContain('s3cret');
  });

  it('asks for more looks from an alarm until its end, in its building alone, also over a restart', async () => {
    await hall.stop();
    const barn = { id: 'barn', name: 'Grange', address: '' };
    const room = { id: 'loft', buildingId: 'barn', name: 'Loft', floor: '', capacity: null };
    const camera = { ...smallTown.cameras[0], id: 'loft-1', roomId: 'loft' };
    const town = {
      buildings: [...smallTown.buildings, barn],
      rooms: [...smallTown.rooms, room],
      cameras: [...smallTown.cameras, camera],
    } as typeof smallTown;
    hall = await openTownHall(database.db, town);
    let messages = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    const rates = () =>
      ['hall-1', 'cellar-2', 'loft-1'].map((id) => {
        const { fps, alarmFps } = JSON.parse(messages.get(topics.cameraConfig(id)) ?? '{}');
        return [fps, alarmFps];
      });
    const calm = [5, undefined];
    await until(() => expect(rates()).toEqual([calm, calm, calm]));
    const { body } = await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', {
      kind: 'drill',
    });
    await until(() => expect(rates()).toEqual([[5, 10], [5, 10], calm]));

    await hall.stop();
    hall = await openTownHall(database.db, town);
    messages = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    await until(() => expect(rates()).toEqual([[5, 10], [5, 10], calm]));
    const { id } = body as { id: string };
    await hall.ask('fire-safety-officer', 'POST', `/incidents/${id}/end`, { reason: 'over' });
    await until(() => expect(rates()).toEqual([calm, calm, calm]));
  });

  it('withholds pictures, or the camera itself, where they are kept for incidents', async () => {
    const messages = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    const text = () => messages.get(topics.cameraConfig('hall-1'));
    const isWithheld = () => JSON.parse(text() || '{}').isWithheld;
    const lock = (cameraUse: string) =>
      hall.ask('administrator', 'PUT', '/buildings/town-hall/camera-use', {
        cameraUse,
        reason: 'avis de la DPO',
      });
    await until(() => expect(text()).toContain('"v":1'));
    expect(isWithheld()).toBeUndefined();
    await lock('counting');
    await until(() => expect(isWithheld()).toBe(true));
    await sendCount(worker, 'hall-1', 2);
    await until(async () => expect(await liveOf(hall, 'hall')).toMatchObject({ count: 2 }));

    await lock('incidents');
    await until(() => expect(text()).toBe(''));
    await until(async () => expect(await liveOf(hall, 'hall')).toMatchObject({ count: null }));
    await sendCount(worker, 'hall-1', 2);
    expect(await liveOf(hall, 'hall')).toMatchObject({ count: null, state: 'unknown' });

    const { body } = await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', {
      kind: 'fire',
    });
    await until(() => expect(text()).toContain('"v":1'));
    expect(isWithheld()).toBeUndefined();
    await sendCount(worker, 'hall-1', 2);
    await until(async () => expect(await liveOf(hall, 'hall')).toMatchObject({ count: 2 }));
    const { id } = body as { id: string };
    await hall.ask('fire-safety-officer', 'POST', `/incidents/${id}/end`, { reason: 'over' });
    await until(() => expect(text()).toBe(''));
  });

  it('shows no URL in the lists, not even sealed', async () => {
    const { body } = await hall.ask('administrator', 'GET', '/buildings');
    expect(JSON.stringify(body)).toContain('hall-1');
    expect(JSON.stringify(body)).not.toMatch(/s3cret|sealed|source"/);
  });
});

describe('headcounts from the bus', () => {
  it('make the state of the room, its bare number and a live event', async () => {
    const messages = await hall.listen('integrator:x', [
      topics.roomState('+'),
      topics.roomPerson('+'),
    ]);
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('unknown'));
    await sendCount(worker, 'hall-1', 2);
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('2'));
    expect(stateIn(messages, 'hall')).toMatchObject({ state: 'people', count: 2 });
    await sendNobody(worker, 'hall-1');
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('0'));
    const told = hall.events.flatMap(({ name, data }) =>
      name === 'room' && data.roomId === 'hall' ? data.state : [],
    );
    expect(told).toEqual(expect.arrayContaining(['unknown', 'people', 'empty']));
  });

  it('stay retained for whoever comes later', async () => {
    await sendCount(worker, 'hall-1', 2);
    const messages = await hall.listen('integrator:x', [topics.roomPerson('hall')]);
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('2'));
  });

  it('are unknown by time alone when they stop', async () => {
    const messages = await hall.listen('integrator:x', [
      topics.roomState('hall'),
      topics.roomPerson('hall'),
    ]);
    await sendNobody(worker, 'hall-1');
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('0'));
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('unknown'));
    const state = stateIn(messages, 'hall');
    expect(state).toMatchObject({ state: 'unknown', reason: 'camera-late', count: null });
    expect(Date.parse(state.since) - Date.parse(state.at ?? '')).toBeGreaterThan(3000);
  });

  it('keep telling the age of a room in which nothing changes', async () => {
    let said = Promise.resolve();
    const timer = setInterval(() => {
      said = said.then(() => sendCount(worker, 'hall-1', 1));
    }, 200);
    try {
      const looks = () =>
        hall.events.flatMap(({ name, data }) =>
          name === 'room' && data.roomId === 'hall' && data.state === 'people' ? data.at : [],
        );
      await until(() => expect(new Set(looks()).size).toBeGreaterThan(2));
    } finally {
      clearInterval(timer);
      await said;
    }
  });

  it('no longer hold when their worker dies', async () => {
    const status = topics.workerStatus('w2');
    const dying = await hall.connect('worker:w2', {
      topic: status,
      payload: JSON.stringify({ online: false }),
    });
    await sendCount(dying, 'hall-1', 2, { worker: 'w2' });
    await sendCount(worker, 'cellar-1', 1);
    expect((await liveOf(hall, 'hall')).state).toBe('people');
    dying.stream.destroy();
    await until(async () =>
      expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'unknown', reason: 'camera-lost' }),
    );
    expect((await liveOf(hall, 'cellar')).state).toBe('people');
  });

  it.each([
    ['no JSON', 'three'],
    ['a negative count', JSON.stringify({ v: 1, count: -1 })],
  ])('that break their contract are logged once and change nothing: %s', async (_, payload) => {
    await sendCount(worker, 'hall-1', 2);
    for (let i = 0; i < 3; i++) {
      await worker.publishAsync(topics.cameraHeadcount('hall-1'), payload, { qos: 1 });
    }
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'people', count: 2 });
    expect(warnings.filter((text) => text.includes('breaks its contract'))).toHaveLength(1);
    await sendCount(worker, 'hall-1', 3);
    expect(await liveOf(hall, 'hall')).toMatchObject({ count: 3 });
  });

  it('of a camera that nobody registered are left out', async () => {
    await sendCount(worker, 'unheard-of', 2);
    await sendCount(worker, 'hall-1', 1);
    expect(await liveOf(hall, 'hall')).toMatchObject({ count: 1 });
  });
});

describe('a server that stops', () => {
  it('says unknown for every room, so that no number outlives it', async () => {
    const messages = await hall.listen('integrator:x', [topics.roomPerson('+')]);
    await sendNobody(worker, 'hall-1');
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('0'));
    await hall.evacuation.stop();
    await until(() => expect(messages.get(topics.roomPerson('hall'))).toBe('unknown'));
    await sendCount(worker, 'hall-1', 2);
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'unknown' });
  });
});
