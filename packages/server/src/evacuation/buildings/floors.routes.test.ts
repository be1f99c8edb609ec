import { Role } from '@vigie/contracts/accounts';
import type { BuildingView, Incident } from '@vigie/contracts/evacuation';
import { EvacuationPlan, type FloorChange, type FloorView } from '@vigie/contracts/floors';
import type { NewBoardLink } from '@vigie/contracts/sweeps';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyTownDatabase, openTownHall, smallTown, type TownHall } from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;

const svg = (inner = ''): NonNullable<FloorChange['plan']> => ({
  mediaType: 'image/svg+xml',
  base64: Buffer.from(`<svg viewBox="0 0 40 20"><path d="M0 0H9"/>${inner}</svg>`).toString(
    'base64',
  ),
});

const town = {
  ...smallTown,
  buildings: [...smallTown.buildings, { id: 'barn', name: 'Grange', address: '' }],
  floors: [
    { id: 'ground', buildingId: 'town-hall', name: '0', level: 0 },
    { id: 'barn-floor', buildingId: 'barn', name: 'Aire', level: 9, plan: svg() },
  ],
  assemblyPoints: [{ id: 'square', buildingId: 'town-hall', name: 'Place', place: '' }],
};

beforeEach(async () => {
  hall = await openTownHall(database.db, town);
  return () => hall.stop();
});

const plan = async (): Promise<EvacuationPlan> =>
  EvacuationPlan.parse((await hall.ask('viewer', 'GET', '/evacuation-plan')).body);
const ground = async (): Promise<FloorView> => {
  const floor = (await plan()).floors.find(({ id }) => id === 'ground');
  if (!floor) throw new Error('the ground floor is gone');
  return floor;
};

const drawn: FloorChange['drawing'] = {
  rooms: [
    {
      roomId: 'hall',
      outline: [
        [0.1, 0.1],
        [0.6, 0.1],
        [0.6, 0.8],
      ],
    },
  ],
  cameras: [{ cameraId: 'hall-1', at: [0.1, 0.1], towards: [0.4, 0.4] }],
  doors: [{ id: 'door-1', kind: 'exit', from: [0.1, 0.3], to: [0.1, 0.4] }],
  assemblyPoints: [{ id: 'square', at: [0.9, 0.9] }],
};
const change = async (changes: Partial<FloorChange> = {}, role: Role = 'administrator') => {
  const { name, level, revision } = await ground();
  return hall.ask(role, 'PUT', '/floors/ground', {
    name,
    level,
    revision,
    drawing: drawn,
    ...changes,
  });
};

