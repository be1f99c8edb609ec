import type { DisplayToken } from '@vigie/contracts/devices';
import { DisplayView } from '@vigie/contracts/parking';
import { Town } from '@vigie/contracts/town';
import { paletteFor } from '@vigie/palette';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, eventsIn, signIn, startTestApp, stranger } from '../testing/app.ts';

const key = 'a-key-that-is-long-enough';
const password = 'Lanterne-verte9';
const town = Town.parse({
  zones: [{ id: 'street', name: 'Rue', allowedDays: 7 }],
  spaces: ['s1', 's2'].map((id) => ({ id, zoneId: 'street', label: id.toUpperCase() })),
  bollards: ['b1', 'b2'].map((id) => ({ id, spaceId: id.replace('b', 's'), key })),
});

let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp();
  await app.importTown(town);
  await app.createUser({ username: 'guest', name: 'Visite', role: 'viewer', password });
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
});

afterAll(async () => {
  await app?.stop();
});

const drawToken = async (id: string) =>
  (await admin.post(`/api/v1/bollards/${id}/display-token`, {})).body as DisplayToken;

const look = (id: string, token: string) =>
  stranger(app.url).get(`/api/v1/displays/${id}?token=${token}`);

async function report(id: string, occupied: boolean): Promise<void> {
  const client = await connectAsync(app.mqttUrl, { username: id, password: key });
  const state = { v: 1, occupied, at: new Date().toISOString() };
  await client.publishAsync(`vigie/bollards/${id}/state`, JSON.stringify(state), { qos: 1 });
  await client.endAsync();
}

describe('a small screen', () => {
  it('is given what the bollard shows, its colours and the clock', async () => {
    const { token, path } = await drawToken('b1');
    expect(path).toBe(`/display/b1?token=${token}`);
    const { status, body } = await look('b1', token);
    expect(status).toBe(200);
    expect(DisplayView.parse(body)).toMatchObject({
      bollardId: 'b1',
      spaceLabel: 'S1',
      display: { state: 'unknown', allowedDays: 7 },
      colours: paletteFor(7).colours,
      clock: { rate: 1 },
    });
  });

  it.each(['Bearer', 'bearer'])('may send its token as %s, too', async (scheme) => {
    const { token } = await drawToken('b1');
    const answer = await fetch(`${app.url}/api/v1/displays/b1`, {
      headers: { authorization: `${scheme} ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  it('may use the key of the bollard', async () => {
    expect((await look('b1', key)).status).toBe(200);
  });

  it('hears of a change at once, and no more after its token was taken back', async () => {
    const { token } = await drawToken('b2');
    const answer = await fetch(`${app.url}/api/v1/displays/b2/events?token=${token}`);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const events = eventsIn(answer);
    const nextState = async () => {
      const { value } = await events.next();
      return value && DisplayView.parse(value.data).display.state;
    };
    expect(await nextState()).toBe('unknown');
    await report('b2', true);
    expect(await nextState()).toBe('parked');
    expect((await admin.delete('/api/v1/bollards/b2/display-token')).status).toBe(204);
    await report('b2', false);
    expect(await nextState()).toBeUndefined();
    expect((await look('b2', token)).status).toBe(401);
  });

  it('loses its token when another is drawn', async () => {
    const { token: old } = await drawToken('b1');
    const { token } = await drawToken('b1');
    expect((await look('b1', old)).status).toBe(401);
    expect((await look('b1', token)).status).toBe(200);
  });
});

describe('a wrong token', () => {
  it.each([
    ['that is missing', 'b1', ''],
    ['that was made up', 'b1', 'x'.repeat(32)],
    ['for a bollard that nobody knows', 'nobody', 'x'.repeat(32)],
  ])('%s opens neither view nor stream', async (_name, id, token) => {
    for (const path of [id, `${id}/events`]) {
      const answer = await stranger(app.url).get(`/api/v1/displays/${path}?token=${token}`);
      expect(answer).toMatchObject({ status: 401, body: { code: 'devices/display-token-wrong' } });
    }
  });

  it('of another bollard opens nothing', async () => {
    const { token } = await drawToken('b1');
    expect((await look('b2', token)).status).toBe(401);
  });
});

describe('the token of a screen', () => {
  it('opens neither other pages nor the bus', async () => {
    const { token } = await drawToken('b1');
    expect((await stranger(app.url).get(`/api/v1/spaces?token=${token}`)).status).toBe(401);
    for (const username of ['b1', 'display:b1'])
      await expect(
        connectAsync(app.mqttUrl, { username, password: token, reconnectPeriod: 0 }),
      ).rejects.toThrow();
  });

  it('is drawn and taken back by those who look after the devices alone', async () => {
    const path = '/api/v1/bollards/b1/display-token';
    const guest = await signIn(app.url, 'guest', password);
    for (const [client, status] of [
      [stranger(app.url), 401],
      [guest, 403],
    ] as const) {
      expect((await client.post(path, {})).status).toBe(status);
      expect((await client.delete(path)).status).toBe(status);
    }
  });

  it('is for a bollard that exists', async () => {
    const unknown = { status: 404, body: { code: 'devices/bollard-unknown' } };
    expect(await admin.post('/api/v1/bollards/b9/display-token', {})).toMatchObject(unknown);
    expect(await admin.delete('/api/v1/bollards/b9/display-token')).toMatchObject(unknown);
  });
});
