import { createHash } from 'node:crypto';
import type { AuditPage } from '@vigie/contracts/audit';
import type { ModelReceipt, ModelsView } from '@vigie/contracts/models';
import type { SetupGap } from '@vigie/contracts/setup';
import { topics, usernameOf } from '@vigie/contracts/topics';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, signIn, startTestApp } from '../testing/app.ts';
import { createFakeShelf } from './shelf.fake.ts';

const modelShelf = createFakeShelf();
let app: Awaited<ReturnType<typeof startTestApp>>;
let admin: Client;
beforeAll(async () => {
  app = await startTestApp({}, { modelShelf });
  admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
}, 60_000);
afterAll(() => app?.stop());

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const send = (name: string, text: string, mediaType = 'application/octet-stream') =>
  admin.putFile(`/api/v1/models/${name}`, { text, mediaType });
const trust = (id: string, text: string) =>
  admin.post(`/api/v1/model-uploads/${id}/trust`, { sha256: hashOf(text) });
const look = async () => (await admin.get('/api/v1/models')).body as ModelsView;
/** What is on record of weights, newest first. */
const acts = async () => {
  const { rows } = (await admin.get('/api/v1/audit?subject=models:')).body as AuditPage;
  return rows.map(({ act, subject, told }) => `${told.actorName?.value} ${act} ${subject}`);
};

async function waitingId(name: string, text: string): Promise<string> {
  const { body } = await send(name, text);
  const receipt = body as ModelReceipt;
  if (receipt.is !== 'waiting') throw new Error(`${name} does not wait`);
  return receipt.model.id;
}

describe('weights that an administrator brings', () => {
  it('are installed at once when their hash is known', async () => {
    expect(await send('known.onnx', 'known weights')).toMatchObject({
      status: 200,
      body: { is: 'installed', model: { name: 'known.onnx', isOwn: true } },
    });
    expect(await acts()).toEqual(['admin model-installed models:known.onnx']);
  });

  it('wait for trust when nobody knows them; only the hash that waits is trusted', async () => {
    const id = await waitingId('mine.onnx', 'my weights');
    expect((await look()).waiting).toMatchObject([
      { id, by: 'admin', sha256: hashOf('my weights') },
    ]);
    expect(await trust(id, 'other weights')).toMatchObject({
      status: 409,
      body: { code: 'models/hash-differs' },
    });
    expect(modelShelf.installed).toHaveLength(1);
    expect(await trust(id, 'my weights')).toMatchObject({
      status: 200,
      body: { name: 'mine.onnx' },
    });
    expect(await trust(id, 'my weights')).toMatchObject({
      body: { code: 'models/upload-unknown' },
    });
    expect((await acts())[0]).toBe('admin model-trusted models:mine.onnx');
  });

  it('can be refused by the person', async () => {
    const id = await waitingId('odd.onnx', 'odd weights');
    expect(await admin.delete(`/api/v1/model-uploads/${id}`)).toMatchObject({ status: 204 });
    expect((await look()).waiting).toEqual([]);
    expect(await admin.delete(`/api/v1/model-uploads/${id}`)).toMatchObject({ status: 404 });
  });

  it('are not installed when they do not run, and that is written down', async () => {
    const id = await waitingId('broken.onnx', 'broken weights');
    expect(await trust(id, 'broken weights')).toMatchObject({
      status: 400,
      body: { code: 'models/does-not-run' },
    });
    expect((await acts()).slice(0, 2)).toEqual([
      'admin model-failed models:broken.onnx',
      'admin model-trusted models:broken.onnx',
    ]);
  });

  it.each([
    { name: 'no model', file: 'page.onnx', text: 'page', code: 'models/not-onnx' },
    { name: 'a name that leads elsewhere', file: '..%2Fx.onnx', text: 'x', code: 'input/invalid' },
    { name: 'another kind of file', file: 'x.exe', text: 'x', code: 'input/invalid' },
    {
      name: 'text',
      file: 'x.onnx',
      text: '{}',
      mediaType: 'application/json',
      code: 'input/invalid',
    },
  ])('change nothing when they are $name', async ({ file, text, mediaType, code }) => {
    const before = await look();
    expect(await send(file, text, mediaType)).toMatchObject({ status: 400, body: { code } });
    expect(await look()).toEqual(before);
  });

  it('are taken away, by name', async () => {
    expect(await admin.delete('/api/v1/models/mine.onnx')).toMatchObject({ status: 204 });
    expect((await look()).installed?.map(({ name }) => name)).toEqual(['known.onnx']);
    expect((await acts())[0]).toBe('admin model-removed models:mine.onnx');
    expect(await admin.delete('/api/v1/models/mine.onnx')).toMatchObject({
      status: 404,
      body: { code: 'models/model-unknown' },
    });
  });
});

describe('the workers', () => {
  const gaps = async () =>
    ((await admin.get('/api/v1/setup-gaps')).body as SetupGap[]).map(({ kind }) => kind);

  it('say what weights they have; what is missing is said with them', async () => {
    expect(await gaps()).toEqual(
      expect.arrayContaining([
        'no-worker',
        'no-room',
        'no-camera',
        'no-mail',
        'administrator-open',
      ]),
    );
    const { key } = await app.workerCredential('w1');
    const username = usernameOf('worker', 'w1');
    const worker = await connectAsync(app.mqttUrl, { username, password: key });
    const say = (status: object) =>
      worker.publishAsync(topics.workerStatus('w1'), JSON.stringify(status), { qos: 1 });
    await say({ online: true });
    expect(await gaps()).toContain('no-model');
    const model = {
      ...{ name: 'known.onnx', sha256: hashOf('known weights'), msPerLook: 40, isMeasured: true },
      uses: ['standard'],
    };
    await say({ online: true, capacityFps: 20, models: [model] });
    expect((await look()).workers).toEqual([{ id: 'w1', capacityFps: 20, models: [model] }]);
    expect(await gaps()).not.toContain('no-model');
    await say({ online: false });
    expect((await look()).workers).toEqual([]);
    await worker.endAsync(true);
  });
});

it('a server without model folders says so', async () => {
  const bare = await startTestApp();
  const client = await signIn(bare.url, 'admin', bare.firstAdministrator?.password ?? '');
  expect((await client.get('/api/v1/models')).body).toMatchObject({ installed: null });
  const file = { text: 'weights', mediaType: 'application/octet-stream' };
  expect(await client.putFile('/api/v1/models/m.onnx', file)).toMatchObject({
    status: 409,
    body: { code: 'models/no-folders' },
  });
  await bare.stop();
}, 60_000);
