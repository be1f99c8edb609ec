import { createHmac } from 'node:crypto';
import { CaseEvent } from '@vigie/contracts/case-notice';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutgoing } from '../platform/outgoing.driver.ts';
import { type SeenRequest, startHttpServer, type TestHttpServer } from '../testing/http-server.ts';
import { someLetter } from '../testing/letters.ts';
import { createWebhookDriver } from './webhook.driver.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let server: TestHttpServer;
let now = new Date('2026-03-10T10:00:00.500Z');

beforeEach(async () => {
  server = await startHttpServer();
});
afterEach(() => server.stop());

const { ask } = createOutgoing(['127.0.0.1']);
const webhook = (key: string | undefined = secret) =>
  createWebhookDriver({ ask, secret: key, source: 'https://vigie.town.fr', now: () => now });
const letter = () =>
  someLetter({ channel: 'webhook', recipient: `${server.url}/hook?token=T0K3N` });

/** What a receiver computes by itself. Source: Standard Webhooks 1.0, signature scheme. */
const signatureOf = (id: string, timestamp: string, body: string): string => {
  const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
};
const isSigned = ({ headers, body }: SeenRequest): boolean =>
  headers['webhook-signature'] ===
  signatureOf(headers['webhook-id'] ?? '', headers['webhook-timestamp'] ?? '', body);

describe('a webhook', () => {
  it('is checked here as the example of the standard wants it', () => {
    const body = '{"test": 2432232314}';
    expect(signatureOf('msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('is a signed CloudEvent', async () => {
    await webhook().send(letter());
    const [request] = server.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/hook?token=T0K3N',
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'webhook-id': 'case-c1-opened',
        'webhook-timestamp': '1773136800',
      },
    });
    expect(request && isSigned(request)).toBe(true);
    expect(CaseEvent.parse(JSON.parse(request?.body ?? ''))).toMatchObject({
      id: 'case-c1-opened',
      source: 'https://vigie.town.fr',
      type: 'vigie.case.opened',
      subject: 'c1',
      time: '2026-03-10T10:00:00.000Z',
      data: { v: 1, kind: 'opened', space: { label: '12' } },
    });
  });

  it('is the same event when it is sent again, signed anew', async () => {
    server.answer = () => undefined;
    await expect(webhook().send(letter())).rejects.toThrow(/did not answer/);
    server.answer = () => ({ status: 204 });
    now = new Date('2026-03-10T11:00:00Z');
    await webhook().send(letter());
    const [first, second] = server.requests;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.headers['webhook-timestamp']).toBe('1773140400');
    expect(server.requests.every(isSigned)).toBe(true);
  });

  it.each([400, 410, 301, 500, 503])(
    'fails on an answer of %i, without its address',
    async (status) => {
      server.answer = () => ({ status, headers: { location: `${server.url}/elsewhere` } });
      const failure = await webhook()
        .send(letter())
        .catch((error: Error) => error.message);
      expect(failure).toContain(String(status));
      expect(failure).not.toMatch(/T0K3N|whsec/);
      expect(server.requests).toHaveLength(1);
    },
  );

  it('waits for a key to be set: nothing goes out unsigned', async () => {
    const unsigned = createWebhookDriver({ ask, secret: undefined, source: 'x', now: () => now });
    await expect(unsigned.send(letter())).rejects.toThrow(/VIGIE_CASE_WEBHOOK_SECRET/);
    expect(server.requests).toHaveLength(0);
  });
});
