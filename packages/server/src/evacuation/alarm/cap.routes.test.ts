import { CapMessage } from '@vigie/contracts/cap';
import type { Incident } from '@vigie/contracts/evacuation';
import { topics } from '@vigie/contracts/topics';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startReceiver, type TestReceiver } from '../../testing/receiver.ts';
import {
  emptyTownDatabase,
  openTownHall,
  smallTown,
  type TownHall,
  webhookSecret,
} from '../town-hall.fake.ts';
import { signWebhook, webhookKey } from './alarm-webhook.routes.ts';
import { capFaults, capOf } from './cap-rules.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;
let receiver: TestReceiver;

beforeEach(async () => {
  receiver = await startReceiver();
  hall = await openTownHall(database.db, smallTown, {
    cap: { sender: 'vigie@town.example', url: receiver.url },
  });
  return async () => {
    await hall.stop();
    await receiver.stop();
  };
});

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 50 });

const press = async (kind: string): Promise<string> =>
  ((await hall.ask('warden', 'POST', '/buildings/town-hall/incidents', { kind })).body as Incident)
    .id;
const end = (id: string) =>
  hall.ask('fire-safety-officer', 'POST', `/incidents/${id}/end`, { reason: 'tous dehors' });
const listOf = async (id: string): Promise<CapMessage[]> =>
  CapMessage.array().parse((await hall.ask('viewer', 'GET', `/incidents/${id}/cap`)).body);
const bodies = () => receiver.taken.map(({ body }) => String(body));

describe('an incident', () => {
  it('is told at its start, when it gets graver, and at its end, each message once and in order', async () => {
    const id = await press('drill');
    await until(() => expect(receiver.taken).toHaveLength(1));
    await press('fire');
    await until(() => expect(receiver.taken).toHaveLength(2));
    await end(id);
    await until(() => expect(receiver.taken).toHaveLength(3));
    expect(bodies().flatMap(capFaults)).toEqual([]);
    expect(bodies().map(capOf)).toMatchObject([
      { identifier: `vigie-${id}-1`, msgType: 'Alert', status: 'Exercise', incidents: id },
      { identifier: `vigie-${id}-2`, msgType: 'Update', status: 'Actual' },
      {
        identifier: `vigie-${id}-3`,
        msgType: 'Cancel',
        note: 'Incident terminé / ended: tous dehors',
        references: expect.stringContaining(`vigie@town.example,vigie-${id}-1,`),
      },
    ]);
    await until(async () => expect((await listOf(id)).at(-1)?.deliveredAt).not.toBeNull());
    expect(await listOf(id)).toMatchObject([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('is signed for the receiver', async () => {
    await press('test');
    await until(() => expect(receiver.taken).toHaveLength(1));
    const { headers, body } = receiver.taken[0] ?? {};
    const id = String(headers?.['webhook-id']);
    const timestamp = Number(headers?.['webhook-timestamp']);
    expect(headers?.['content-type']).toContain('application/cap+xml');
    expect(headers?.['webhook-signature']).toBe(
      signWebhook({ id, timestamp, body: String(body) }, webhookKey(webhookSecret)),
    );
  });

  it('stands retained on the bus, and the same at its address', async () => {
    const id = await press('fire');
    await until(() => expect(receiver.taken).toHaveLength(1));
    const told = await hall.listen('integrator:x', [topics.buildingCap('+')]);
    await until(() => expect(told.get(topics.buildingCap('town-hall'))).toBe(bodies()[0]));
    const answer = await fetch(`${hall.url}/api/v1/incidents/${id}/cap/1`, {
      headers: { 'x-role': 'viewer' },
    });
    expect(answer.headers.get('content-type')).toContain('application/cap+xml');
    expect(await answer.text()).toBe(bodies()[0]);
  });

  it('waits for a receiver that is down, says why, and keeps the order', async () => {
    receiver.status = 503;
    const id = await press('fire');
    await until(async () =>
      expect(await listOf(id)).toMatchObject([
        { deliveredAt: null, error: expect.stringContaining('503') },
      ]),
    );
    await end(id);
    receiver.status = 200;
    await until(() =>
      expect(bodies().map((xml) => capOf(xml).msgType)).toEqual(['Alert', 'Cancel']),
    );
  });

  it('has no message that was never written', async () => {
    const id = await press('fire');
    expect(await hall.ask('viewer', 'GET', `/incidents/${id}/cap/99`)).toMatchObject({
      status: 404,
      body: { code: 'evacuation/cap-unknown' },
    });
  });
});
