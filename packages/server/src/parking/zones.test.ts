import type {
  Case,
  Exemption,
  SpaceDetail,
  Zone,
  ZonePreview,
  ZoneRulesFrom,
} from '@vigie/contracts/parking';
import { Town } from '@vigie/contracts/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp, stranger } from '../testing/app.ts';
import { openTestDatabase } from '../testing/database.ts';

const key = 'a-key-that-is-long-enough';
const password = 'Lanterne-verte9';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.parse('2026-06-01T08:00:00Z');
const patient = { timeout: 15_000, interval: 100 };

/** A clock that is set by hand. */
const clock = { ms: start, now: () => new Date(clock.ms), rate: 1 };
const inDays = (days: number): string => new Date(clock.ms + days * dayMs).toISOString();

const secret = 'https://gendarmerie.example/in?token=T0K3N';
const zoneOfSpace = { s1: 'street', s2: 'street', s3: 'court', s4: 'court', s5: 'mute' };
const town = Town.parse({
  zones: [
    {
      ...{ id: 'street', name: 'Rue', allowedDays: 7 },
      recipients: [{ channel: 'webhook', address: secret }],
    },
    { id: 'court', name: 'Cour', allowedDays: 2 },
    { id: 'mute', name: 'Quai', allowedDays: 1 },
  ],
  spaces: Object.entries(zoneOfSpace).map(([id, zoneId]) => ({ id, zoneId, label: id })),
  // Of a make that promises no heartbeat: it is never silent for nothing.
  bollards: Object.keys(zoneOfSpace).map((id) => ({
    ...{ id: `b-${id}`, spaceId: id, model: 'mute', key },
  })),
});

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
const people = {} as Record<'admin' | 'manager' | 'officer' | 'viewer' | 'nobody', Client>;

beforeAll(async () => {
  database = await openTestDatabase();
  const settings = { DATABASE_URL: database.url, VIGIE_SECRET: 's'.repeat(32) };
  app = await startTestApp(settings, { parkingClock: clock });
  await app.importTown(town);
  people.nobody = stranger(app.url);
  people.admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  people.manager = await personOf('manager', 'police-manager');
  people.officer = await personOf('officer', 'police-officer');
  people.viewer = await personOf('viewer', 'viewer');
});

afterAll(async () => {
  await app?.stop();
  await database?.stop();
});

async function personOf(username: string, role: 'police-manager' | 'police-officer' | 'viewer') {
  await app.createUser({ username, name: username, role, password });
  return signIn(app.url, username, password);
}

