import { Town } from '@vigie/contracts/town';
import { afterEach, expect, it } from 'vitest';
import { type Client, signIn, startTestApp, stranger } from './testing/app.ts';

const password = 'Lanterne-verte9';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function openTown(secret: string): Promise<{ url: string; admin: Client; viewer: Client }> {
  const app = await startTestApp({ VIGIE_SECRET: secret.repeat(32) });
  stops.push(app.stop);
  await app.createUser({ username: 'guest', name: 'Visite', role: 'viewer', password });
  const admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  return { url: app.url, admin, viewer: await signIn(app.url, 'guest', password) };
}

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9"/></svg>';
const place = { buildingId: 'hall' };
const town = Town.parse({
  zones: [{ id: 'street', name: 'Rue', allowedDays: 7, recipients: ['police@example.org'] }],
  spaces: ['s1', 's2'].map((id) => ({ id, zoneId: 'street', label: id })),
  bollards: [{ id: 'b1', spaceId: 's1', alsoServes: ['s2'] }],
  buildings: [{ id: 'hall', name: 'Hôtel de ville' }],
  floors: [
    {
      ...{ id: 'ground', ...place, name: 'Rez-de-chaussée', level: 0 },
      plan: { mediaType: 'image/svg+xml', base64: Buffer.from(svg).toString('base64') },
      drawing: {
        rooms: [
          {
            roomId: 'desk',
            outline: [
              [0, 0],
              [1, 0],
              [1, 1],
            ],
          },
        ],
        cameras: [{ cameraId: 'c1', at: [0, 0], towards: [0.5, 0.2] }],
        doors: [{ id: 'd1', kind: 'exit', from: [0, 0.2], to: [0, 0.3] }],
        assemblyPoints: [{ id: 'square', at: [0.9, 0.1] }],
      },
    },
  ],
  rooms: [
    {
      ...{ id: 'desk', ...place, name: 'Accueil', floor: 'Rez-de-chaussée', capacity: 20 },
      ...{ use: 'Guichets', isFilmFree: true, instructions: { fr: 'Par la cour', en: '' } },
    },
    { id: 'attic', ...place, name: 'Grenier', floor: 'Combles' },
  ],
  cameras: [
    {
      ...{ id: 'c1', roomId: 'desk', name: 'Porte', watches: 'door' },
      source: 'rtsp://guard:s3cret@10.0.0.7/main',
    },
  ],
  parkingCameras: [
    {
      ...{ id: 'p1', name: 'Rue', source: 'rtsp://guard:s3cret@10.0.0.8/main' },
      spaces: [
        {
          spaceId: 's2',
          polygon: [
            [0, 0],
            [0.5, 0],
            [0.5, 0.5],
          ],
        },
      ],
    },
  ],
  assemblyPoints: [{ id: 'square', ...place, name: 'Parvis' }],
  wardens: [
    {
      ...{ id: 'w1', ...place, name: 'Accueil', role: 'guide', floors: ['ground'] },
      ...{ rooms: ['attic'], username: 'ada', phone: '01 48 96 50 00' },
    },
    { id: 'w2', ...place, name: 'Secrétariat', role: 'guide', deputyOf: 'w1' },
  ],
});

const exported = async ({ admin }: { admin: Client }): Promise<Town> =>
  Town.parse((await admin.get('/api/v1/town')).body);

it('is the same in an empty town after export and import', { timeout: 240_000 }, async () => {
  const first = await openTown('a');
  expect(await first.admin.put('/api/v1/town', town)).toMatchObject({ status: 200 });
  const out = await exported(first);
  expect(JSON.stringify(out)).not.toContain('s3cret');
  expect(out.wardens).toEqual(town.wardens);
  expect(out.floors.find(({ id }) => id === 'ground')?.drawing).toEqual(town.floors[0]?.drawing);

  const second = await openTown('a');
  expect(await second.admin.put('/api/v1/town', out)).toMatchObject({ status: 200 });
  const withoutSeal = ({ source, ...camera }: { source: string }) => ({
    ...camera,
    scheme: source.slice(0, 10),
  });
  const withoutSeals = ({ cameras, parkingCameras, ...rest }: Town) => ({
    ...rest,
    cameras: cameras.map(withoutSeal),
    parkingCameras: parkingCameras.map(withoutSeal),
  });
  expect(withoutSeals(await exported(second))).toEqual(withoutSeals(out));

  expect(await second.viewer.get('/api/v1/town')).toMatchObject({ status: 403 });
  expect(await stranger(second.url).get('/api/v1/town')).toMatchObject({ status: 401 });

  const other = await openTown('b');
  expect(await other.admin.put('/api/v1/town', out)).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('camera c1 was sealed by another server') },
  });
  expect((await exported(other)).buildings).toEqual([]);
});
