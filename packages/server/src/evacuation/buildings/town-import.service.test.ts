import { NO_DRAWING, Warden } from '@vigie/contracts/floors';
import { unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig } from '@vigie/contracts/vision';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  emptyTownDatabase,
  liveOf,
  openTownHall,
  sendCount,
  smallTown,
  type TownHall,
  workersKey,
} from '../town-hall.fake.ts';
import type { TownPart } from './town-faults.ts';

const database = emptyTownDatabase();
let hall: TownHall;

beforeEach(async () => {
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

const wardenOf = (id: string, given: Partial<Warden> = {}): Warden =>
  Warden.parse({ id, buildingId: 'town-hall', name: 'Ada', role: 'guide', ...given });

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

  it('lets floors and rooms swap their names, and rooms stay on their floors', async () => {
    const places = (swap: boolean) => {
      const [low, high] = swap ? ['Haut', 'Bas'] : ['Bas', 'Haut'];
      return {
        floors: [
          { id: 'a', buildingId: 'town-hall', name: low as string, level: 0 },
          { id: 'b', buildingId: 'town-hall', name: high as string, level: 1 },
        ],
        rooms: [
          { ...room, id: 'one', name: swap ? 'Deux' : 'Un', floor: low as string },
          { ...room, id: 'two', name: swap ? 'Un' : 'Deux', floor: high as string },
        ],
      };
    };
    const named = async () => {
      const { floors, rooms } = await hall.evacuation.exportTown();
      const on = (id: string) => rooms.find((one) => one.id === id);
      return {
        floors: ['a', 'b'].map((id) => [id, floors.find((one) => one.id === id)?.name]),
        rooms: ['one', 'two', 'three'].map((id) => [on(id)?.name, on(id)?.floor]),
      };
    };
    await importTown(places(false));
    await importTown({ rooms: [{ ...room, id: 'three', name: 'Trois', floor: 'Bas' }] });
    await importTown(places(true));
    expect(await named()).toEqual({
      floors: [
        ['a', 'Haut'],
        ['b', 'Bas'],
      ],
      rooms: [
        ['Deux', 'Haut'],
        ['Un', 'Bas'],
        ['Trois', 'Haut'],
      ],
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
      name: 'the place of an assembly point of no building of its own',
      town: { rooms: [{ ...room, assemblyPointId: 'square' }] },
      text: 'room hall names assembly point square',
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
    {
      name: 'two floors of one name',
      town: {
        floors: ['a', 'b'].map((id) => ({ id, buildingId: 'town-hall', name: 'RDC', level: 0 })),
      },
      text: 'floors a and b have the same name RDC',
    },
    {
      name: 'a drawing of a room of another floor',
      town: {
        floors: [
          {
            ...{ id: 'a', buildingId: 'town-hall', name: 'RDC', level: 0 },
            drawing: {
              ...NO_DRAWING,
              cameras: [{ cameraId: 'hall-1', at: [0, 0], towards: [1, 1] }],
            },
          },
        ],
      },
      text: 'camera hall-1 is drawn on floor RDC but does not belong there',
    },
    {
      name: 'a warden of a room that is not there',
      town: {
        wardens: [wardenOf('w', { rooms: ['attic'] })],
      },
      text: 'warden w names room attic, which does not exist in building town-hall',
    },
    {
      name: 'a warden of a room of another building',
      town: {
        buildings: [{ ...building, id: 'barn' }],
        wardens: [wardenOf('w', { buildingId: 'barn', rooms: ['hall'] })],
      },
      text: 'warden w names room hall, which does not exist in building barn',
    },
    {
      name: 'the deputy of nobody',
      town: { wardens: [wardenOf('w', { deputyOf: 'v' })] },
      text: 'warden w is the deputy of v, who is no warden of building town-hall',
    },
    {
      name: 'the deputy of a deputy',
      town: {
        wardens: [
          wardenOf('u'),
          wardenOf('v', { deputyOf: 'u' }),
          wardenOf('w', { deputyOf: 'v' }),
        ],
      },
      text: 'warden w is the deputy of v, who is no warden of building town-hall or a deputy too',
    },
  ])('refuses by name: $name', async ({ town, text }) => {
    const before = await stored();
    await expect(importTown(town)).rejects.toThrow(text);
    expect(await stored()).toEqual(before);
  });
});

describe('a room that must not be filmed', () => {
  const filmFree = { ...room, id: 'staff', isFilmFree: true };
  const lens = { ...camera, id: 'staff-1', roomId: 'staff' };

  it('takes a camera at its door and none that looks inside', async () => {
    await expect(importTown({ rooms: [filmFree], cameras: [lens] })).rejects.toThrow(
      'camera staff-1 looks into room staff, which must not be filmed',
    );
    await importTown({ rooms: [filmFree], cameras: [{ ...lens, watches: 'door' }] });
    expect(Object.keys(await stored())).toContain('staff-1');
  });

  it('stays so when a later file does not say it', async () => {
    await importTown({ rooms: [filmFree] });
    await importTown({ rooms: [{ ...room, id: 'staff' }] });
    await expect(importTown({ cameras: [lens] })).rejects.toThrow('must not be filmed');
  });

  it('takes no telephone either', async () => {
    await importTown({ rooms: [filmFree] });
    await hall.evacuation.publishAfterImport();
    const answer = await hall.ask('administrator', 'POST', '/rooms/staff/browser-cameras', {
      name: 'Telephone',
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'evacuation/room-film-free' } });
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
        '/api/v1/evacuation-plan',
        '/api/v1/floors/{id}',
        '/api/v1/floors/{id}/plan',
      ]),
    );
  });
});
