import { type CameraEnquiry, WorkerEnquiry } from '@vigie/contracts/camera-enquiries';
import type { Camera } from '@vigie/contracts/evacuation';
import { unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { CameraConfig } from '@vigie/contracts/vision';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  emptyTownDatabase,
  liveOf,
  openTownHall,
  sendCount,
  type TownHall,
  workersKey,
} from '../town-hall.fake.ts';

const database = emptyTownDatabase();
let hall: TownHall;

beforeEach(async () => {
  hall = await openTownHall(database.db);
  return () => hall.stop();
});

const put = (id: string, body: object, role: 'administrator' | 'viewer' = 'administrator') =>
  hall.ask(role, 'PUT', `/cameras/${id}`, body);
const fresh = {
  name: 'Porte',
  roomId: 'hall',
  watches: 'door',
  profile: 'quick',
  source: 'rtsp://10.0.0.9/sub',
  login: { username: 'guard', password: 'n3w-one' },
} as const;

/** The address that workers get, once it is as awaited. */
async function awaitSource(id: string, source: string): Promise<void> {
  const topic = topics.cameraConfig(id);
  const messages = await hall.listen('worker:w2', [topic]);
  await vi.waitFor(
    async () => {
      const config = CameraConfig.parse(JSON.parse(messages.get(topic) ?? 'null'));
      expect(await unseal(config.source, workersKey)).toBe(source);
    },
    { timeout: 10_000 },
  );
}

const rows = async (): Promise<unknown[]> =>
  (await database.pool.query('SELECT * FROM cameras ORDER BY id')).rows;

describe('a camera', () => {
  it('is added by an administrator, and its address never comes back', async () => {
    const { status, body } = await put('door', fresh);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ id: 'door', name: 'Porte', watches: 'door', fps: 5 } as Camera),
    ]);
    expect(JSON.stringify([body, await rows()])).not.toMatch(/n3w-one|10\.0\.0\.9/);
    await awaitSource('door', 'rtsp://guard:n3w-one@10.0.0.9/sub');
    expect((await put('door', fresh, 'viewer')).status).toBe(403);
  });

  it('keeps what a change does not name', async () => {
    await put('door', fresh);
    const { body } = await put('door', { name: 'Porte sud', roomId: 'hall' });
    expect(body).toMatchObject({ name: 'Porte sud', watches: 'door', profile: 'quick' });
    await awaitSource('door', 'rtsp://guard:n3w-one@10.0.0.9/sub');
  });

  it('that looks elsewhere from now on is unknown until it is seen there', async () => {
    const worker = await hall.connect('worker:w1');
    await sendCount(worker, 'hall-1', 2);
    await put('hall-1', { name: 'Hall', roomId: 'hall' });
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'people', count: 2 });
    await put('hall-1', { name: 'Hall', roomId: 'hall', source: 'rtsp://10.0.0.9/other' });
    expect(await liveOf(hall, 'hall')).toMatchObject({ state: 'unknown', count: null });
  });

  it.each([
    [
      'a forbidden address',
      { source: 'http://169.254.169.254/' },
      400,
      'evacuation/camera-address-forbidden',
    ],
    ['a scheme that is not allowed', { source: 'file:///etc/passwd' }, 400, 'input/invalid'],
    ['no address', { source: undefined }, 400, 'input/invalid'],
    ['an unknown room', { roomId: 'nowhere' }, 404, 'evacuation/room-unknown'],
    ['an address of another server', { source: 'sealed:v1.AAAA' }, 400, 'input/invalid'],
  ])('with %s is refused, and nothing is changed', async (_what, change, status, code) => {
    const before = await rows();
    expect(await put('door', { ...fresh, ...change })).toMatchObject({ status, body: { code } });
    expect(await rows()).toEqual(before);
  });

  it('stays in its room while an incident goes on there', async () => {
    await hall.ask('administrator', 'POST', '/buildings/town-hall/incidents', { kind: 'drill' });
    expect(await put('hall-1', { name: 'Hall', roomId: 'hall', watches: 'door' })).toMatchObject({
      status: 409,
      body: { code: 'evacuation/camera-needed' },
    });
    expect((await put('hall-1', { name: 'Grand hall', roomId: 'hall' })).status).toBe(200);
  });

  it('of the town’s file is refused by its name when its address is forbidden', async () => {
    const cameras = [
      { id: 'spy', roomId: 'hall', name: 'Spy', source: 'http://169.254.169.254/', ...defaults },
    ];
    const imported = database.db.transaction((tx) =>
      hall.evacuation.importTown({ buildings: [], rooms: [], cameras }, tx),
    );
    await expect(imported).rejects.toThrow(/camera spy.*metadata.*VIGIE_CAMERA_ALLOW/);
  });
});

