import { AlarmInput } from '@vigie/contracts/alarm-inputs';
import type { BuildingView, RoomView } from '@vigie/contracts/evacuation';
import { EvacuationPlan, NewFloor, Warden } from '@vigie/contracts/floors';
import { topics } from '@vigie/contracts/topics';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  emptyTables,
  emptyTownDatabase,
  openTownHall,
  sendCount,
  smallTown,
  type TownHall,
} from './town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;

const buildingId = 'town-hall';
const wardens = [
  { id: 'guide', rooms: ['hall', 'cellar'], floors: ['ground'] },
  { id: 'deputy', deputyOf: 'guide' },
].map((one) => Warden.parse({ buildingId, name: one.id, role: 'guide', phone: '18', ...one }));
const town = {
  ...smallTown,
  floors: [
    NewFloor.parse({
      ...{ id: 'ground', buildingId, name: '0', level: 0 },
      drawing: {
        cameras: [{ cameraId: 'hall-1', at: [0, 0], towards: [1, 1] }],
        assemblyPoints: [{ id: 'square', at: [1, 1] }],
      },
    }),
  ],
  alarmInputs: [
    AlarmInput.parse({
      ...{ id: 'panel', buildingId, name: 'Panel', host: '127.0.0.1', port: 1, address: 0 },
      contact: 'normally-closed',
    }),
  ],
  assemblyPoints: [{ id: 'square', buildingId, name: 'Place', place: '' }],
  wardens,
};

beforeEach(async () => {
  hall = await openTownHall(database.db, town);
  return () => hall.stop();
});

const remove = (path: string) => hall.ask('administrator', 'DELETE', path);
const plan = async (): Promise<EvacuationPlan> =>
  EvacuationPlan.parse((await hall.ask('administrator', 'GET', '/evacuation-plan')).body);
const rooms = async (): Promise<RoomView[]> =>
  ((await hall.ask('viewer', 'GET', '/buildings')).body as BuildingView[]).flatMap(
    (building) => building.rooms,
  );
/** As it would be imported into an empty town. */
const importAgain = async () => {
  const kept = await hall.evacuation.exportTown();
  await database.pool.query(emptyTables);
  await database.db.transaction((tx) => hall.evacuation.importTown(kept, tx));
  return kept;
};
const sound = () =>
  hall.ask('administrator', 'POST', `/buildings/${buildingId}/incidents`, { kind: 'drill' });

describe('a room that is removed', () => {
  it('goes with its cameras, off the plan and off the bus', async () => {
    const worker = await hall.connect('worker:w1');
    await sendCount(worker, 'hall-1', 2);
    await database.pool.query(
      "INSERT INTO known_empties (room_id, at, declared_by) VALUES ('hall', now(), 'ada')",
    );
    expect(await remove('/rooms/hall')).toMatchObject({ status: 204 });
    expect((await rooms()).map(({ id }) => id)).toEqual(['cellar']);
    const { floors, wardens: left } = await plan();
    expect(floors.find(({ id }) => id === 'ground')?.drawing.cameras).toEqual([]);
    expect(left.find(({ id }) => id === 'guide')?.rooms).toEqual(['cellar']);
    const known = await hall.listen('integrator:x', [topics.roomState('+')]);
    await expect.poll(() => [...known.keys()]).toEqual([topics.roomState('cellar')]);
    const configs = await hall.listen('worker:w2', [topics.cameraConfig('+')]);
    await expect.poll(() => configs.size).toBe(2);
    expect(configs.has(topics.cameraConfig('hall-1'))).toBe(false);
    expect((await importAgain()).rooms.map(({ id }) => id)).toEqual(['cellar']);
  });
});

describe('a floor that is removed', () => {
  it('leaves its rooms in the building, without a floor', async () => {
    expect(await remove('/floors/ground')).toMatchObject({ status: 204 });
    expect((await rooms()).map(({ id, floor }) => [id, floor])).toEqual([
      ['cellar', '-1'],
      ['hall', ''],
    ]);
    expect((await plan()).wardens.find(({ id }) => id === 'guide')?.floors).toEqual([]);
    expect((await importAgain()).floors.map(({ name }) => name)).toEqual(['-1']);
  });
});

describe('a building that is removed', () => {
  it('goes with all that is in it; its incidents stay by name', async () => {
    const started = (await sound()).body as { id: string };
    await hall.ask('administrator', 'POST', `/incidents/${started.id}/end`, { reason: 'done' });
    expect(await remove(`/buildings/${buildingId}`)).toMatchObject({ status: 204 });
    expect((await hall.ask('viewer', 'GET', '/buildings')).body).toEqual([]);
    expect((await hall.ask('administrator', 'GET', '/alarm-inputs')).body).toEqual([]);
    expect(await plan()).toEqual({ floors: [], assemblyPoints: [], wardens: [] });
    expect(await hall.ask('viewer', 'GET', `/incidents/${started.id}/report`)).toMatchObject({
      status: 200,
      body: { incident: { buildingName: 'Hôtel de ville' } },
    });
    expect(await hall.ask('viewer', 'GET', '/safety-register')).toMatchObject({
      body: { entries: [{ incident: { buildingName: 'Hôtel de ville' } }], drills: [] },
    });
    expect((await sound()).status).toBe(404);
  });
});

describe('a warden who is removed', () => {
  it('leaves the deputy without somebody to stand in for', async () => {
    expect(await remove('/wardens/guide')).toMatchObject({ status: 204 });
    expect((await plan()).wardens).toMatchObject([{ id: 'deputy', deputyOf: null }]);
    expect((await importAgain()).wardens).toMatchObject([{ id: 'deputy', deputyOf: null }]);
  });
});

describe('what is removed', () => {
  const all = ['buildings/town-hall', 'floors/ground', 'rooms/hall', 'assembly-points/square'];

  it.each(all)('stays while an incident goes on: %s', async (path) => {
    await sound();
    const before = [await plan(), (await rooms()).length];
    expect(await remove(`/${path}`)).toMatchObject({
      status: 409,
      body: { code: 'evacuation/incident-active', detail: expect.stringContaining('has ended') },
    });
    expect([await plan(), (await rooms()).length]).toEqual(before);
  });

  it.each([...all, 'wardens/guide'])('is unknown the second time: %s', async (path) => {
    expect(await remove(`/${path}`)).toMatchObject({ status: 204 });
    expect(await remove(`/${path}`)).toMatchObject({
      status: 404,
      body: { code: expect.stringMatching(/^evacuation\/[a-z-]+-unknown$/) },
    });
  });
});

describe('a telephone of a warden', () => {
  it.each([
    ['warden', '18'],
    ['viewer', ''],
  ] as const)('is shown to a %s as "%s"', async (role, phone) => {
    const { body } = await hall.ask(role, 'GET', '/evacuation-plan');
    expect(EvacuationPlan.parse(body).wardens[0]?.phone).toBe(phone);
  });
});