async function park(spaceId: string, occupied = true): Promise<void> {
  const answer = await fetch(`${app.url}/api/v1/devices/b-${spaceId}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ occupied, at: clock.now().toISOString() }),
  });
  expect(answer.status).toBe(200);
}

const detailOf = async (id: string) =>
  (await people.admin.get(`/api/v1/spaces/${id}`)).body as SpaceDetail;
const stateOf = async (id: string) => (await detailOf(id)).display.state;
const casesOf = async (spaceId: string) =>
  ((await people.officer.get('/api/v1/cases')).body as Case[]).filter(
    (one) => one.spaceId === spaceId,
  );
const rulesOf = async (zoneId: string, who: Client = people.admin) =>
  (await who.get(`/api/v1/zones/${zoneId}/rules`)).body as ZoneRulesFrom[];

/** Two looks of the server at what is due: what has not happened by then does not happen. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 600));

describe('rules of a zone', () => {
  it('are changed by the administrator only', async () => {
    const change = { name: 'Rue', allowedDays: 3 };
    for (const [who, status] of [
      ['nobody', 401],
      ['viewer', 403],
      ['officer', 403],
      ['manager', 403],
    ] as const) {
      expect((await people[who].put('/api/v1/zones/street', change)).status).toBe(status);
      expect((await people[who].post('/api/v1/zones/street/preview', change)).status).toBe(status);
    }
    expect((await people.nobody.get('/api/v1/zones/street/rules')).status).toBe(401);
    expect(await rulesOf('street', people.viewer)).toHaveLength(1);
  });

  it.each([
    [
      'from a moment that is past',
      'street',
      { appliesFrom: inDays(-1) },
      400,
      'parking/rules-in-past',
    ],
    ['of a zone that does not exist', 'nowhere', {}, 404, 'parking/zone-unknown'],
    [
      'with a webhook to where a cloud keeps its keys',
      'street',
      { recipients: [{ channel: 'webhook', address: 'http://169.254.169.254/latest' }] },
      400,
      'platform/address-forbidden',
    ],
    ['without a day', 'street', { allowedDays: 0 }, 400, 'input/invalid'],
  ])('are refused %s, tried or said', async (_name, zone, part, status, code) => {
    const change = { name: 'Rue', allowedDays: 3, ...part };
    const refusal = { status, body: { code } };
    expect(await people.admin.put(`/api/v1/zones/${zone}`, change)).toMatchObject(refusal);
    expect(await people.admin.post(`/api/v1/zones/${zone}/preview`, change)).toMatchObject(refusal);
    expect(await rulesOf('street')).toHaveLength(1);
  });

  it('are shown without the secret of a webhook, except to who may change them', async () => {
    const origin = { recipients: [{ address: 'https://gendarmerie.example' }] };
    expect(await rulesOf('street', people.manager)).toMatchObject([{ rules: origin }]);
    expect(await rulesOf('street')).toMatchObject([
      { rules: { recipients: [{ address: secret }] } },
    ]);
  });

  it('are tried on the cars that stand there, and nothing changes', async () => {
    await park('s1');
    clock.ms += 3 * dayMs;
    await park('s2');
    const change = { name: 'Rue', allowedDays: 3, appliesFrom: inDays(1) };
    const answer = await people.admin.post('/api/v1/zones/street/preview', change);
    expect(answer).toEqual({
      status: 200,
      body: {
        appliesFrom: inDays(1),
        spaces: 2,
        parked: 2,
        turnsBlack: [{ spaceId: 's1', label: 's1', day: 5 }],
        blackNoMore: [],
        blackEarlier: 1,
        blackLater: 0,
        silent: 0,
        givesWay: [],
      } satisfies ZonePreview,
    });
    expect(await rulesOf('street')).toHaveLength(1);
  });

  it('apply at the moment for which they were announced, and not before', async () => {
    const change = { name: 'Rue', allowedDays: 3, appliesFrom: inDays(1) };
    const lines = (await people.admin.put('/api/v1/zones/street', change)).body as ZoneRulesFrom[];
    expect(lines).toMatchObject([
      { appliesFrom: null, changedBy: 'import', rules: { allowedDays: 7 } },
      { appliesFrom: inDays(1), changedBy: 'admin', rules: { allowedDays: 3 } },
    ]);
    clock.ms += dayMs - 1;
    await settle();
    expect((await detailOf('s1')).display).toMatchObject({ state: 'parked', allowedDays: 7 });
    expect(await casesOf('s1')).toEqual([]);
    clock.ms += 1;
    await expect.poll(() => stateOf('s1'), patient).toBe('overstay');
    expect((await detailOf('s1')).display).toMatchObject({ day: 5, allowedDays: 3 });
    expect((await detailOf('s2')).display).toMatchObject({ state: 'parked', allowedDays: 3 });
    expect(await casesOf('s1')).toMatchObject([{ days: 5 }]);
  });

  it('keep their history: who, when, and what was before', async () => {
    clock.ms += hourMs;
    await people.admin.put('/api/v1/zones/street', { name: 'Grande rue', allowedDays: 30 });
    expect(
      (await rulesOf('street')).map(({ rules, changedBy }) => [
        rules.name,
        rules.allowedDays,
        changedBy,
      ]),
    ).toEqual([
      ['Rue', 7, 'import'],
      ['Rue', 3, 'admin'],
      ['Grande rue', 30, 'admin'],
    ]);
    expect(await stateOf('s1')).toBe('parked');
  });

  it('that were announced give way to an earlier change, which is said before', async () => {
    const later = { name: 'Rue', allowedDays: 5, appliesFrom: inDays(9) };
    await people.admin.put('/api/v1/zones/street', later);
    const sooner = { name: 'Rue', allowedDays: 6, appliesFrom: inDays(8) };
    const tried = (await people.admin.post('/api/v1/zones/street/preview', sooner)).body;
    expect(tried).toMatchObject({ givesWay: [inDays(9)] });
    await people.admin.put('/api/v1/zones/street', sooner);
    expect((await rulesOf('street')).at(-1)).toMatchObject({ appliesFrom: inDays(8) });
  });

  it('that name a first recipient have him told of the cases that are open', async () => {
    await park('s5');
    clock.ms += dayMs;
    await expect.poll(async () => (await casesOf('s5')).length, patient).toBe(1);
    expect(await casesOf('s5')).toMatchObject([{ messages: [] }]);
    const change = { name: 'Quai', allowedDays: 1, recipients: [{ channel: 'mqtt' }] };
    await people.admin.put('/api/v1/zones/mute', change);
    await expect
      .poll(async () => (await casesOf('s5'))[0]?.messages.map(({ kind }) => kind), patient)
      .toEqual(['case-opened']);
  });

  it('of an earlier version can be read', async () => {
    const later = `'remindAfterHours' - 'escalateAfterHours' - 'quietHours'`;
    await database.pool.query(`update zone_rules set rules = rules - ${later}`);
    const usual: Partial<Zone> = { remindAfterHours: 24, escalateAfterHours: 48, quietHours: null };
    expect((await rulesOf('street'))[0]).toMatchObject({ rules: usual });
  });
});

describe('an authorised stay', () => {
  const reason = 'Déménagement, arrêté 2026-114';
  const give = (who: Client, spaceId: string, part: Partial<Exemption> = {}) =>
    who.post(`/api/v1/spaces/${spaceId}/exemptions`, { until: inDays(4), reason, ...part });
  const withdraw = (who: Client, spaceId: string, id: string) =>
    who.delete(`/api/v1/spaces/${spaceId}/exemptions/${id}`);

  it('is given by who leads the police or administers, nobody else', async () => {
    for (const [who, status] of [
      ['nobody', 401],
      ['viewer', 403],
      ['officer', 403],
    ] as const) {
      expect((await give(people[who], 's3')).status).toBe(status);
      expect((await withdraw(people[who], 's3', 'x')).status).toBe(status);
    }
    expect((await people.nobody.get('/api/v1/spaces/s3/exemptions')).status).toBe(401);
  });

  it.each([
    ['that would end in the past', 's3', { until: inDays(-1) }, 400, 'parking/exemption-in-past'],
    ['without a reason', 's3', { reason: '   ' }, 400, 'input/invalid'],
    [
      'of a space that does not exist',
      's99',
      { until: '2027-01-01T00:00:00Z' },
      404,
      'parking/space-unknown',
    ],
  ])('%s is refused', async (_name, spaceId, part, status, code) => {
    expect(await give(people.manager, spaceId, part)).toMatchObject({ status, body: { code } });
  });

  it('keeps a car from black until its end; only then a case is opened', async () => {
    await park('s3');
    const given = await give(people.manager, 's3');
    expect(given).toMatchObject({ status: 201, body: { by: 'manager', reason, endedAt: null } });
    const until = (given.body as Exemption).until;
    clock.ms += 3 * dayMs;
    await expect.poll(async () => (await detailOf('s3')).display.day, patient).toBe(4);
    expect(await detailOf('s3')).toMatchObject({
      display: { state: 'parked', until, exemptUntil: until },
      exemption: { by: 'manager' },
    });
    expect(await casesOf('s3')).toEqual([]);
    clock.ms = Date.parse(until);
    await expect.poll(() => stateOf('s3'), patient).toBe('overstay');
    expect(await casesOf('s3')).toHaveLength(1);
    expect(await detailOf('s3')).toMatchObject({ exemption: null });
  });

  it('that is withdrawn turns the car black at once, and stays in the history', async () => {
    await park('s4');
    const { id } = (await give(people.manager, 's4')).body as Exemption;
    clock.ms += 3 * dayMs;
    await expect.poll(async () => (await detailOf('s4')).display.day, patient).toBe(4);
    expect(await casesOf('s4')).toEqual([]);
    expect(await withdraw(people.admin, 's4', id)).toMatchObject({
      status: 200,
      body: { id, endedAt: clock.now().toISOString() },
    });
    expect(await stateOf('s4')).toBe('overstay');
    expect(await casesOf('s4')).toHaveLength(1);
    expect((await people.viewer.get('/api/v1/spaces/s4/exemptions')).body).toMatchObject([
      { id, by: 'manager', reason, endedAt: clock.now().toISOString() },
    ]);
    expect(await withdraw(people.admin, 's4', id)).toMatchObject({
      status: 404,
      body: { code: 'parking/exemption-unknown' },
    });
  });
});
