import { type CurbEvent, CurbEvents } from '@vigie/contracts/exports';
import { Town } from '@vigie/contracts/town';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp, stranger } from '../testing/app.ts';

const key = 'a-key-that-is-long-enough';
const town = Town.parse({
  zones: [
    { id: 'street', name: 'Rue', allowedDays: 7 },
    { id: 'park', name: 'Parc', allowedDays: 60 },
  ],
  spaces: [
    { id: 's1', zoneId: 'street', label: '1', latitude: 48.92, longitude: 2.44 },
    { id: 's2', zoneId: 'park', label: '2' },
  ],
  bollards: [
    { id: 'b1', spaceId: 's1', key },
    { id: 'b2', spaceId: 's2', key },
  ],
});
const began = Date.now() - 6 * 3_600_000;
const atHour = (hour: number) => began + hour * 3_600_000;

let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;
const clients: MqttClient[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await app.importTown(town);
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  await report('b1', [true, false, true]);
  await report('b2', [true, false]);
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await app?.stop();
});

async function report(id: string, states: readonly boolean[]): Promise<void> {
  const options = { username: id, password: key, reconnectPeriod: 0 };
  const client = await connectAsync(app.mqttUrl, options);
  clients.push(client);
  for (const [hour, occupied] of states.entries()) {
    const at = new Date(atHour(hour)).toISOString();
    await say(client, id, { v: 1, occupied, at });
  }
  // Half an hour later each repeats what it sees.
  const at = new Date(atHour(states.length - 0.5)).toISOString();
  await say(client, id, { v: 1, occupied: states.at(-1), at, kind: 'heartbeat' });
}

const say = (client: MqttClient, id: string, state: object) =>
  client.publishAsync(`vigie/bollards/${id}/state`, JSON.stringify(state), { qos: 1 });

const eventsAt = async (path: string): Promise<CurbEvents> => {
  const { status, body } = await admin.get(path);
  expect(status).toBe(200);
  return CurbEvents.parse(body);
};

const isMove = ({ event_type: type }: CurbEvent) => type.startsWith('park_');

describe('the events of the curb', () => {
  it('are the arrivals and departures, newest first, tied by their stay', async () => {
    const { data, time_zone } = await eventsAt('/cds/events');
    expect(time_zone).toBe('Europe/Paris');
    const moves = data.events.filter(isMove);
    expect(moves.map((one) => [one.event_type, one.event_time])).toEqual([
      ['park_start', atHour(2)],
      ['park_end', atHour(1)],
      ['park_end', atHour(1)],
      ['park_start', atHour(0)],
      ['park_start', atHour(0)],
    ]);
    const [again, left] = moves.filter(({ event_location: place }) => place !== null);
    const first = moves.filter(({ event_location: place }) => place !== null)[2];
    expect(left?.event_session_id).toBe(first?.event_session_id);
    expect(again?.event_session_id).not.toBe(first?.event_session_id);
    expect(left?.event_location?.geometry.coordinates).toEqual([2.44, 48.92]);
    expect(new Set(data.events.map((one) => one.event_id)).size).toBe(data.events.length);
  });

  it('say when each became known here: long after it happened, where its sensor spoke late', async () => {
    const { data } = await eventsAt('/cds/events');
    for (const { event_publication_time: known } of data.events) {
      expect(known).toBeGreaterThan(atHour(5.9));
      expect(known).toBeLessThanOrEqual(Date.now());
    }
  });

  it('tell that a sensor came back, and keep their ids from one reading to the next', async () => {
    const restored = async () =>
      (await eventsAt('/cds/events')).data.events.filter(
        ({ event_type: type }) => type === 'comms_restored',
      );
    await expect.poll(async () => (await restored()).length).toBe(2);
    expect(await restored()).toEqual(await restored());
  });

  it('tell of the heartbeats as scheduled reports', async () => {
    const { data } = await eventsAt('/cds/events');
    const reports = data.events.filter(({ event_type: type }) => type === 'scheduled_report');
    expect(reports.map((one) => one.event_time)).toEqual([atHour(2.5), atHour(1.5)]);
  });

  it('come in pages that join', async () => {
    const whole = (await eventsAt('/cds/events/events')).data.events;
    const read: CurbEvent[] = [];
    let path: string | null = '/cds/events/events?limit=2';
    while (path) {
      const page: CurbEvents = await eventsAt(path);
      expect(page.data.events.length).toBeLessThanOrEqual(2);
      read.push(...page.data.events);
      path = page.links.next;
    }
    expect(read).toEqual(whole);
  });

  it('are found by space, zone and time', async () => {
    const all = (await eventsAt('/cds/events')).data.events.filter(isMove);
    const first = all.find(({ event_location: place }) => place === null);
    const bySpace = await eventsAt(`/cds/events?curb_space_id=${first?.curb_space_id}`);
    expect(bySpace.data.events.filter(isMove)).toHaveLength(2);
    const byZone = await eventsAt(`/cds/events?curb_zone_id=${first?.curb_zone_id}`);
    expect(byZone.data).toEqual(bySpace.data);
    const early = await eventsAt(`/cds/events?start_time=${atHour(0)}&end_time=${atHour(1)}`);
    expect(early.data.events).toHaveLength(2);
    const nowhere = await eventsAt(`/cds/events?curb_area_id=${first?.curb_zone_id}`);
    expect(nowhere.data.events).toEqual([]);
  });

  it('are translated by the table of the spaces', async () => {
    const table = String((await admin.get('/api/v1/parking/spaces.csv')).body);
    for (const { curb_space_id: space, curb_zone_id: zone } of (await eventsAt('/cds/events')).data
      .events)
      expect(table).toContain(`${space},${zone}`);
  });

  it('say their form, and come in no other', async () => {
    const cookie = { authorization: `Bearer ${await newToken()}` };
    const answer = await fetch(`${app.url}/cds/events`, { headers: cookie });
    expect(answer.headers.get('content-type')).toBe('application/vnd.cds+json;version=1.0');
    const accept = 'application/vnd.cds+json;version=2.0';
    const refused = await fetch(`${app.url}/cds/events`, { headers: { ...cookie, accept } });
    expect(refused.status).toBe(406);
  });

  it.each([
    ['/cds/events?curb_space_id=s1', 400],
    ['/cds/events?start_time=2&end_time=1', 400],
    ['/cds/events?before=yesterday', 400],
    ['/cds/events?limit=0', 400],
  ])('%s is answered with %i', async (path, status) => {
    expect(await admin.get(path)).toMatchObject({ status });
  });

  it('are not for strangers', async () => {
    for (const path of ['/cds/events', '/cds/events/events'])
      expect((await stranger(app.url).get(path)).status).toBe(401);
  });
});

async function newToken(): Promise<string> {
  const { body } = await admin.post('/api/v1/integrators', { id: 'curb' });
  return (body as { token: string }).token;
}
