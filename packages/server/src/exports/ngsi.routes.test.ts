import { ParkingSpot, SpotNotification, type Subscription } from '@vigie/contracts/exports';
import { Town } from '@vigie/contracts/town';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, startTestApp, stranger } from '../testing/app.ts';
import { startReceiver, type TestReceiver } from '../testing/receiver.ts';

const key = 'a-key-that-is-long-enough';
const password = 'Lanterne-verte9';
const ids = ['s1', 's2', 's3', 's4', 's5'];
const town = Town.parse({
  zones: [
    { id: 'street', name: 'Rue', allowedDays: 7, holdMs: 0, recipients: ['police@example.org'] },
  ],
  spaces: ids.map((id, index) => ({
    id,
    zoneId: 'street',
    label: `Place ${index + 1}`,
    address: id === 's1' ? '=HYPERLINK("x"), rue' : '',
    latitude: id === 's5' ? null : 48.92,
    longitude: id === 's5' ? null : 2.44 + index / 1000,
  })),
  bollards: ids.map((id) => ({ id: id.replace('s', 'b'), spaceId: id, key })),
});

let app: Awaited<ReturnType<typeof startTestApp>>;
let receiver: TestReceiver;
let token: string;
const bollards = new Map<string, MqttClient>();

beforeAll(async () => {
  app = await startTestApp();
  receiver = await startReceiver();
  await app.importTown(town);
  await app.createUser({ username: 'guest', name: 'Visite', role: 'viewer', password });
  token = await newToken('grafana');
  for (const { id } of town.bollards) {
    const options = { username: id, password: key, reconnectPeriod: 0 };
    bollards.set(id, await connectAsync(app.mqttUrl, options));
  }
  await report('s1', true);
  await report('s2', false);
});

afterAll(async () => {
  await Promise.all([...bollards.values()].map((client) => client.endAsync(true)));
  await app?.stop();
  await receiver?.stop();
});

async function newToken(id: string): Promise<string> {
  const admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  const made = await admin.post('/api/v1/integrators', { id });
  expect(made.status).toBe(201);
  return (made.body as { token: string }).token;
}

const report = async (spaceId: string, occupied: boolean, at = new Date()): Promise<void> => {
  const id = spaceId.replace('s', 'b');
  await bollards
    .get(id)
    ?.publishAsync(
      `vigie/bollards/${id}/state`,
      JSON.stringify({ v: 1, occupied, at: at.toISOString() }),
      { qos: 1 },
    );
};

interface Asked {
  method?: string;
  accept?: string;
  body?: unknown;
  as?: string;
}

