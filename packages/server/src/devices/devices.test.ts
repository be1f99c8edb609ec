import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bollard, BollardWithKey, Fault, UnreadMessage } from '@vigie/contracts/devices';
import type { SpaceDetail } from '@vigie/contracts/parking';
import { Town } from '@vigie/contracts/town';
import { Aedes } from 'aedes';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp } from '../testing/app.ts';
import { decodeDisplay, paletteMark } from './formats/index.ts';
import type { TicketDesk } from './index.ts';

const key = 'a-key-that-is-long-enough';
const eui = '0011223344556677';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A clock that is set by hand. */
const clock = { ms: Date.parse('2026-06-01T08:00:00Z'), now: () => new Date(clock.ms), rate: 1 };
const ago = (ms: number): string => new Date(clock.ms - ms).toISOString();

const town = Town.parse({
  zones: [{ id: 'z', name: 'Rue', allowedDays: 7 }],
  spaces: ['s1', 's2', 's3', 's4', 's5', 's6'].map((id) => ({ id, zoneId: 'z', label: id })),
  bollards: [
    { id: 'http-1', spaceId: 's1', key },
    { id: 'bosch-1', spaceId: 's2', model: 'bosch-tps110', deviceEui: eui },
    { id: 'tts-1', spaceId: 's3', model: 'nwave-nps405', deviceEui: 'aabbccddeeff0011' },
    { id: 'lora-1', spaceId: 's2', model: 'vigie-lorawan', deviceEui: 'cc00000000000001' },
    { id: 'twin', spaceId: 's4', alsoServes: ['s5'], key },
    { id: 'old', spaceId: 's6', key },
  ],
});

/** A help desk that does not answer when it is first asked about a fault. */
const desk = {
  asked: [] as Fault[],
  open: async (fault: Fault): Promise<string> => {
    desk.asked.push(fault);
    const times = desk.asked.filter(({ id }) => id === fault.id).length;
    if (times === 1) throw new Error('the desk is closed');
    return `T-${fault.id}-${times}`;
  },
} satisfies TicketDesk & { asked: Fault[] };

const patient = { timeout: 20_000 };

let network: Awaited<ReturnType<typeof openBroker>>;
let storage: Awaited<ReturnType<typeof openStorage>>;
let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;

beforeAll(async () => {
  network = await openBroker();
  storage = await openStorage();
  app = await startTestApp(
    {
      CHIRPSTACK_MQTT_URL: network.url,
      TTS_MQTT_URL: network.url,
      TTS_API_URL: storage.url,
      TTS_API_KEY: 'storage-key',
      TTS_APPLICATION: 'parking',
    },
    { parkingClock: clock, ticketDesk: desk },
  );
  await app.importTown(town);
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
});

afterAll(async () => {
  await app?.stop();
  await network?.stop();
  await storage?.stop();
});

