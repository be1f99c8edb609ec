import type { Camera } from '@vigie/contracts/evacuation';
import { unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig } from '@vigie/contracts/vision';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';
import {
  emptyTables,
  liveOf,
  openTownHall,
  sendCount,
  type TownHall,
  workersKey,
} from './town-hall.fake.ts';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let hall: TownHall;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  await database.pool.query(emptyTables);
  hall = await openTownHall(database.db);
  return () => hall.stop();
});

const put = (id: string, body: object, role: 'administrator' | 'viewer' = 'administrator') =>
  hall.ask(role, 'PUT', `/cameras/${id}`, body);
const fresh = {
  name: 'Porte',
  roomId: 'hall',
  watches: 'door',
  profile: 'quick',
  source: 'rtsp://10.0.0.9/sub',
  login: { username: 'guard', password: 'n3w-one' },
} as const;

/** The address that workers get, once it is as awaited. */
async function awaitSource(id: string, source: string): Promise<void> {
  const topic = topics.cameraConfig(id);
  const messages = await hall.listen('worker:w2', [topic]);
  await vi.waitFor(
    async () => {
      const config = CameraConfig.parse(JSON.parse(messages.get(topic) ?? 'null'));
      expect(await unseal(config.source, workersKey)).toBe(source);
    },
    { timeout: 10_000 },
  );
}

const rows = async (): Promise<unknown[]> =>
  (await database.pool.query('SELECT * FROM cameras ORDER BY id')).rows;

describe('a camera', () => {
  it('is added by an administrator, and its address never comes back', async () => {
    const { status, body } = await put('door', fresh);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ id: 'door', name: 'Porte', watches: 'door', fps: 5 } as Camera),
    ]);
    expect(JSON.stringify([body, await rows()])).not.toMatch(/n3w-one|10\.0\.0\.9/);
    await awaitSource('door', 'rtsp://guard:n3w-one@10.0.0.9/sub');
    expect((await put('door', fresh, 'viewer')).status).toBe(403);
  });

  it('keeps what a change does not name', async () => {
    await put('door', fresh);
    const { body } = await put('door', { name: 'Porte sud', roomId: 'hall' });
    expect(body).toMatchObject({ name: 'Porte sud', watches: 'door', profile: 'quick' });
    await awaitSource('door', 'rtsp://guard:n3w-one@10.0.0.9/sub');
  });

  it('that looks elsewhere from now on is unknown until it is seen there', async () => {
    const worker = await hall.connect('worker:w1');
    await sendCount(worker, 'hall-1', 2);
    await put('hall-1', { name: 'Hall', roomId: 'hall' });
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'people', count: 2 });
    await put('hall-1', { name: 'Hall', roomId: 'hall', source: 'rtsp://10.0.0.9/other' });
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'unknown', count: null });
  });

  it.each([
    [
      'a forbidden address',
      { source: 'http://169.254.169.254/' },
      400,
      'evacuation/camera-address-forbidden',
    ],
    ['a scheme that is not allowed', { source: 'file:///etc/passwd' }, 400, 'input/invalid'],
    ['no address', { source: undefined }, 400, 'input/invalid'],
    ['an unknown room', { roomId: 'nowhere' }, 404, 'evacuation/room-unknown'],
    ['an address of another server', { source: 'sealed:v1.AAAA' }, 400, 'input/invalid'],
  ])('with %s is refused, and nothing is changed', async (_what, change, status, code) => {
    const before = await rows();
    expect(await put('door', { ...fresh, ...change })).toMatchObject({ status, body: { code } });
    expect(await rows()).toEqual(before);
  });

  it('stays in its room while an incident goes on there', async () => {
    await hall.ask('administrator', 'POST', '/buildings/town-hall/incidents', { kind: 'drill' });
    expect(await put('hall-1', { name: 'Hall', roomId: 'hall', watches: 'door' })).toMatchObject({
      status: 409,
      body: { code: 'evacuation/camera-needed' },
    });
    expect((await put('hall-1', { name: 'Grand hall', roomId: 'hall' })).status).toBe(200);
  });

  it('of the town’s file is refused by its name when its address is forbidden', async () => {
    const cameras = [
      { id: 'spy', roomId: 'hall', name: 'Spy', source: 'http://169.254.169.254/', ...defaults },
    ];
    const imported = database.db.transaction((tx) =>
      hall.evacuation.importTown({ buildings: [], rooms: [], cameras }, tx),
    );
    await expect(imported).rejects.toThrow(/camera spy.*metadata.*VIGIE_CAMERA_ALLOW/);
  });
});

const defaults = { profile: 'standard', fps: 5, staleMs: 3000 } as const;
