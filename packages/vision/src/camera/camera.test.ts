import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { FOOTAGE } from '../testing/weights.ts';
import { createCameraOpener, SourceRefused } from './camera.driver.ts';
import type { CameraSource, Shot } from './camera.ts';
import { sourceUrlOf } from './source-url.ts';
import { openVideo } from './video.driver.ts';

const openCamera = createCameraOpener();
const clip = (name: string): string => pathToFileURL(join(FOOTAGE, `${name}.mp4`)).href;
const cameras: CameraSource[] = [];
const servers: (Server | NetServer)[] = [];
afterEach(async () => {
  await Promise.all(cameras.splice(0).map((camera) => camera.stop()));
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

/** Opens a camera and keeps what it tells. `next` is asked for at once. */
function open(url: string, intervalMs: number) {
  const shots: Shot[] = [];
  const losses: string[] = [];
  const camera = openCamera(url, intervalMs, {
    onShot(shot) {
      shots.push(shot);
      camera.next();
    },
    onLost: (reason) => losses.push(reason),
  });
  cameras.push(camera);
  return { camera, shots, losses };
}

async function until(holds: () => boolean, timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${holds}`);
    await delay(20);
  }
}

async function portOf(server: Server | NetServer): Promise<number> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const jpegOf = (grey: number): Promise<Buffer> => {
  const background = { r: grey, g: 90, b: 90 };
  return sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toBuffer();
};

/** An HTTP camera that gives one picture a request, another one each time, to who knows the password. */
async function startSnapshotCamera() {
  let requests = 0;
  const wanted = `Basic ${Buffer.from('hall:geheim99').toString('base64')}`;
  const server = createHttpServer(async ({ headers }, response) => {
    if (headers.authorization !== wanted) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="camera"' }).end();
      return;
    }
    response.setHeader('Content-Type', 'image/jpeg').end(await jpegOf((requests++ % 12) * 20));
  });
  const port = await portOf(server);
  return { url: `http://hall:geheim99@127.0.0.1:${port}/snapshot.jpg`, requests: () => requests };
}

/** An HTTP camera (multipart JPEG) that sends `frames` pictures a connection; `grey` gives each its brightness. */
async function startHttpCamera(frames: number, grey: (i: number) => number) {
  let connections = 0;
  const server = createHttpServer(async (_request, response) => {
    connections++;
    response.writeHead(200, { 'Content-Type': 'multipart/x-mixed-replace; boundary=frame' });
    for (let i = 0; i < frames && !response.destroyed; i++) {
      const jpeg = await jpegOf(grey(i));
      response.write(
        `--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`,
      );
      response.write(jpeg);
      response.write('\r\n');
      await delay(50);
    }
    response.end();
  });
  const port = await portOf(server);
  return { url: `http://hall:geheim99@127.0.0.1:${port}/video`, connections: () => connections };
}

describe('a clip as a camera', () => {
  it('gives its pictures with time, view and size', async () => {
    const { shots } = open(clip('office'), 200);
    await until(() => shots.length >= 3);
    const [first, second] = shots as [Shot, Shot];
    expect(first.picture.size).toEqual({ width: 640, height: 360 });
    expect(first.picture.rgb).toHaveLength(640 * 360 * 3);
    expect(first.view.meanLuma).toBeGreaterThan(60);
    expect(second.unchangedMs).toBe(0);
    expect(Math.abs(Date.now() - second.wallAt)).toBeLessThan(5000);
  });

  it('plays at its own pace and never faster than asked', async () => {
    const { shots, camera } = open(clip('office'), 200);
    await until(() => shots.length >= 6);
    const spans = shots.slice(1).map((shot, i) => shot.at - (shots[i]?.at ?? 0));
    // 5 frames a second: a clip that raced would give them within milliseconds.
    expect(spans.reduce((sum, ms) => sum + ms, 0) / spans.length).toBeGreaterThan(150);
    camera.setInterval(1000);
    await delay(300);
    const before = shots.length;
    await delay(2000);
    expect(shots.length - before).toBeLessThanOrEqual(3);
  });

  it('waits with the next picture until the last one was dealt with', async () => {
    const shots: Shot[] = [];
    const camera = openCamera(clip('office'), 200, {
      onShot: (shot) => shots.push(shot),
      onLost: () => undefined,
    });
    cameras.push(camera);
    await until(() => shots.length > 0);
    await delay(1000);
    expect(shots).toHaveLength(1);
    camera.next();
    await until(() => shots.length === 2);
  });

  it('that does not exist is lost, by name', async () => {
    const { losses } = open(clip('no-such-clip'), 200);
    await until(() => losses.length > 0);
    expect(losses[0]).toMatch(/no-such-clip\.mp4: opening failed: No such file/);
  });
});

describe('a picture file as a camera', () => {
  it('is read again at every look, so that a frozen one is told from one that is replaced', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-picture-'));
    try {
      const file = join(folder, 'newest.jpg');
      await writeFile(file, await jpegOf(40));
      const { shots } = open(pathToFileURL(file).href, 100);
      await until(() => (shots.at(-1)?.unchangedMs ?? 0) > 300);
      await writeFile(file, await jpegOf(200));
      await until(() => shots.at(-1)?.unchangedMs === 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a network camera', () => {
  it('is lost when its stream ends, without an exception, and is opened again', async () => {
    const http = await startHttpCamera(12, (i) => i * 20);
    const { shots, losses } = open(http.url, 100);
    await until(() => losses.length > 0 && shots.length > 0);
    expect(losses[0]).toBe('the stream ended');
    const before = shots.length;
    await until(() => http.connections() > 1 && shots.length > before);
  });

  it('that sends the same picture again and again is told from a live one', async () => {
    const http = await startHttpCamera(60, () => 120);
    const { shots } = open(http.url, 100);
    await until(() => (shots.at(-1)?.unchangedMs ?? 0) > 500);
    expect(shots[0]?.unchangedMs).toBe(0);
  });

  it('may give single pictures, which are asked for at the rate of the looks', async () => {
    const http = await startSnapshotCamera();
    const { shots, losses, camera } = open(http.url, 200);
    await until(() => shots.length >= 5);
    expect(shots.at(-1)).toMatchObject({
      unchangedMs: 0,
      picture: { size: { width: 320, height: 240 } },
    });
    expect(losses).toEqual([]);
    camera.setInterval(60_000);
    await delay(500);
    const before = http.requests();
    await delay(1000);
    expect(http.requests()).toBe(before);
  });

  it('that sends elsewhere is not followed, and the loss says why', async () => {
    const http = await startSnapshotCamera();
    const server = createHttpServer((_, response) => {
      response.writeHead(302, { Location: http.url }).end();
    });
    const { losses, shots } = open(`http://127.0.0.1:${await portOf(server)}/video`, 200);
    await until(() => losses.length > 0);
    expect(losses[0]).toMatch(/redirect/);
    expect(http.requests()).toBe(0);
    expect(shots).toEqual([]);
  });

  it.each([
    [
      'http://169.254.169.254/latest/meta-data',
      /169\.254\.169\.254 \(metadata\).*VIGIE_CAMERA_ALLOW/,
    ],
    ['rtsp://2852039166/sub', /leads to 169\.254\.169\.254/],
    ['rtsp://[fe80::1]/sub', /\(link-local\)/],
    ['rtsp://0.0.0.0:554/sub', /\(unspecified\)/],
  ])('at %s is not even connected to', async (url, why) => {
    const { losses } = open(url, 200);
    await until(() => losses.length > 0);
    expect(losses[0]).toMatch(why);
  });

  it('is asked for by its name, at the address that was looked up', async () => {
    const asked: string[] = [];
    const server = createHttpServer(async ({ headers }, response) => {
      asked.push(headers.host ?? '');
      response.setHeader('Content-Type', 'image/jpeg').end(await jpegOf(90));
    });
    const port = await portOf(server);
    const { shots } = open(`http://localhost:${port}/snapshot.jpg`, 200);
    await until(() => shots.length > 0);
    expect(new Set(asked)).toEqual(new Set([`localhost:${port}`]));
  });

  it('that refuses the connection is lost at once, and its password stays unsaid', async () => {
    const { losses } = open('rtsp://hall:geheim99@127.0.0.1:9/sub', 200);
    await until(() => losses.length > 0);
    expect(losses[0]).toBe('rtsp://127.0.0.1:9/sub: opening failed: Connection refused');
  });

  it('that takes the connection and is silent is given up by itself', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      sockets.push(socket);
    });
    const port = await portOf(server);
    const { losses } = open(`rtsp://hall:geheim99@127.0.0.1:${port}/sub`, 200);
    await until(() => losses.length > 0, 20_000);
    expect(losses[0]).toMatch(/opening failed/);
    for (const socket of sockets) socket.destroy();
  });

  it.each(['udp://239.0.0.1:1', 'concat:/etc/passwd', 'nonsense'])('%s is refused', (url) => {
    const events = { onShot: () => undefined, onLost: () => undefined };
    expect(() => openCamera(url, 200, events)).toThrow(SourceRefused);
  });
});

it('the frames of a video carry their time and can be looked at or passed over', () => {
  const source = sourceUrlOf(clip('archive'));
  if (!source) throw new Error('the clip has no address');
  const video = openVideo(source);
  expect(video.rate).toBe(5);
  expect(video.duration).toBeCloseTo(20, 1);
  const times: number[] = [];
  for (const frame of video.frames()) {
    times.push(frame.t);
    if (times.length === 10) expect(frame.picture().size).toEqual({ width: 640, height: 360 });
  }
  video.close();
  expect(times).toHaveLength(100);
  expect(times[99]).toBeCloseTo(19.8, 3);
});
