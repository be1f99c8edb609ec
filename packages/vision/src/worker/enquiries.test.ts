import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { type EnquiryTrouble, WorkerAnswer } from '@vigie/contracts/camera-enquiries';
import { seal, unseal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../camera/picture.driver.ts';
import { startVisionWorker } from '../index.ts';
import { type BusWatcher, startBroker } from '../testing/broker.ts';
import { type OnvifCamera, startOnvifCamera } from '../testing/onvif-camera.ts';
import { films, missingRtsp, type RtspCamera, startRtspCamera } from '../testing/rtsp.ts';

const sealKey = crypto.getRandomValues(new Uint8Array(32));
const said: string[] = [];
const listen = (data: object, text: string): void => void said.push(JSON.stringify([data, text]));
const stops: (() => Promise<unknown>)[] = [];
let bus: BusWatcher;
let rtsp: RtspCamera | undefined;
let device: OnvifCamera;
let web: Server;

beforeAll(async () => {
  const broker = await startBroker();
  stops.push(broker.stop);
  bus = await broker.watch();
  rtsp = missingRtsp ? undefined : await startRtspCamera(films.office);
  if (rtsp) stops.push(rtsp.stop);
  const port = rtsp?.port ?? 554;
  device = await startOnvifCamera({
    name: 'Salle des fêtes',
    services: ['{service}', 'http://169.254.7.9/onvif', 'http://camera.example/onvif ftp://x/'],
    streams: {
      main: 'rtsp://169.254.169.254/main',
      sub: `rtsp://127.0.0.1:${port}/sub`,
      else: 'rtsp://192.0.2.9/sub',
      odd: 'file:///etc/passwd',
    },
  });
  stops.push(device.stop);
  web = await startWeb();
  const worker = await startVisionWorker({
    ...{ brokerUrl: broker.url, workerId: 'w', key: 'k', sealKey, modelsDirs: [], threads: 1 },
    log: { info: listen, warn: listen, error: listen },
    discovery: device.place,
  });
  stops.push(worker.stop);
  await bus.until(topics.workerStatus('w'), () => true);
}, 60_000);

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** Pictures, and what is none. */
async function startWeb(): Promise<Server> {
  const background = { r: 90, g: 120, b: 60 };
  const jpeg = await sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const server = createServer(({ url }, response) => {
    if (url === '/picture.jpg') response.end(jpeg);
    else if (url === '/moved') response.writeHead(302, { location: '/picture.jpg' }).end();
    else if (url === '/words') response.end('<p>Hello</p>');
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => server.close());
  return server;
}

const webUrl = (path: string) => `http://127.0.0.1:${(web.address() as AddressInfo).port}${path}`;

/** All that the worker answers to one enquiry. */
async function ask(enquiry: object): Promise<WorkerAnswer[]> {
  const id = randomUUID();
  const answers: WorkerAnswer[] = [];
  const done = bus.until(topics.workerAnswer('w'), (payload) => {
    const answer = WorkerAnswer.parse(JSON.parse(String(payload)));
    if (answer.id !== id) return false;
    answers.push(answer);
    return answer.step === 'done';
  });
  const text = JSON.stringify({ v: 1, id, ...enquiry });
  await bus.client.publishAsync(topics.workerEnquiry('w'), text, { qos: 1 });
  await done;
  return answers;
}

const tried = async (url: string, more: object = {}): Promise<WorkerAnswer[]> =>
  ask({ kind: 'try', source: await seal(url, sealKey), ...more });
const last = (answers: readonly WorkerAnswer[]): WorkerAnswer | undefined => answers.at(-1);

describe('a trial of an address', () => {
  it('says what a camera sends, with a picture too coarse for a face', async (context) => {
    if (!rtsp) context.skip(`no RTSP server: ${missingRtsp}`);
    const answers = await tried(rtsp?.url ?? '');
    expect(answers.map(({ step }) => step)).toEqual(['connecting', 'reading', 'done']);
    const { trial, trouble } = last(answers) ?? {};
    expect([trouble, trial]).toEqual([
      null,
      expect.objectContaining({ codec: 'h264', width: 640, height: 360 }),
    ]);
    expect(trial?.fps).toBeGreaterThan(2);
    const { size } = await decodePicture(Buffer.from(trial?.jpeg ?? '', 'base64'));
    expect(size).toEqual({ width: 640, height: 360 });
    expect(said.join()).not.toMatch(/geheim99|127\.0\.0\.1:\d+\/sub/);
  });

  it('of single pictures says no rate', async () => {
    const { trial } = last(await tried(webUrl('/picture.jpg'))) ?? {};
    expect(trial).toMatchObject({ codec: 'mjpeg', width: 320, height: 240, fps: null });
  });

  it('where pictures are kept for incidents says the facts and makes no picture', async () => {
    const answers = await tried(webUrl('/picture.jpg'), { isWithheld: true });
    expect(last(answers)?.trial).toMatchObject({ codec: 'mjpeg', width: 320, jpeg: null });
    expect(answers.filter(({ trial }) => trial?.jpeg)).toEqual([]);
  });

  it.for<[what: string, urlOf: () => string | undefined | Promise<string>, EnquiryTrouble]>([
    ['a wrong password', () => rtsp?.url.replace('geheim99', 'wrong'), 'login'],
    ['a path that is not there', () => rtsp?.url.replace('/sub', '/none'), 'path'],
    ['a machine that does not listen', () => closedUrl('rtsp'), 'refused'],
    ['a camera that says nothing', () => silentUrl(), 'silent'],
    ['a name that nobody has', () => 'rtsp://camera.invalid/sub', 'name-unknown'],
    ['a picture that is none', () => webUrl('/words'), 'unreadable'],
    ['a picture that moved', () => webUrl('/moved'), 'elsewhere'],
    ['a picture that is not there', () => webUrl('/none'), 'path'],
    ['the metadata of a cloud', () => 'http://169.254.169.254/latest', 'forbidden'],
    ['another protocol', () => 'ftp://127.0.0.1/x', 'forbidden'],
  ])('of %s says why there is no picture', async ([_what, urlOf, trouble], context) => {
    const url = await urlOf();
    if (url === undefined) context.skip(`no RTSP server: ${missingRtsp}`);
    expect(last(await tried(url ?? ''))).toMatchObject({ trial: null, trouble });
  });

  it('that cannot be opened with the key is answered, too', async () => {
    expect(last(await ask({ kind: 'try', source: 'v1.AAAA' }))).toMatchObject({
      trouble: 'unreadable',
    });
  });
});

describe('cameras of ONVIF', () => {
  it('are found on the network, each once, with what may not be spoken to marked', async () => {
    const { found } = last(await ask({ kind: 'discover' })) ?? {};
    expect(device.calls.length).toBeGreaterThan(1);
    expect(found?.toSorted((a, b) => a.host.localeCompare(b.host))).toEqual([
      {
        service: device.service,
        host: '127.0.0.1',
        name: 'Salle des fêtes',
        hardware: 'X-1',
        isForbidden: false,
      },
      expect.objectContaining({ host: '169.254.7.9', isForbidden: true }),
      expect.objectContaining({ host: 'camera.example', isForbidden: false }),
    ]);
  });

  const streamsOf = async (login: string) => {
    const service = await seal(device.service.replace('//', `//${login}@`), sealKey);
    return last(await ask({ kind: 'streams', service }));
  };

  it('say their make and their streams, whose addresses come sealed, with the login', async () => {
    const { make, streams = [], trouble } = (await streamsOf('hall:geheim99')) ?? {};
    expect([trouble, make]).toEqual([
      null,
      { maker: 'Acme & Sons', model: 'X-1', firmware: '2.0' },
    ]);
    expect(streams).toHaveLength(4);
    const [, sub] = streams;
    expect(sub).toMatchObject({ codec: 'H264', width: 640, height: 360, fps: 5, snapshot: null });
    expect(JSON.stringify(streams)).not.toContain('geheim99');
    const url = await unseal(sub?.source?.replace('sealed:', '') ?? '', sealKey);
    expect(url).toMatch(/^rtsp:\/\/hall:geheim99@127\.0\.0\.1:\d+\/sub$/);
    if (rtsp) expect(last(await tried(url))).toMatchObject({ trouble: null });
  });

  it('that send to a forbidden address, elsewhere, or to a file are not followed', async () => {
    const { streams = [] } = (await streamsOf('hall:geheim99')) ?? {};
    expect(streams.map(({ name, source, trouble }) => [name, source && 'sealed', trouble])).toEqual(
      [
        ['main', null, 'forbidden'],
        ['sub', 'sealed', null],
        ['else', null, 'elsewhere'],
        ['odd', null, 'forbidden'],
      ],
    );
  });

  it.each([
    ['a wrong password', () => streamsOf('hall:wrong'), 'login'],
    ['what is no camera of ONVIF', async () => service(webUrl('/words')), 'not-onvif'],
    ['a forbidden address', async () => service('http://169.254.169.254/onvif'), 'forbidden'],
    ['nobody', async () => service(await closedUrl('http')), 'refused'],
  ] as const)('with %s say why there are no streams', async (_what, answer, trouble) => {
    expect(await answer()).toMatchObject({ make: null, streams: [], trouble });
  });

  const service = async (url: string) =>
    last(await ask({ kind: 'streams', service: await seal(url, sealKey) }));
});

async function closedUrl(scheme: string): Promise<string> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return `${scheme}://127.0.0.1:${port}/sub`;
}

/** Takes connections and never says a word. */
async function silentUrl(): Promise<string> {
  const server = createNetServer((socket) => socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => server.close());
  return `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/sub`;
}
