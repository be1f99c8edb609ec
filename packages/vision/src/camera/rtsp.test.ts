import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { FOOTAGE } from '../testing/weights.ts';
import { openCamera } from './camera.driver.ts';
import type { CameraSource } from './camera.ts';

const PYTHON = '/usr/bin/python3';
const PROGRAM = join(import.meta.dirname, '..', 'testing', 'rtsp_camera.py');
const check = "import gi; gi.require_version('GstRtspServer', '1.0')";
const hasServer = spawnSync(PYTHON, ['-c', check]).status === 0;
const why = hasServer ? '' : ' (skipped: no gir1.2-gst-rtsp-server-1.0 for /usr/bin/python3)';

let server: ChildProcess | undefined;
let camera: CameraSource | undefined;
afterEach(async () => {
  await endServer();
  await camera?.stop();
});

async function startServer(port: number): Promise<void> {
  const started = spawn(PYTHON, [PROGRAM, String(port), join(FOOTAGE, 'office.mp4')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  server = started;
  await once(started.stdout, 'data');
}

async function endServer(): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 25_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not in time: ${holds}`);
    await delay(20);
  }
}

function open(url: string) {
  const told = { shots: 0, losses: [] as string[] };
  const opened = openCamera(url, 200, {
    onShot() {
      told.shots++;
      opened.next();
    },
    onLost: (reason) => told.losses.push(reason),
  });
  camera = opened;
  return told;
}

describe.skipIf(!hasServer)(`an RTSP camera${why}`, () => {
  it('is watched with its password, is lost when it goes, and comes back by itself', async () => {
    const port = await freePort();
    await startServer(port);
    const told = open(`rtsp://hall:geheim99@127.0.0.1:${port}/sub`);
    await until(() => told.shots >= 5);
    expect(told.losses).toEqual([]);
    await endServer();
    await until(() => told.losses.length > 0);
    const before = told.shots;
    await startServer(port);
    await until(() => told.shots > before);
    expect(told.losses.join()).not.toContain('geheim99');
  });

  it('that refuses the password is lost, and the password stays unsaid', async () => {
    const port = await freePort();
    await startServer(port);
    const told = open(`rtsp://hall:wrong-one@127.0.0.1:${port}/sub`);
    await until(() => told.losses.length > 0);
    expect(told.losses[0]).toMatch(/opening failed: .*401/);
    expect(told.losses[0]).not.toContain('wrong-one');
    expect(told.shots).toBe(0);
  });
});
