import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { films, missingRtsp, type RtspCamera, startRtspCamera, urlOf } from '../testing/rtsp.ts';
import { createCameraOpener } from './camera.driver.ts';
import type { CameraSource, Shot } from './camera.ts';

const why = missingRtsp ? ` (skipped: ${missingRtsp})` : '';

const openCamera = createCameraOpener();

let server: RtspCamera | undefined;
let camera: CameraSource | undefined;
afterEach(async () => {
  await server?.stop();
  await camera?.stop();
});

async function start(film: string, port?: number): Promise<RtspCamera> {
  server = await startRtspCamera(film, port);
  return server;
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 25_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not in time: ${holds}`);
    await delay(20);
  }
}

function open(url: string) {
  const told = { shots: [] as Omit<Shot, 'picture'>[], losses: [] as string[] };
  const opened = openCamera(url, 200, {
    onShot({ picture: _, ...shot }) {
      told.shots.push(shot);
      opened.next();
    },
    onLost: (reason) => told.losses.push(reason),
  });
  camera = opened;
  return told;
}

it('an RTSP camera that describes no stream at all is lost, and the worker goes on', async () => {
  const session = 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=a\r\nt=0 0\r\n';
  const described = `Content-Type: application/sdp\r\nContent-Length: ${session.length}`;
  const empty = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (request) => {
      const [, number] = /CSeq: (\d+)/i.exec(String(request)) ?? [];
      const isAsked = String(request).startsWith('DESCRIBE');
      const head = isAsked ? described : 'Public: OPTIONS, DESCRIBE, SETUP, PLAY';
      socket.write(
        `RTSP/1.0 200 OK\r\nCSeq: ${number}\r\n${head}\r\n\r\n${isAsked ? session : ''}`,
      );
    });
  }).listen(0, '127.0.0.1');
  await once(empty, 'listening');
  const told = open(`rtsp://127.0.0.1:${(empty.address() as AddressInfo).port}/x`);
  // Twice: what is left of the first attempt would end the process within the second.
  await until(() => told.losses.length > 1);
  expect(told.losses.join()).toMatch(/no video in it/);
  await camera?.stop();
  empty.close();
});

describe.skipIf(missingRtsp)(`an RTSP camera${why}`, () => {
  it('is watched with its password, is lost when it goes, and comes back by itself', async () => {
    const { url, port, stop } = await start(films.office);
    const told = open(url);
    await until(() => told.shots.length >= 5);
    expect(told.losses).toEqual([]);
    await stop();
    await until(() => told.losses.length > 0);
    const before = told.shots.length;
    await start(films.office, port);
    await until(() => told.shots.length > before);
    expect(told.losses.join()).not.toContain('geheim99');
  });

  it('may send H.265', async () => {
    const { url } = await start(films.ballH265);
    const told = open(url);
    await until(() => told.shots.length >= 5);
    expect(told.losses).toEqual([]);
    expect(told.shots.at(-1)).toMatchObject({ unchangedMs: 0 });
  });

  it('that sends elsewhere is not followed, and the loss says why', async () => {
    const { url } = await start(films.office);
    const elsewhere = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (request) => {
        const [, number] = /CSeq: (\d+)/i.exec(String(request)) ?? [];
        socket.write(`RTSP/1.0 302 Found\r\nCSeq: ${number}\r\nLocation: ${url}\r\n\r\n`);
      });
    }).listen(0, '127.0.0.1');
    try {
      await once(elsewhere, 'listening');
      const told = open(urlOf((elsewhere.address() as AddressInfo).port));
      await until(() => told.losses.length > 0);
      expect(told.losses[0]).toMatch(/redirects; give the address/);
      expect(told.shots).toEqual([]);
    } finally {
      elsewhere.close();
    }
  });

  it('that refuses the password is lost, and the password stays unsaid', async () => {
    const { url } = await start(films.office);
    const told = open(url.replace('geheim99', 'wrong-one'));
    await until(() => told.losses.length > 0);
    expect(told.losses[0]).toMatch(/opening failed: .*401/);
    expect(told.losses[0]).not.toContain('wrong-one');
    expect(told.shots).toEqual([]);
  });
});