describe('a floor', () => {
  it('is made for a room that names it, at the level that its name tells', async () => {
    const { floors } = await plan();
    expect(floors.map(({ name, level }) => [name, level])).toEqual([
      ['-1', -1],
      ['0', 0],
      ['Aire', 9],
    ]);
  });

  it('takes plan and drawing in one request and gives them back', async () => {
    const answer = await change({ plan: svg('<script>x</script>') });
    expect(answer).toMatchObject({ status: 200 });
    expect(await ground()).toMatchObject({
      drawing: drawn,
      plan: { width: 40, height: 20 },
      revision: 1,
    });
    const picture = await fetch(`${hall.url}/api/v1/floors/ground/plan`, {
      headers: { 'x-role': 'viewer' },
    });
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await picture.text()).not.toContain('script');
  });

  it('keeps its plan while only the drawing changes, and loses it when asked to', async () => {
    await change({ plan: svg() });
    await change({ drawing: { ...drawn, doors: [] } });
    expect((await ground()).plan).not.toBeNull();
    await change({ plan: null });
    expect((await ground()).plan).toBeNull();
    expect(await hall.ask('viewer', 'GET', '/floors/ground/plan')).toMatchObject({
      status: 404,
      body: { code: 'evacuation/plan-missing' },
    });
  });

  it('takes its rooms along when it gets another name', async () => {
    await change({ name: 'Rez-de-chaussée' });
    const buildings = (await hall.ask('viewer', 'GET', '/buildings')).body as BuildingView[];
    const rooms = buildings.flatMap((building) => building.rooms);
    expect(rooms.find(({ id }) => id === 'hall')?.floor).toBe('Rez-de-chaussée');
    expect((await ground()).drawing).toEqual(drawn);
  });

  it('shows nothing of a camera that was taken down', async () => {
    await change();
    await database.pool.query("DELETE FROM cameras WHERE id = 'hall-1'");
    expect((await ground()).drawing.cameras).toEqual([]);
  });

  const outline: FloorChange['drawing']['rooms'][number]['outline'] = [
    [0.1, 0.1],
    [0.9, 0.9],
    [0.9, 0.1],
    [0.1, 0.9],
  ];
  it.each<{ name: string; changes: Partial<FloorChange>; status: number; text: string }>([
    {
      name: 'a room of another floor',
      changes: {
        drawing: { ...drawn, rooms: [{ roomId: 'cellar', outline: outline.slice(0, 3) }] },
      },
      status: 400,
      text: 'room cellar is drawn on floor 0 but does not belong there',
    },
    {
      name: 'walls that cross',
      changes: { drawing: { ...drawn, rooms: [{ roomId: 'hall', outline }] } },
      status: 400,
      text: 'must not cross',
    },
    {
      name: 'a camera that does not exist',
      changes: {
        drawing: { ...drawn, cameras: [{ cameraId: 'no', at: [0, 0], towards: [1, 1] }] },
      },
      status: 400,
      text: 'camera no',
    },
    {
      name: 'a plan that is none',
      changes: { plan: { mediaType: 'image/png', base64: 'AAAA' } },
      status: 400,
      text: 'Save it as PNG',
    },
    { name: 'the name of another floor', changes: { name: '-1' }, status: 409, text: 'floor -1' },
    { name: 'an old revision', changes: { revision: 7 }, status: 409, text: 'meanwhile' },
  ])('refuses $name and changes nothing', async ({ changes, status, text }) => {
    await change({ plan: svg() });
    const before = await plan();
    const answer = await change({ plan: null, ...changes });
    expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(text) } });
    expect(await plan()).toEqual(before);
  });

  it('is unknown by an id that nobody has', async () => {
    const { name, level, revision } = await ground();
    const body = { name, level, revision, drawing: drawn };
    expect(await hall.ask('administrator', 'PUT', '/floors/attic', body)).toMatchObject({
      status: 404,
      body: { code: 'evacuation/floor-unknown' },
    });
  });

  it.each(Role.options.filter((role) => role !== 'administrator'))(
    'cannot be changed by a %s',
    async (role) => {
      const before = await plan();
      expect(await change({}, role)).toMatchObject({
        status: 403,
        body: { code: 'accounts/not-allowed' },
      });
      expect(await plan()).toEqual(before);
    },
  );

  it('is seen with the board of an incident in its building, by right or by a link to the board', async () => {
    await change({ plan: svg() });
    const { id } = (
      await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', { kind: 'drill' })
    ).body as Incident;
    const link = (await hall.ask('fire-safety-officer', 'POST', `/incidents/${id}/board-links`))
      .body as NewBoardLink;
    const ways: [before: string, after: string][] = [
      [`/incidents/${id}`, ''],
      ['/board-by-link', `?token=${link.token}`],
    ];
    for (const [before, after] of ways) {
      const { floors, assemblyPoints } = await plan();
      expect((await hall.ask('viewer', 'GET', `${before}/plan${after}`)).body).toEqual({
        floors: floors.filter(({ buildingId }) => buildingId === 'town-hall'),
        assemblyPoints,
      });
      const pictureOf = (floor: string) =>
        fetch(`${hall.url}/api/v1${before}/floors/${floor}/plan${after}`, {
          headers: { 'x-role': 'viewer' },
        });
      expect(await (await pictureOf('ground')).text()).toContain('M0 0H9');
      expect((await pictureOf('barn-floor')).status).toBe(404);
    }
  });

  it.each(['plan', 'floors/ground/plan'])('%s is shown by no wrong link', async (path) => {
    const answer = await fetch(`${hall.url}/api/v1/board-by-link/${path}?token=guess`);
    expect(answer.status).toBe(401);
  });

  it.each(['/evacuation-plan', '/floors/ground/plan'])(
    '%s is for those who see rooms',
    async (path) => {
      expect((await fetch(`${hall.url}/api/v1${path}`)).status).toBe(401);
      expect(await hall.ask('police-officer', 'GET', path)).toMatchObject({ status: 403 });
    },
  );
});
