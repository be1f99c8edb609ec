import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutgoing } from '../platform/outgoing.driver.ts';
import { type SeenRequest, startHttpServer, type TestHttpServer } from '../testing/http-server.ts';
import { someLetter } from '../testing/letters.ts';
import { createOvhSms } from './ovh-sms.driver.ts';
import { createSmsGateway } from './sms-gateway.driver.ts';

let server: TestHttpServer;

beforeEach(async () => {
  server = await startHttpServer();
});
afterEach(() => server.stop());

const { ask } = createOutgoing(['127.0.0.1']);
const sms = (attempts = 1) =>
  someLetter({ channel: 'sms', recipient: '+33612345678', text: 'Place "12" & 13', attempts });

describe('an SMS over a gateway', () => {
  const gateway = (part: object = {}) =>
    createSmsGateway(
      {
        url: `${server.url}/send`,
        method: 'POST',
        header: 'Authorization: Bearer s3cret',
        body: '{"to":["{to}"],"text":"{text}","ref":"{id}","n":1}',
        ...part,
      },
      ask,
    );

  it('is the body that was set, with its blanks filled in', async () => {
    await gateway().send(sms());
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/send', headers: { authorization: 'Bearer s3cret' } },
    ]);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      to: ['+33612345678'],
      text: 'Place "12" & 13',
      ref: 'case-c1-opened',
      n: 1,
    });
  });

  it('may be an address alone', async () => {
    const url = `${server.url}/send?to={to}&text={text}`;
    await gateway({ url, method: 'GET', header: undefined }).send(sms());
    expect(server.requests).toMatchObject([
      { method: 'GET', path: '/send?to=%2B33612345678&text=Place%20%2212%22%20%26%2013', body: '' },
    ]);
  });

  it.each([
    ['refused', { status: 401, body: 'Bearer s3cret is wrong' }, /answered 401/],
    ['sent elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9' } }, /302/],
    ['cut off', undefined, /did not answer/],
  ])('fails when it is %s, and the reason holds no secret', async (_name, answer, reason) => {
    server.answer = () => answer;
    const failure = await gateway({ url: `${server.url}/send?key=s3cret` })
      .send(sms())
      .catch((error: Error) => error.message);
    expect(failure).toMatch(reason);
    expect(failure).not.toContain('s3cret');
    expect(server.requests).toHaveLength(1);
  });
});

describe('an SMS over OVHcloud', () => {
  const ovh = (sender?: string) =>
    createOvhSms(
      {
        url: `${server.url}/1.0`,
        appKey: 'key',
        appSecret: 'secret',
        consumerKey: 'consumer',
        service: 'sms-xx1-1',
        sender,
      },
      ask,
    );
  const theirTime = 1_700_000_000;
  let taken: string[];

  /** As their API answers; what it takes, it finds again by its tag. */
  function answer({ method, path, body }: SeenRequest) {
    if (path === '/1.0/auth/time') return { status: 200, body: String(theirTime) };
    if (method === 'GET') {
      const tag = new URL(path, server.url).searchParams.get('tag');
      return { status: 200, body: JSON.stringify(taken.filter((one) => one === tag).map(() => 7)) };
    }
    taken.push(JSON.parse(body).tag);
    return { status: 200, body: '{"ids":[7],"validReceivers":["+33612345678"]}' };
  }

  beforeEach(() => {
    taken = [];
    server.answer = answer;
  });

  it('is signed with their time', async () => {
    await ovh().send(sms());
    const job = server.requests.find(({ method }) => method === 'POST');
    expect(job?.path).toBe('/1.0/sms/sms-xx1-1/jobs');
    expect(JSON.parse(job?.body ?? '')).toEqual({
      message: 'Place "12" & 13',
      receivers: ['+33612345678'],
      noStopClause: true,
      priority: 'high',
      tag: 'case-c1-opened',
      senderForResponse: true,
    });
    const signed = `secret+consumer+POST+${server.url}/1.0/sms/sms-xx1-1/jobs+${job?.body}+${theirTime}`;
    expect(job?.headers).toMatchObject({
      'x-ovh-application': 'key',
      'x-ovh-consumer': 'consumer',
      'x-ovh-timestamp': String(theirTime),
      'x-ovh-signature': `$1$${createHash('sha1').update(signed).digest('hex')}`,
    });
    expect(JSON.stringify(server.requests)).not.toContain('"secret');
  });

  it('comes from the sender that was set', async () => {
    await ovh('MAIRIE').send(sms());
    const { body } = server.requests.at(-1) ?? { body: '' };
    expect(JSON.parse(body)).toMatchObject({ sender: 'MAIRIE' });
    expect(body).not.toContain('senderForResponse');
  });

  it('is not sent again when it was taken and only the answer was lost', async () => {
    server.answer = (request) => {
      const usual = answer(request);
      return request.method === 'POST' ? undefined : usual;
    };
    await expect(ovh().send(sms(1))).rejects.toThrow(/did not answer/);
    server.answer = answer;
    await ovh().send(sms(2));
    expect(taken).toEqual(['case-c1-opened']);
  });

  it('is sent again when it was not taken, also with keys that may not look for it', async () => {
    await ovh().send(sms(2));
    server.answer = (request) =>
      request.path.includes('/outgoing') ? { status: 403 } : answer(request);
    await ovh().send(sms(2));
    expect(taken).toHaveLength(2);
  });

  it('fails when the number is not taken', async () => {
    server.answer = (request) =>
      request.method === 'POST'
        ? { status: 200, body: '{"validReceivers":[],"invalidReceivers":["+33612345678"]}' }
        : answer(request);
    await expect(ovh().send(sms())).rejects.toThrow(/does not take this number/);
  });
});
