import { Role } from '@vigie/contracts/accounts';
import { Commissioning } from '@vigie/contracts/commissioning';
import type { RoomView } from '@vigie/contracts/evacuation';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig } from '@vigie/contracts/vision';
import type { MqttClient } from 'mqtt';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyTownDatabase, openTownHall, sendCount, type TownHall } from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let worker: MqttClient;

beforeEach(async () => {
  hall = await openTownHall(database.db);
  worker = await hall.connect('worker:w1');
  return () => hall.stop();
});

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 20 });

const path = '/cameras/hall-1/commissioning';
const take = (moments: { at: string; people: number }[], role: Role = 'administrator') =>
  hall.ask(role, 'POST', '/cameras/hall-1/moments', { moments });
const commissioning = async (): Promise<Commissioning> =>
  Commissioning.parse((await hall.ask('administrator', 'GET', path)).body);
const roomOf = async (): Promise<RoomView> =>
  (await hall.ask('viewer', 'GET', '/rooms/hall')).body as RoomView;

const agoMs = (ms: number): string => new Date(Date.now() - ms).toISOString();
/** The camera has counted 2 for the last ten seconds. */
async function countTwo(): Promise<void> {
  for (let ms = 10_000; ms >= 0; ms -= 1000) await sendCount(worker, 'hall-1', 2, { agoMs: ms });
  await until(async () => expect((await roomOf()).live.count).toBe(2));
}
const labels = (people: readonly number[]) =>
  people.map((number, i) => ({ at: agoMs(8000 - i * 1000), people: number }));

describe('commissioning a camera', () => {
  it('puts what the camera said beside each label, and measures it from five on', async () => {
    await countTwo();
    expect((await take(labels([2, 3]))).body).toMatchObject({
      accuracy: null,
      moments: [
        { people: 3, count: 2, min: 2, max: 2, health: 'ok' },
        { people: 2, count: 2 },
      ],
    });
    await take(labels([2, 2, 3]));
    const { accuracy } = await commissioning();
    expect(accuracy).toMatchObject({
      moments: 5,
      unknown: 0,
      meanError: { value: 0.4 },
      bias: { value: -0.4 },
      falseEmptyRate: { value: 0 },
    });
    expect((await roomOf()).cameras[0]?.accuracy).toEqual(accuracy);
  });

  it('keeps numbers only', async () => {
    await countTwo();
    await take(labels([2]));
    const { fields } = await database.pool.query('SELECT * FROM commissioning_moments');
    expect(fields.map(({ name }) => name).sort()).toEqual(
      ['at', 'camera_id', 'count', 'health', 'id', 'max', 'min', 'people'].sort(),
    );
  });

  it('knows the measured error again after a restart', async () => {
    await countTwo();
    await take(labels([2, 2, 2, 2, 2]));
    const again = await openTownHall(database.db);
    try {
      const { body } = await again.ask('viewer', 'GET', '/rooms/hall');
      expect((body as RoomView).cameras[0]?.accuracy?.moments).toBe(5);
    } finally {
      await again.stop();
    }
  });

  it('notes that a camera gave no count', async () => {
    await countTwo();
    await sendCount(worker, 'hall-1', null, { health: 'smoke' });
    await until(async () => expect((await roomOf()).live.reason).toBe('camera-smoke'));
    const { body } = await take([{ at: new Date().toISOString(), people: 4 }]);
    expect(body).toMatchObject({ moments: [{ people: 4, count: null, health: 'smoke' }] });
  });

  it('takes a mistaken label back', async () => {
    await countTwo();
    await take(labels([2, 9]));
    const [mistake] = (await commissioning()).moments;
    const route = `/cameras/hall-1/moments/${mistake?.id}`;
    expect((await hall.ask('administrator', 'DELETE', route)).status).toBe(200);
    expect((await commissioning()).moments.map(({ people }) => people)).toEqual([2]);
    expect(await hall.ask('administrator', 'DELETE', route)).toMatchObject({
      status: 404,
      body: { code: 'evacuation/moment-unknown' },
    });
  });

  it.each([
    {
      name: 'a moment of yesterday',
      label: () => ({ at: agoMs(86_400_000), people: 1 }),
      answer: { status: 409, body: { code: 'evacuation/moment-forgotten' } },
    },
    {
      name: 'a moment to come',
      label: () => ({ at: agoMs(-60_000), people: 1 }),
      answer: { status: 400, body: { code: 'input/invalid' } },
    },
    {
      name: 'less than nobody',
      label: () => ({ at: agoMs(0), people: -1 }),
      answer: { status: 400, body: { code: 'input/invalid' } },
    },
  ])('refuses $name, and with it all the others', async ({ label, answer }) => {
    await countTwo();
    expect(await take([...labels([2]), label()])).toMatchObject(answer);
    expect((await commissioning()).moments).toEqual([]);
  });

  it('does not know a camera that is not registered', async () => {
    for (const [method, rest] of [
      ['GET', 'commissioning'],
      ['POST', 'confirm-view'],
    ] as const) {
      expect(await hall.ask('administrator', method, `/cameras/nowhere/${rest}`)).toMatchObject({
        status: 404,
        body: { code: 'evacuation/camera-unknown' },
      });
    }
  });

  it.each(Role.options.filter((role) => role !== 'administrator'))(
    'is refused to a %s',
    async (role) => {
      const asked = [
        await hall.ask(role, 'GET', path),
        await take(labels([1]), role),
        await hall.ask(role, 'DELETE', '/cameras/hall-1/moments/x'),
        await hall.ask(role, 'POST', '/cameras/hall-1/confirm-view'),
      ];
      expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    },
  );
});

describe('confirming a view', () => {
  it('tells the worker to learn it, and begins the measurement anew', async () => {
    await countTwo();
    await take(labels([2, 2, 2, 2, 2]));
    const configs = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    const configOf = (camera: string) => {
      const text = configs.get(topics.cameraConfig(camera));
      return text ? CameraConfig.parse(JSON.parse(text)) : undefined;
    };
    await until(() => expect(configOf('hall-1')?.viewSince).toBeNull());
    const { body } = await hall.ask('administrator', 'POST', '/cameras/hall-1/confirm-view');
    const { viewSince, accuracy, moments } = body as Commissioning;
    expect({ accuracy, moments }).toEqual({ accuracy: null, moments: [] });
    expect((await roomOf()).cameras[0]?.accuracy).toBeNull();
    await until(() => expect(configOf('hall-1')?.viewSince).toBe(viewSince));
    expect(configOf('cellar-1')?.viewSince).toBeNull();
  });
});