/** The broker of a LoRaWAN network: a real one, with a client that speaks for the network. */
async function openBroker() {
  const aedes = await Aedes.createBroker();
  const { createServer: createTcp } = await import('node:net');
  const server = createTcp(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client: MqttClient = await connectAsync(url);
  const seen: { topic: string; text: string }[] = [];
  client.on('message', (topic, payload) => void seen.push({ topic, text: payload.toString() }));
  await client.subscribeAsync('#');
  return {
    url,
    seen,
    say: (topic: string, message: unknown) =>
      client.publishAsync(topic, JSON.stringify(message), { qos: 1 }),
    stop: async () => {
      await client.endAsync(true);
      await new Promise<void>((resolve) => aedes.close(resolve));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The storage of The Things Stack: answers what it was given, to who has the key. */
async function openStorage() {
  const state = { lines: [] as unknown[], asked: [] as string[] };
  const server = createServer((request, response) => {
    state.asked.push(request.url ?? '');
    const isAllowed = request.headers.authorization === 'Bearer storage-key';
    response.writeHead(isAllowed ? 200 : 403, { 'content-type': 'text/event-stream' });
    response.end(state.lines.map((result) => JSON.stringify({ result })).join('\n\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  });
}

const detailOf = async (id: string) =>
  (await admin.get(`/api/v1/spaces/${id}`)).body as SpaceDetail;
const stateOf = async (id: string) => (await detailOf(id)).display.state;
const bollardOf = async (id: string) =>
  ((await admin.get('/api/v1/bollards')).body as Bollard[]).find((one) => one.id === id);
const faultsOf = async (id: string) =>
  ((await admin.get('/api/v1/faults')).body as Fault[]).filter(({ deviceId }) => deviceId === id);
const lowOf = async (id: string) =>
  (await faultsOf(id)).filter(({ kind }) => kind === 'battery-low');
const unreadOf = async (id: string) =>
  ((await admin.get('/api/v1/unread-messages')).body as UnreadMessage[]).filter(
    ({ deviceId }) => deviceId === id,
  );

async function post(id: string, body: unknown, bearer = key) {
  const answer = await fetch(`${app.url}/api/v1/devices/${id}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

const topic = `application/a/device/${eui}/event/up`;

/** An event of ChirpStack v4 for the device of the town. */
const chirpStackUp = (bytes: number[], rest: object = {}) => ({
  deduplicationId: `d-${clock.ms}-${bytes.join('-')}`,
  time: new Date(clock.ms).toISOString(),
  deviceInfo: { applicationId: 'a', devEui: eui },
  fCnt: 7,
  fPort: 1,
  data: Buffer.from(bytes).toString('base64'),
  rxInfo: [{ gatewayId: 'g', rssi: -90, gwTime: new Date(clock.ms).toISOString() }],
  ...rest,
});

describe('a device that speaks HTTP', () => {
  it('parks a car once, however often it says so', async () => {
    const event = { occupied: true, at: ago(30 * hourMs), battery_percent: 80 };
    expect(await post('http-1', event)).toEqual({ status: 200, body: { taken: 1 } });
    expect(await post('http-1', [event, event])).toEqual({ status: 200, body: { taken: 2 } });
    const { stays, display } = await detailOf('s1');
    expect(stays).toHaveLength(1);
    expect(display).toMatchObject({ state: 'parked', day: 2 });
    expect(await bollardOf('http-1')).toMatchObject({ life: 'in-service', batteryPercent: 80 });
  });

  it.each([
    ['a wrong key', 'http-1', 'not-the-key'],
    ['no key', 'http-1', ''],
    ['the key of another device', 'bosch-1', key],
    ['the name of something else', 'worker:demo', key],
  ])('is refused with %s', async (_name, id, bearer) => {
    expect(await post(id, { occupied: false }, bearer)).toMatchObject({
      status: 401,
      body: { code: 'devices/wrong-key' },
    });
    expect(await stateOf('s1')).toBe('parked');
  });

  it('has what cannot be read kept as it came, and nothing guessed', async () => {
    const answer = await post('http-1', { occupied: 'perhaps' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'devices/event-unreadable' } });
    expect(await unreadOf('http-1')).toMatchObject([
      { reason: expect.stringContaining('perhaps'), payload: '{"occupied":"perhaps"}' },
    ]);
    expect(await stateOf('s1')).toBe('parked');
  });
});

describe('a sensor on ChirpStack', () => {
  it('parks a car by the decoder of its make', async () => {
    await network.say(topic, chirpStackUp([1]));
    await expect.poll(() => stateOf('s2'), patient).toBe('parked');
    await network.say(topic, chirpStackUp([1]));
    expect(await bollardOf('bosch-1')).toMatchObject({ rssiDbm: -90, life: 'in-service' });
    expect((await detailOf('s2')).stays).toHaveLength(1);
  });

  it('changes nothing when its bytes are of no known form', async () => {
    await network.say(topic, chirpStackUp([1, 2, 3, 4], { fPort: 1 }));
    await expect.poll(async () => (await unreadOf('bosch-1')).length, patient).toBe(1);
    expect(await stateOf('s2')).toBe('parked');
  });

  it('that nobody registered is shown by its EUI, so that it can be paired', async () => {
    const stranger = 'ffff223344556677';
    await network.say(`application/a/device/${stranger}/event/up`, {
      ...chirpStackUp([1]),
      deviceInfo: { devEui: stranger },
    });
    await expect.poll(async () => (await unreadOf(stranger)).length, patient).toBe(1);
  });
});

describe('a display on ChirpStack', () => {
  it('is told the day, not the colour, once it was heard', async () => {
    const up = 'application/a/device/cc00000000000001/event/up';
    await network.say(up, {
      ...chirpStackUp([0]),
      deviceInfo: { devEui: 'cc00000000000001' },
      object: { kind: 'startup', occupied: false },
    });
    await expect.poll(async () => (await bollardOf('lora-1'))?.life, patient).toBe('in-service');
    clock.ms += 60_000;
    await network.say(topic, chirpStackUp([0]));
    clock.ms += 10 * 60_000;
    await network.say(topic, chirpStackUp([1]));
    const down = () =>
      network.seen
        .filter(({ topic: one }) => one === 'application/a/device/cc00000000000001/command/down')
        .map(({ text }) => JSON.parse(text));
    const told = () => {
      const { devEui, fPort, data } = down().at(-1) ?? {};
      const bytes = Buffer.from(data ?? '', 'base64');
      return { devEui, fPort, order: decodeDisplay(bytes) };
    };
    const { display } = await detailOf('s2');
    await expect.poll(told, patient).toEqual({
      devEui: 'cc00000000000001',
      fPort: 10,
      order: { state: 'parked', day: 1, paletteMark: paletteMark(display.paletteVersion) },
    });
  });
});

describe('a sensor on The Things Stack', () => {
  const up = (bytes: number[], count: number, at = clock.ms) => ({
    end_device_ids: { device_id: 'tts-1', dev_eui: 'AABBCCDDEEFF0011' },
    received_at: new Date(at).toISOString(),
    uplink_message: {
      session_key_id: 'AXA50tYlHOgF8Mz',
      f_cnt: count,
      f_port: 1,
      frm_payload: Buffer.from(bytes).toString('base64'),
      received_at: new Date(at).toISOString(),
      rx_metadata: [{ rssi: -101 }],
    },
  });

  it('was asked, at the start, for what came while nobody listened', () => {
    expect(storage.asked[0]).toMatch(
      /^\/api\/v3\/as\/applications\/parking\/packages\/storage\/uplink_message\?after=2026-06-01/,
    );
  });

  it('parks a car, and a simulated message parks none', async () => {
    await network.say('v3/parking@city/devices/tts-1/up', { ...up([0x01], 1), simulated: true });
    await network.say('v3/parking@city/devices/tts-1/up', up([0x01], 2));
    await expect.poll(() => stateOf('s3'), patient).toBe('parked');
    expect((await detailOf('s3')).stays).toHaveLength(1);
  });
});

describe('one device for two spaces', () => {
  it('moves both', async () => {
    await post('twin', { occupied: true, at: ago(hourMs) });
    expect(await stateOf('s4')).toBe('parked');
    expect(await stateOf('s5')).toBe('parked');
    expect((await bollardOf('twin'))?.spaceIds).toEqual(['s4', 's5']);
  });
});

describe('a device that is replaced in mid-stay', () => {
  it('leaves its stay to the space, and its key ends', async () => {
    await post('old', { occupied: true, at: ago(26 * hourMs) });
    const made = await admin.post('/api/v1/bollards/old/replacement', { id: 'new' });
    expect(made).toMatchObject({ status: 201, body: { id: 'new', spaceIds: ['s6'] } });
    const { key: drawn } = made.body as BollardWithKey;
    expect((await post('old', { occupied: false })).status).toBe(401);
    expect(await bollardOf('old')).toMatchObject({ life: 'replaced', replacedBy: 'new' });
    clock.ms += hourMs;
    await post('new', { occupied: true, kind: 'heartbeat' }, drawn);
    const { stays, display, bollardIds } = await detailOf('s6');
    expect(stays).toHaveLength(1);
    expect(display).toMatchObject({ state: 'parked', day: 2 });
    expect(bollardIds).toEqual(['new']);
  });

  it('can be taken out of service for good', async () => {
    expect(await admin.post('/api/v1/bollards/new/retirement', {})).toMatchObject({
      status: 200,
      body: { life: 'retired', spaceId: null },
    });
    expect((await detailOf('s6')).bollardIds).toEqual([]);
  });

  it.each([
    ['an unknown device', 'ghost', 404, 'devices/bollard-unknown'],
    ['one that stands nowhere', 'old', 409, 'devices/bollard-nowhere'],
  ])('is refused for %s', async (_name, id, status, code) => {
    expect(await admin.post(`/api/v1/bollards/${id}/replacement`, { id: 'x' })).toMatchObject({
      status,
      body: { code },
    });
  });
});

describe('a device in trouble', () => {
  it('gets one ticket for a low battery, though the desk fails at first', async () => {
    await post('http-1', { occupied: true, battery_percent: 12, id: 'low-1' });
    await post('http-1', { occupied: true, battery_percent: 11, id: 'low-2' });
    await expect.poll(async () => (await lowOf('http-1'))[0]?.ticket, patient).toMatch(/-2$/);
    expect(await lowOf('http-1')).toMatchObject([{ closedAt: null }]);
    await post('http-1', { occupied: true, battery_percent: 90, id: 'new-battery' });
    expect(await lowOf('http-1')).toMatchObject([{ closedAt: expect.any(String) }]);
    const [low] = await lowOf('http-1');
    expect(desk.asked.filter(({ id }) => id === low?.id)).toHaveLength(2);
  });

  it('is late, then silent: its space is unknown and its stage frozen, until it is heard again', async () => {
    const { display: before } = await detailOf('s1');
    clock.ms += 25 * 60_000;
    expect((await bollardOf('http-1'))?.life).toBe('late');
    clock.ms += 20 * dayMs;
    expect((await bollardOf('http-1'))?.life).toBe('silent');
    await expect.poll(() => stateOf('s1'), patient).toBe('unknown');
    expect((await detailOf('s1')).display).toMatchObject({ day: before.day });
    expect((await detailOf('s1')).caseId).toBeNull();
    await expect
      .poll(
        async () => (await faultsOf('http-1')).filter(({ closedAt }) => closedAt === null),
        patient,
      )
      .toMatchObject([{ kind: 'silent' }]);
    await post('http-1', { occupied: true, kind: 'heartbeat', id: 'back' });
    const { display, stays } = await detailOf('s1');
    expect(display.state).toBe('overstay');
    expect(stays[0]?.gaps.at(-1)?.until).toBe(new Date(clock.ms).toISOString());
    expect((await faultsOf('http-1')).every(({ closedAt }) => closedAt !== null)).toBe(true);
  });
});
