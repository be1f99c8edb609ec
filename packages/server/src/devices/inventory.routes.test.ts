import type { Bollard } from '@vigie/contracts/devices';
import type { InventoryAnswer } from '@vigie/contracts/inventory';
import { Town } from '@vigie/contracts/town';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp, stranger } from '../testing/app.ts';

const key = 'a-key-that-is-long-enough';
const password = 'Lanterne-verte9';
const eui = '0011223344556677';

const town = Town.parse({
  zones: [{ id: 'z', name: 'Rue', allowedDays: 7 }],
  spaces: ['s1', 's2', 's3', 's4'].map((id) => ({ id, zoneId: 'z', label: id })),
  bollards: [
    { id: 'b1', spaceId: 's1', key },
    { id: 'b2', spaceId: 's2', alsoServes: ['s3'], model: 'bosch-tps110', deviceEui: eui },
  ],
});

let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp();
  await app.importTown(town);
  await app.createUser({ username: 'chief', name: 'Chef', role: 'police-manager', password });
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  manager = await signIn(app.url, 'chief', password);
});

afterAll(async () => {
  await app?.stop();
});

const put = (text: string, { mediaType = 'text/csv', query = '', by = admin } = {}) =>
  by.putFile(`/api/v1/bollards${query}`, { text, mediaType });
const listed = async () => (await admin.get('/api/v1/bollards')).body as Bollard[];

describe('the inventory', () => {
  it.each([
    ['bollards.csv', 'text/csv; charset=utf-8'],
    ['bollards.yaml', 'application/yaml'],
  ])('is given out as %s, and taken back changes nothing', async (name, mediaType) => {
    const { body } = await manager.get(`/api/v1/${name}`);
    expect(String(body)).toContain(eui);
    expect(String(body)).not.toContain(key);
    expect(await put(String(body), { mediaType })).toEqual({
      status: 200,
      body: { isDryRun: false, changes: [], unchanged: 2, wrong: [], keys: [] },
    });
  });

  it('tells in a dry run what would change and what is wrong, and does nothing', async () => {
    const before = await listed();
    const answer = await put('id;spaces\nb1;s4\nb9;nowhere', { query: '?dry-run=true' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        isDryRun: true,
        changes: [{ id: 'b1' }, { id: 'b9', isNew: true }],
        wrong: [{ line: 3, problem: 'space-unknown' }],
        keys: [],
      },
    });
    expect(await listed()).toMatchObject(before.map(({ id, spaceIds }) => ({ id, spaceIds })));
  });

  it('changes nothing when a line is wrong, and names each', async () => {
    expect(await put(`id;spaces;eui\nn1;s4;\nn2;s9;\nn3;s4;${eui}`)).toMatchObject({
      status: 400,
      body: {
        code: 'devices/inventory-wrong',
        detail: expect.stringMatching(/^Nothing was changed\.\nLine 3: .*s9.*\nLine 4: .*EUI/),
      },
    });
    expect((await listed()).map(({ id }) => id)).toEqual(['b1', 'b2']);
  });

  it('adds and moves devices; the key of a new one opens the broker, the old ones stay', async () => {
    const yaml = '- id: n1\n  spaces: [s4]\n- id: b1\n  spaces: [s3]\n';
    const { status, body } = await put(yaml, { mediaType: 'application/yaml' });
    const { keys, changes } = body as InventoryAnswer;
    expect({ status, ids: changes.map(({ id }) => id) }).toEqual({
      status: 200,
      ids: ['n1', 'b1'],
    });
    expect(keys).toEqual([{ id: 'n1', key: expect.any(String) }]);
    const drawn = { username: 'n1', password: keys[0]?.key ?? '' };
    for (const login of [drawn, { username: 'b1', password: key }])
      await (await connectAsync(app.mqttUrl, login)).endAsync();
    expect((await listed()).map(({ id, spaceIds }) => [id, spaceIds])).toEqual([
      ['b1', ['s3']],
      ['b2', ['s2', 's3']],
      ['n1', ['s4']],
    ]);
  });

  it('prints labels of the bollards that are named, and of none that is unknown', async () => {
    const path = '/api/v1/bollards/labels.pdf';
    const { status, body } = await manager.get(`${path}?ids=b2,n1`);
    expect({ status, start: String(body).slice(0, 5) }).toEqual({ status: 200, start: '%PDF-' });
    expect((await manager.get(path)).status).toBe(200);
    expect(await manager.get(`${path}?ids=b2,ghost`)).toMatchObject({
      status: 404,
      body: { code: 'devices/bollard-unknown' },
    });
  });

  it('is not read as JSON, and not taken from who may only read or is nobody', async () => {
    expect(await put('"id;spaces"', { mediaType: 'application/json' })).toMatchObject({
      status: 400,
      body: { code: 'input/invalid' },
    });
    expect((await put('id\n', { by: manager })).status).toBe(403);
    expect((await put('id\n', { by: stranger(app.url) })).status).toBe(401);
  });

  it('refuses a single device whose EUI another one has', async () => {
    expect(
      await admin.post('/api/v1/bollards', { id: 'x', spaceId: 's1', deviceEui: eui }),
    ).toMatchObject({ status: 409, body: { code: 'devices/eui-taken' } });
  });

  describe('of a town that is imported', () => {
    const bollards = (given: object[]) => Town.parse({ bollards: given });
    const shared = 'aabbccddeeff0099';

    beforeAll(async () => {
      await app.importTown(
        bollards([
          { id: 'giver', spaceId: 's1', deviceEui: shared, key },
          { id: 'taker', spaceId: 's1', key },
        ]),
      );
    });

    it('refuses an EUI that its owner has not given up yet, and changes nothing', async () => {
      const before = await listed();
      const wrong = bollards([
        { id: 'taker', spaceId: 's2', deviceEui: shared },
        { id: 'giver', spaceId: 's2' },
      ]);
      await expect(app.importTown(wrong)).rejects.toThrow(/belongs to bollard giver/);
      expect(await listed()).toEqual(before);
    });

    it('lets one device take the EUI that an earlier one gives up, and keeps their keys', async () => {
      const right = bollards([
        { id: 'giver', spaceId: 's1' },
        { id: 'taker', spaceId: 's1', deviceEui: shared },
      ]);
      expect(await app.importTown(right)).toEqual({ bollardKeys: [] });
      const taker = (await listed()).find(({ id }) => id === 'taker');
      expect(taker).toMatchObject({ deviceEui: shared, spaceIds: ['s1'] });
    });

    it('moves a device that is named twice to the place named last, and draws one key', async () => {
      const twice = bollards([
        { id: 'twice', spaceId: 's1' },
        { id: 'twice', spaceId: 's2', alsoServes: ['s3'] },
      ]);
      const { bollardKeys } = await app.importTown(twice);
      expect(bollardKeys.map(({ id }) => id)).toEqual(['twice']);
      expect((await listed()).find(({ id }) => id === 'twice')?.spaceIds).toEqual(['s2', 's3']);
    });
  });
});