async function ask(path: string, { method = 'GET', accept, body, as = token }: Asked = {}) {
  const answer = await fetch(app.url + path, {
    method,
    headers: {
      authorization: `Bearer ${as}`,
      ...(accept ? { accept } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return {
    status: answer.status,
    headers: answer.headers,
    body: (isJson && text ? JSON.parse(text) : text) as never,
  };
}

const idsIn = (body: unknown): string[] =>
  (body as { id: string }[]).map(({ id }) => id.replace('urn:ngsi-ld:ParkingSpot:', ''));

describe('spaces as NGSI-LD entities', () => {
  it('keep their contract, with the moment of the last look', async () => {
    const { body, headers } = await ask('/ngsi-ld/v1/entities?type=ParkingSpot');
    const spots = (body as unknown[]).map((one) => ParkingSpot.parse(one));
    expect(idsIn(spots)).toEqual(ids);
    expect(spots[0]).toMatchObject({
      status: { type: 'Property', value: 'occupied', observedAt: expect.any(String) },
      parkedDays: { value: 1 },
      refParkingSite: { type: 'Relationship', object: 'urn:ngsi-ld:OnStreetParking:street' },
      location: { value: { coordinates: [2.44, 48.92] } },
    });
    expect(spots[1]).toMatchObject({ status: { value: 'free' } });
    expect(spots[2]?.status).toEqual({ type: 'Property', value: 'unknown' });
    expect(spots[4]).not.toHaveProperty('location');
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('link')).toMatch(
      /context\.jsonld>; rel="http:\/\/www\.w3\.org\/ns\/json-ld#context"/,
    );
    expect(JSON.stringify(body)).not.toContain('police');
  });

  it('carry their context within as JSON-LD, and the context is there for all', async () => {
    const { body, headers } = await ask('/ngsi-ld/v1/entities/urn:ngsi-ld:ParkingSpot:s1', {
      accept: 'application/ld+json',
    });
    expect(headers.get('content-type')).toMatch(/^application\/ld\+json/);
    expect(headers.get('link')).toBeNull();
    const { '@context': context } = ParkingSpot.parse(body);
    const path = new URL(String(context)).pathname;
    const found = await fetch(app.url + path);
    expect(found.status).toBe(200);
    const [terms] = ((await found.json()) as { '@context': [object] })['@context'];
    const named = Object.keys(body).filter((name) => !/^(@context|id|type|location)$/.test(name));
    expect(Object.keys(terms)).toEqual(expect.arrayContaining(named));
  });

  it('come in pages that join without gap or repetition', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/ngsi-ld/v1/entities?type=ParkingSpot&limit=2&count=true';
    while (path) {
      const { body, headers } = await ask(path);
      expect(headers.get('ngsild-results-count')).toBe('5');
      seen.push(...idsIn(body));
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(ids);
  });

  it.each([
    ['type=ParkingSpot&q=status=="occupied"', ['s1']],
    ['type=ParkingSpot&q=status!="occupied"', ['s2', 's3', 's4', 's5']],
    ['q=status=="free"|parkedDays>=1', ['s1', 's2']],
    ['type=ParkingSpot&id=urn:ngsi-ld:ParkingSpot:s3,urn:ngsi-ld:ParkingSpot:s9', ['s3']],
    ['type=https://smartdatamodels.org/dataModel.Parking/ParkingSpot&limit=1', ['s1']],
    ['attrs=occupiedSince', ['s1']],
    ['type=OffStreetParking', []],
  ])('are found by %s', async (query, found) => {
    expect(idsIn((await ask(`/ngsi-ld/v1/entities?${query}`)).body)).toEqual(found);
  });

  it('come as plain values', async () => {
    const path = '/ngsi-ld/v1/entities?type=ParkingSpot&limit=1&options=keyValues';
    expect((await ask(path)).body).toEqual([
      expect.objectContaining({ type: 'ParkingSpot', status: 'occupied', category: ['onStreet'] }),
    ]);
    const { body } = await ask(
      `${path.replace('options=keyValues', 'format=simplified')}&attrs=status`,
    );
    expect(body).toEqual([
      { id: 'urn:ngsi-ld:ParkingSpot:s1', type: 'ParkingSpot', status: 'occupied' },
    ]);
  });

  it.each([
    ['/ngsi-ld/v1/entities', 400],
    ['/ngsi-ld/v1/entities?type=ParkingSpot&limit=1001', 400],
    ['/ngsi-ld/v1/entities?type=ParkingSpot&q=colour=="red"', 400],
    ['/ngsi-ld/v1/entities/urn:ngsi-ld:ParkingSpot:s9', 404],
    ['/ngsi-ld/v1/entities/s1', 404],
  ])('%s is answered with %i', async (path, status) => {
    expect(await ask(path)).toMatchObject({ status });
  });

  it('come in no other form', async () => {
    const path = '/ngsi-ld/v1/entities?type=ParkingSpot';
    expect(await ask(path, { accept: 'text/html' })).toMatchObject({
      status: 406,
      body: { code: 'exports/not-acceptable' },
    });
  });
});

describe('who may read', () => {
  const paths = [
    '/ngsi-ld/v1/entities?type=ParkingSpot',
    '/ngsi-ld/v1/entities/urn:ngsi-ld:ParkingSpot:s1',
    '/ngsi-ld/v1/subscriptions',
    '/api/v1/parking/stays.csv',
    '/api/v1/parking/spaces.csv',
  ];

  it.each(paths)('%s asks a stranger to sign in', async (path) => {
    expect((await stranger(app.url).get(path)).status).toBe(401);
    expect((await ask(path, { as: 'grafana~wrong' })).status).toBe(401);
  });

  it('an integrator reads the parking and nothing else', async () => {
    expect((await ask('/api/v1/spaces')).status).toBe(200);
    for (const path of [
      '/api/v1/cases',
      '/api/v1/bollards',
      '/api/v1/buildings',
      '/api/v1/messages',
    ])
      expect((await ask(path)).status).toBe(403);
    expect((await ask('/api/v1/integrators', { method: 'POST', body: { id: 'x' } })).status).toBe(
      403,
    );
  });

  it('a viewer reads entities and may not have the server call anybody', async () => {
    const guest = await signIn(app.url, 'guest', password);
    expect((await guest.get('/ngsi-ld/v1/entities?type=ParkingSpot')).status).toBe(200);
    expect((await guest.get('/ngsi-ld/v1/subscriptions')).status).toBe(403);
    expect((await guest.post('/ngsi-ld/v1/subscriptions', wish({}))).status).toBe(403);
  });

  it('a new key ends the old one', async () => {
    const old = await newToken('short-lived');
    expect((await ask('/api/v1/spaces', { as: old })).status).toBe(200);
    await newToken('short-lived');
    expect((await ask('/api/v1/spaces', { as: old })).status).toBe(401);
  });
});

function wish(change: object, endpoint: object = {}): object {
  return {
    type: 'Subscription',
    entities: [{ type: 'ParkingSpot' }],
    notification: { endpoint: { uri: receiver.url, ...endpoint } },
    ...change,
  };
}

async function subscribe(body: object): Promise<string> {
  const made = await ask('/ngsi-ld/v1/subscriptions', { method: 'POST', body });
  expect(made.status).toBe(201);
  return String(made.headers.get('location'));
}

const statusesOf = (subscription: string, spaceId: string, from = receiver): unknown[] =>
  from.taken
    .map(({ body }) => SpotNotification.parse(body))
    .filter(({ subscriptionId }) => subscription.endsWith(subscriptionId))
    .flatMap(({ data }) => data)
    .filter(({ id }) => id === `urn:ngsi-ld:ParkingSpot:${spaceId}`)
    .map(({ status }) => (status as { value?: string }).value ?? status);

/** Reports one state after the other; each is waited for by a subscriber whose receiver always answers. */
async function reportEach(spaceId: string, states: readonly boolean[]): Promise<void> {
  const control = await startReceiver();
  const path = await subscribe(wish({}, { uri: control.url }));
  for (const [index, occupied] of states.entries()) {
    await report(spaceId, occupied);
    const told = () => statusesOf(path, spaceId, control).length;
    await expect.poll(told, { timeout: 15_000 }).toBe(index + 1);
  }
  await ask(path, { method: 'DELETE' });
  await control.stop();
}

describe('a subscription', () => {
  it('brings each change of status once, in order, with the receiver’s own header', async () => {
    const path = await subscribe(
      wish(
        { entities: [{ type: 'ParkingSpot', id: 'urn:ngsi-ld:ParkingSpot:s3' }] },
        { receiverInfo: [{ key: 'Authorization', value: 'Bearer theirs' }] },
      ),
    );
    await report('s4', true);
    await reportEach('s3', [true, false, true]);
    await report('s3', true);
    await expect.poll(() => statusesOf(path, 's3').length, { timeout: 15_000 }).toBe(3);
    expect(statusesOf(path, 's3')).toEqual(['occupied', 'free', 'occupied']);
    expect(statusesOf(path, 's4')).toEqual([]);
    const last = receiver.taken.at(-1);
    expect(last?.headers).toMatchObject({
      authorization: 'Bearer theirs',
      'content-type': 'application/json',
      link: expect.stringContaining('context.jsonld'),
    });
    const { body } = await ask(path);
    expect((body as Subscription).notification).toMatchObject({ status: 'ok', timesFailed: 0 });
    expect(JSON.stringify(body)).not.toContain('theirs');
    await ask(path, { method: 'DELETE' });
  });

  it('waits for a receiver that is down, loses no change of it and holds up nobody else', async () => {
    const path = await subscribe(
      wish({ q: 'status=="occupied"|status=="free"' }, { accept: 'application/ld+json' }),
    );
    receiver.status = 503;
    const before = receiver.calls;
    await reportEach('s5', [true, false, true, false, true]);
    const failed = async () => ((await ask(path)).body as Subscription).notification.timesFailed;
    await expect.poll(failed, { timeout: 15_000 }).toBeGreaterThan(0);
    expect(receiver.calls - before).toBeLessThan(5);
    receiver.status = 200;
    await expect.poll(() => statusesOf(path, 's5').length, { timeout: 25_000 }).toBe(5);
    expect(statusesOf(path, 's5')).toEqual(['occupied', 'free', 'occupied', 'free', 'occupied']);
    expect(receiver.taken.at(-1)?.body).toMatchObject({ '@context': expect.any(String) });
    await ask(path, { method: 'DELETE' });
  }, 60_000);

  it('may be asked for in JSON-LD, which is read nowhere else', async () => {
    const post = (path: string) =>
      fetch(app.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/ld+json' },
        body: JSON.stringify(wish({})),
      });
    const made = await post('/ngsi-ld/v1/subscriptions');
    expect(made.status).toBe(201);
    await ask(made.headers.get('location') ?? '', { method: 'DELETE' });
    expect((await post('/api/v1/auth/sign-in/username')).status).toBe(415);
  });

  it('does not follow a receiver elsewhere', async () => {
    const path = await subscribe(wish({}));
    receiver.status = 307;
    await report('s2', true);
    const failed = async () => ((await ask(path)).body as Subscription).notification.timesFailed;
    await expect.poll(failed, { timeout: 15_000 }).toBeGreaterThan(0);
    receiver.status = 200;
    await expect.poll(() => statusesOf(path, 's2'), { timeout: 20_000 }).toEqual(['occupied']);
    await ask(path, { method: 'DELETE' });
  });

  it('is seen and ended by its owner and administrators only', async () => {
    const path = await subscribe(wish({ id: 'urn:ngsi-ld:Subscription:mine' }));
    const other = await newToken('other');
    expect((await ask(path, { as: other })).status).toBe(404);
    expect((await ask(path, { as: other, method: 'DELETE' })).status).toBe(404);
    expect((await ask('/ngsi-ld/v1/subscriptions', { as: other })).body).toEqual([]);
    const again = await ask('/ngsi-ld/v1/subscriptions', {
      method: 'POST',
      body: wish({ id: 'urn:ngsi-ld:Subscription:mine' }),
    });
    expect(again.status).toBe(409);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(path)).status).toBe(404);
  });

  it.each([
    ['another type', { entities: [{ type: 'Vehicle' }] }],
    ['a query that is not understood', { q: 'colour==1' }],
    ['another watched attribute', { watchedAttributes: ['parkedDays'] }],
    ['a throttling, which is not kept', { throttling: 5 }],
  ])('is refused with %s', async (_name, change) => {
    const answer = await ask('/ngsi-ld/v1/subscriptions', { method: 'POST', body: wish(change) });
    expect(answer).toMatchObject({ status: 400, body: { code: 'input/invalid' } });
  });

  it('is refused when it leads to where a cloud keeps its keys', async () => {
    const body = wish({}, { uri: 'http://169.254.169.254/latest/meta-data' });
    const answer = await ask('/ngsi-ld/v1/subscriptions', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'platform/address-forbidden' } });
  });

  it('says nothing when it is paused or has ended', async () => {
    const paused = await subscribe(wish({ isActive: false }));
    const ended = await subscribe(wish({ expiresAt: '2020-01-01T00:00:00Z' }));
    const active = await subscribe(wish({}));
    await report('s1', false);
    await expect.poll(() => statusesOf(active, 's1'), { timeout: 15_000 }).toEqual(['free']);
    expect(statusesOf(paused, 's1')).toEqual([]);
    expect(statusesOf(ended, 's1')).toEqual([]);
    expect(((await ask(paused)).body as Subscription).status).toBe('paused');
    expect(((await ask(ended)).body as Subscription).status).toBe('expired');
  });
});