describe('an enquiry about cameras', () => {
  const begin = async (wish: object): Promise<{ status: number; body: CameraEnquiry }> =>
    hall.ask('administrator', 'POST', '/camera-enquiries', wish);
  const read = async (id: string): Promise<CameraEnquiry> =>
    (await hall.ask('administrator', 'GET', `/camera-enquiries/${id}`)).body;
  const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 10_000 });
  const device = {
    service: 'http://10.0.0.7/onvif/device_service',
    ...{ host: '10.0.0.7', name: 'Hall', hardware: 'X1', isForbidden: false },
  };

  /** A worker that is there, what it was asked, and a way to answer. */
  async function startWorker(id: 'w1' | 'w2') {
    const client = await hall.connect(`worker:${id}`);
    const asked: WorkerEnquiry[] = [];
    client.on('message', (_, payload) =>
      asked.push(WorkerEnquiry.parse(JSON.parse(String(payload)))),
    );
    await client.subscribeAsync(topics.workerEnquiry(id));
    await client.publishAsync(topics.workerStatus(id), '{"online":true}', { qos: 1 });
    const answer = (more: object) => {
      const rest = { trouble: null, trial: null, make: null, streams: [], found: [], ...more };
      const text = JSON.stringify({ v: 1, id: asked.at(-1)?.id, step: 'done', ...rest });
      return client.publishAsync(topics.workerAnswer(id), text, { qos: 1 });
    };
    return { asked, answer, client };
  }

  it('without a worker is over at once, and says so', async () => {
    expect((await begin({ kind: 'discover' })).body).toMatchObject({
      step: 'done',
      trouble: 'no-worker',
    });
  });

  it('goes to a worker with a sealed address, and brings what it answers', async () => {
    const worker = await startWorker('w1');
    const { source, login } = fresh;
    const { status, body } = await begin({ kind: 'try', source, login });
    expect([status, body.step]).toEqual([201, 'asked']);
    await until(async () => expect(worker.asked).toHaveLength(1));
    expect(JSON.stringify(worker.asked)).not.toMatch(/n3w-one|10\.0\.0\.9/);
    const [question] = worker.asked;
    const url = question?.kind === 'try' ? question.source : '';
    expect(await unseal(url, workersKey)).toBe('rtsp://guard:n3w-one@10.0.0.9/sub');
    await worker.answer({ step: 'reading' });
    await until(async () => expect(await read(body.id)).toMatchObject({ step: 'reading' }));
    await worker.answer({ trial });
    await until(async () => expect(await read(body.id)).toMatchObject({ step: 'done', trial }));
    const { rows: kept } = await database.pool.query('SELECT * FROM cameras');
    expect(JSON.stringify(kept)).not.toContain('/9j/');
  });

  it('takes what is known of a camera that is there', async () => {
    const worker = await startWorker('w1');
    await put('door', fresh);
    await begin({ kind: 'try', cameraId: 'door' });
    await until(async () => expect(worker.asked).toHaveLength(1));
    const [question] = worker.asked;
    const url = question?.kind === 'try' ? question.source : '';
    expect(await unseal(url, workersKey)).toBe('rtsp://guard:n3w-one@10.0.0.9/sub');
  });

  /** The picture that a trial brings from a worker that sends one whatever it was asked. */
  async function pictureOf(
    worker: Awaited<ReturnType<typeof startWorker>>,
    wish: object,
  ): Promise<{ id: string; jpeg: string | null | undefined; isWithheld: boolean | undefined }> {
    const before = worker.asked.length;
    const { body } = await begin({ kind: 'try', ...wish });
    await until(async () => expect(worker.asked).toHaveLength(before + 1));
    const question = worker.asked.at(-1);
    await worker.answer({ trial });
    await until(async () => expect((await read(body.id)).step).toBe('done'));
    const isWithheld = question?.kind === 'try' ? question.isWithheld : undefined;
    return { id: body.id, jpeg: (await read(body.id)).trial?.jpeg, isWithheld };
  }
  const trial = { codec: 'h264', width: 640, height: 360, fps: 5, jpeg: '/9j/' };
  const lockCameras = (cameraUse: string) =>
    hall.ask('administrator', 'PUT', '/buildings/town-hall/camera-use', {
      cameraUse,
      reason: 'avis de la DPO',
    });
  const onRecord = async () =>
    (
      await database.pool.query(
        `SELECT actor, subject, details FROM audit_rows WHERE act = 'picture-tried' ORDER BY seq`,
      )
    ).rows;

  it('puts on record once who saw the picture of which camera', async () => {
    const before = (await onRecord()).length;
    const worker = await startWorker('w1');
    const { id, jpeg } = await pictureOf(worker, { source: 'rtsp://10.0.0.9/sub' });
    expect(jpeg).toBe('/9j/');
    await pictureOf(worker, { cameraId: 'hall-1' });
    const enquiry = expect.any(String);
    expect((await onRecord()).slice(before)).toEqual([
      { actor: 'program:1', subject: '', details: { enquiry: id, host: '10.0.0.9' } },
      { actor: 'program:1', subject: 'camera:hall-1', details: { enquiry, host: '10.0.0.7' } },
    ]);
  });

  it.each([
    ['its id', { cameraId: 'hall-1' }],
    ['its address', { source: 'rtsp://10.0.0.7/main' }],
    ['another stream of its host', { source: 'http://10.0.0.7:8080/picture.jpg' }],
    ['its host in another writing', { source: 'rtsp://0x0a.0.7/main' }],
    ['a name that may lead to it', { source: 'rtsp://camera.ville.example/main' }],
    ['a room of its building', { source: 'rtsp://10.0.0.9/sub', roomId: 'cellar' }],
  ])('brings no picture of a camera that is kept for incidents, by %s', async (_by, wish) => {
    const before = (await onRecord()).length;
    await lockCameras('counting');
    const worker = await startWorker('w1');
    const { id, jpeg, isWithheld } = await pictureOf(worker, wish);
    expect([jpeg, isWithheld]).toEqual([null, true]);
    expect((await read(id)).trial).toMatchObject({ codec: 'h264', width: 640, fps: 5 });
    expect(await onRecord()).toHaveLength(before);
  });

  it('takes back a picture when the lock is set, and shows it while an incident goes on', async () => {
    const worker = await startWorker('w1');
    const wish = { source: 'rtsp://10.0.0.7/main' };
    const { id, jpeg } = await pictureOf(worker, wish);
    await lockCameras('counting');
    expect([jpeg, (await read(id)).trial?.jpeg]).toEqual(['/9j/', null]);
    const { jpeg: elsewhere } = await pictureOf(worker, { source: 'rtsp://10.0.0.9/sub' });
    expect(elsewhere).toBe('/9j/');
    await hall.ask('administrator', 'POST', '/buildings/town-hall/incidents', { kind: 'drill' });
    expect((await read(id)).trial?.jpeg).toBe('/9j/');
  });

  it('calls by all workers, lists each camera once, and says which are ours', async () => {
    const [one, other] = [await startWorker('w1'), await startWorker('w2')];
    const { body } = await begin({ kind: 'discover' });
    await until(async () => expect([one.asked.length, other.asked.length]).toEqual([1, 1]));
    await one.answer({ found: [device] });
    await until(async () => expect((await read(body.id)).step).not.toBe('asked'));
    expect((await read(body.id)).step).not.toBe('done');
    await other.answer({ found: [device, { ...device, service: 'http://10.0.0.8/', host: 'b' }] });
    await until(async () => expect((await read(body.id)).step).toBe('done'));
    expect((await read(body.id)).found).toMatchObject([
      { host: '10.0.0.7', cameraIds: ['cellar-1', 'cellar-2', 'hall-1'] },
      { host: 'b', cameraIds: [] },
    ]);
  });

  it.each([
    ['a forbidden address', { kind: 'try', source: 'http://169.254.169.254/' }, 400],
    ['a forbidden device', { kind: 'streams', service: 'http://[fe80::1]/onvif' }, 400],
    ['a file', { kind: 'try', source: 'file:///etc/passwd' }, 400],
    ['a camera that nobody knows', { kind: 'try', cameraId: 'nobody' }, 404],
    ['nothing', { kind: 'try' }, 400],
  ])('about %s is refused', async (_what, wish, status) => {
    expect((await begin(wish)).status).toBe(status);
  });

  it('is for administrators, has few beside it, and is forgotten', async () => {
    await startWorker('w1');
    const seen = [];
    for (let i = 0; i < 4; i++) seen.push((await begin({ kind: 'discover' })).status);
    expect(seen).toEqual([201, 201, 201, 429]);
    const path = '/camera-enquiries';
    expect((await hall.ask('viewer', 'POST', path, { kind: 'discover' })).status).toBe(403);
    expect((await hall.ask('administrator', 'GET', `${path}/unknown`)).status).toBe(404);
  });
});

const defaults = { profile: 'standard', fps: 5, staleMs: 3000 } as const;
