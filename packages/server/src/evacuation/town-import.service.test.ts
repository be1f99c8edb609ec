import { unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig } from '@vigie/contracts/vision';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';
import type { TownPart } from './town-faults.ts';
import {
  emptyTables,
  liveOf,
  openTownHall,
  sendCount,
  smallTown,
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

const importTown = (town: Partial<TownPart>) =>
  database.db.transaction((tx) =>
    hall.evacuation.importTown({ buildings: [], rooms: [], cameras: [], ...town }, tx),
  );
const stored = async (): Promise<Record<string, string>> => {
  const { rows } = await database.pool.query<{ id: string; sealed_source: string }>(
    'SELECT id, sealed_source FROM cameras',
  );
  return Object.fromEntries(rows.map((row) => [row.id, row.sealed_source]));
};

const [building] = smallTown.buildings;
const [room] = smallTown.rooms;
const [camera] = smallTown.cameras;
if (!building || !room || !camera) throw new Error('the small town is too small');

describe('importing a town', () => {
  it('twice changes nothing, not even the sealed URLs', async () => {
    const before = await stored();
    await importTown(smallTown);
    expect(await stored()).toEqual(before);
    expect(Object.values(before).join()).not.toContain('s3cret');
  });

  it('seals a URL anew when it changed, and tells the workers', async () => {
    const messages = await hall.listen('worker:w2', [topics.cameraConfig('hall-1')]);
    const source = 'rtsp://guard:other@10.0.0.7/main';
    await importTown({ cameras: [{ ...camera, source }] });
    await hall.evacuation.publishAfterImport();
    await vi.waitFor(
      async () => {
        const config = JSON.parse(messages.get(topics.cameraConfig('hall-1')) ?? 'null');
        expect(await unseal(CameraConfig.parse(config).source, workersKey)).toBe(source);
      },
      { timeout: 10_000 },
    );
  });

  it('keeps what cameras have shown', async () => {
    const worker = await hall.connect('worker:w1');
    await sendCount(worker, 'hall-1', 2);
    await importTown({ rooms: [{ ...room, name: 'Grand hall' }] });
    await hall.evacuation.publishAfterImport();
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'people', count: 2 });
  });

  it('makes a room unknown when it gets a further camera', async () => {
    const worker = await hall.connect('worker:w1');
    for (const agoMs of [2200, 1100, 0]) await sendCount(worker, 'hall-1', 0, { agoMs });
    expect((await liveOf(hall, 'hall')).state).toBe('empty');
    await importTown({ cameras: [{ ...camera, id: 'hall-2' }] });
    await hall.evacuation.publishAfterImport();
    expect(await liveOf(hall, 'hall')).toMatchObject({
      state: 'unknown',
      reason: 'no-headcount-yet',
      count: null,
    });
  });

  it.each<{ name: string; town: Partial<TownPart>; text: string }>([
    {
      name: 'a room of no building',
      town: { rooms: [{ ...room, buildingId: 'barn' }] },
      text: 'room hall names building barn',
    },
    {
      name: 'a camera of no room',
      town: { cameras: [{ ...camera, roomId: 'attic' }] },
      text: 'camera hall-1 names room attic',
    },
    {
      name: 'a building twice',
      town: { buildings: [building, building] },
      text: 'building town-hall is there twice',
    },
    {
      name: 'a camera twice',
      town: { cameras: [camera, camera] },
      text: 'camera hall-1 is there twice',
    },
  ])('refuses by name: $name', async ({ town, text }) => {
    const before = await stored();
    await expect(importTown(town)).rejects.toThrow(text);
    expect(await stored()).toEqual(before);
  });
});

describe('the description of the interface', () => {
  it('is complete for every route of this feature', () => {
    const paths = Object.keys(hall.http.swagger().paths ?? {});
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api/v1/buildings',
        '/api/v1/buildings/{id}/incidents',
        '/api/v1/rooms/{id}',
        '/api/v1/incidents',
        '/api/v1/incidents/{id}',
        '/api/v1/incidents/{id}/board',
        '/api/v1/incidents/{id}/log',
        '/api/v1/incidents/{id}/end',
        '/api/v1/alarms/{buildingId}',
        '/api/v1/camera-views',
      ]),
    );
  });
});
