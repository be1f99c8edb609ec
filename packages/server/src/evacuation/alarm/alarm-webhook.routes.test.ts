import type { Incident, IncidentLine } from '@vigie/contracts/evacuation';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  emptyTownDatabase,
  openTownHall,
  type TownHall,
  webhookSecret,
} from '../town-hall.fake.ts';
import { signWebhook, webhookKey } from './alarm-webhook.routes.ts';

const database = emptyTownDatabase();
let hall: TownHall;

beforeEach(async () => {
  hall = await openTownHall(database.db);
  return () => hall.stop();
});

const alarm = JSON.stringify({ v: 1, active: true, kind: 'fire', at: '2026-11-24T10:00:00Z' });
const secondsNow = () => Math.floor(Date.now() / 1000);

interface Delivery {
  id?: string;
  timestamp?: number;
  body?: string;
  sentBody?: string;
  secret?: string;
  building?: string;
  headers?: Record<string, string>;
}

/** Sends a signed alarm; `sentBody` is sent in place of the body that was signed. */
async function deliver(delivery: Delivery = {}): Promise<{ status: number; body: unknown }> {
  const { id = 'msg-1', timestamp = secondsNow(), body = alarm, secret = webhookSecret } = delivery;
  const answer = await fetch(`${hall.url}/api/v1/alarms/${delivery.building ?? 'town-hall'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signWebhook({ id, timestamp, body }, webhookKey(secret)),
      ...delivery.headers,
    },
    body: delivery.sentBody ?? body,
  });
  return { status: answer.status, body: await answer.json() };
}

const list = async (): Promise<Incident[]> => (await hall.ask('viewer', 'GET', '/incidents')).body;

describe('the signature', () => {
  // Source: Standard Webhooks, example of the specification's reference libraries.
  it('is the one that other libraries make', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      body: '{"test": 2432232314}',
    };
    const key = webhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(signWebhook(message, key)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('that is right begins an incident', async () => {
    expect(await deliver()).toMatchObject({
      status: 201,
      body: { outcome: 'started', incident: { origin: 'webhook', kind: 'fire', endedAt: null } },
    });
  });

  it('may stand among others, as while a secret is changed', async () => {
    const timestamp = secondsNow();
    const right = signWebhook({ id: 'm', timestamp, body: alarm }, webhookKey(webhookSecret));
    const headers = { 'webhook-signature': `v1,AAAA v1a,BBBB ${right}` };
    expect((await deliver({ id: 'm', timestamp, headers })).status).toBe(201);
  });

  it.each<{ name: string; delivery: Delivery }>([
    { name: 'made with another secret', delivery: { secret: 'a-secret-that-nobody-knows' } },
    { name: 'of another body', delivery: { sentBody: alarm.replace('fire', 'test') } },
    { name: 'with one space more in the body', delivery: { sentBody: `${alarm} ` } },
    { name: 'of another id', delivery: { headers: { 'webhook-id': 'msg-2' } } },
    { name: 'six minutes old', delivery: { timestamp: secondsNow() - 360 } },
    { name: 'six minutes early', delivery: { timestamp: secondsNow() + 360 } },
    {
      name: 'of another time',
      delivery: { headers: { 'webhook-timestamp': String(secondsNow() - 9) } },
    },
    { name: 'missing', delivery: { headers: { 'webhook-signature': '' } } },
    { name: 'without a readable time', delivery: { headers: { 'webhook-timestamp': 'now' } } },
  ])('that is wrong changes nothing: $name', async ({ delivery }) => {
    expect(await deliver(delivery)).toMatchObject({
      status: 401,
      body: { code: 'evacuation/signature-wrong' },
    });
    expect(await list()).toEqual([]);
  });
});

describe('a signed alarm', () => {
  it('that is delivered twice counts once, even after the incident was ended', async () => {
    const first = await deliver();
    const incident = (first.body as { incident: Incident }).incident;
    expect(await deliver()).toMatchObject({
      status: 200,
      body: { outcome: 'known', incident: { id: incident.id } },
    });
    await hall.ask('fire-safety-officer', 'POST', `/incidents/${incident.id}/end`, { reason: 'x' });
    expect(await deliver()).toMatchObject({
      status: 200,
      body: { outcome: 'known', incident: null },
    });
    expect(await list()).toHaveLength(1);
  });

  it('with a new id joins the active incident', async () => {
    await deliver();
    expect(await deliver({ id: 'msg-2' })).toMatchObject({
      status: 200,
      body: { outcome: 'repeated' },
    });
  });

  it('that says the panel is at rest ends nothing', async () => {
    await deliver();
    const body = alarm.replace('true', 'false');
    const answer = await deliver({ id: 'msg-2', body });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'noted' } });
    const [incident] = await list();
    expect(incident?.endedAt).toBeNull();
    const { body: lines } = await hall.ask('viewer', 'GET', `/incidents/${incident?.id}/log`);
    expect((lines as IncidentLine[]).at(-1)).toMatchObject({
      what: 'panel-reset',
      actor: 'webhook',
    });
  });

  it('of a building that does not exist is refused by name', async () => {
    expect(await deliver({ building: 'barn' })).toMatchObject({
      status: 404,
      body: { code: 'evacuation/building-unknown' },
    });
  });

  it('that is refused may be delivered again with the same id', async () => {
    await deliver({ building: 'barn' });
    expect((await deliver()).status).toBe(201);
  });

  it.each([
    ['is no JSON', 'alarm!'],
    ['breaks the contract', JSON.stringify({ v: 1, active: 'yes' })],
  ])('whose body %s is refused as wrong input', async (_, body) => {
    expect(await deliver({ body })).toMatchObject({ status: 400, body: { code: 'input/invalid' } });
  });
});