describe('tables', () => {
  it('hold every stay of the span, for Excel, and run no formula', async () => {
    const { body, headers } = await ask('/api/v1/parking/stays.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe('attachment; filename="stays.csv"');
    const answer = await fetch(`${app.url}/api/v1/parking/stays.csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = String(body).split('\r\n');
    expect(lines[0]).toMatch(
      /space_id,space,zone_id,zone,address,.*,arrived,left,days,allowed_days$/,
    );
    const first = lines.find((line) => line.startsWith('s1,'));
    expect(first).toContain(`"'=HYPERLINK(""x""), rue"`);
    expect(first).toMatch(/,\d{4}-\d\d-\d\dT[\d:]+Z,\d{4}-\d\d-\d\dT[\d:]+Z,1,7$/);
    expect(String(body)).not.toContain('police');
  });

  it('hold every space', async () => {
    const { body } = await ask('/api/v1/parking/spaces.csv');
    const lines = String(body).trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(['space_id', ...ids]);
    expect(lines.at(-1)).toMatch(/^s5,Place 5,street,Rue,,,,parked,1,7,/);
  });

  it('leave out what lies outside the span or in another zone', async () => {
    const long = '/api/v1/parking/stays.csv?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z';
    expect(
      String((await ask(long)).body)
        .trimEnd()
        .split('\r\n'),
    ).toHaveLength(1);
    expect((await ask('/api/v1/parking/stays.csv?zone=street')).status).toBe(200);
    expect((await ask('/api/v1/parking/stays.csv?zone=nowhere')).status).toBe(404);
    const turned = long.replace('2020-02', '2019-02');
    expect((await ask(turned)).status).toBe(400);
  });
});
