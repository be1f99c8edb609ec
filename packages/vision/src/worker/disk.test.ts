import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seal } from '@vigie/contracts/seal';
import { topics } from '@vigie/contracts/topics';
import { decodeFrame, encodeFedPicture, type WatchMode } from '@vigie/contracts/vision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBroker } from '../testing/broker.ts';
import { FOOTAGE, findWeights } from '../testing/weights.ts';

const weights = await findWeights();
const missing =
  weights.missing ?? (process.platform === 'linux' ? undefined : 'no /proc on this system');
const sealKey = crypto.getRandomValues(new Uint8Array(32));
/** pictures of each camera that are waited for */
const WANTED = 10;

let broker: Awaited<ReturnType<typeof startBroker>>;
let folder: string;
let worker: ChildProcess;

beforeAll(async () => {
  broker = await startBroker();
  folder = await mkdtemp(join(tmpdir(), 'vigie-disk-'));
  worker = startWorker();
  worker.stdout?.resume();
});
afterAll(async () => {
  if (worker.exitCode === null) {
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true });
  await broker.stop();
});

/** A worker as it is run, whose every folder of its own choice is `folder`. */
function startWorker(): ChildProcess {
  const program = join(import.meta.dirname, '../../../cli/bin/vigie.js');
  return spawn(process.execPath, [program, 'vision', '--broker', broker.url, '--id', 'w'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: folder,
      XDG_CACHE_HOME: folder,
      VIGIE_WORKER_KEY: 'k',
      VIGIE_SEAL_KEY: Buffer.from(sealKey).toString('base64'),
      VIGIE_MODELS: weights.folders.map((path) => resolve(path)).join(delimiter),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Regular files that the process has open for writing, deleted ones too. */
async function filesOpenForWriting(): Promise<string[]> {
  const at = `/proc/${worker.pid}`;
  const found: string[] = [];
  for (const fd of await readdir(`${at}/fd`)) {
    const path = await readlink(`${at}/fd/${fd}`).catch(() => '');
    const info = await readFile(`${at}/fdinfo/${fd}`, 'utf8').catch(() => '');
    const [, flags = '0'] = /^flags:\s*(\d+)/m.exec(info) ?? [];
    const isForWriting = (Number.parseInt(flags, 8) & 3) !== 0;
    if (isForWriting && path.startsWith('/') && !/^\/(dev|memfd:)/.test(path)) found.push(path);
  }
  return found;
}

/** Bytes that the process caused to be written to any disk. Source: Linux, proc_pid_io(5). */
async function bytesToDisk(): Promise<number> {
  const [, bytes = '0'] =
    /^write_bytes: (\d+)/m.exec(await readFile(`/proc/${worker.pid}/io`, 'utf8')) ?? [];
  return Number(bytes);
}

async function filesIn(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  return Promise.all(
    names.map(async (name) => `${name} ${(await stat(join(path, name))).mtimeMs}`),
  );
}

it.skipIf(missing)(
  `a worker with live views writes nothing to disk${missing ? ` (skipped: ${missing})` : ''}`,
  async () => {
    const { client } = await broker.watch();
    /** pictures by camera and mode */
    const pictures = new Map<string, number>();
    const trouble: string[] = [];
    let jpeg: Uint8Array | undefined;
    client.on('message', (topic, payload) => {
      if (!topic.endsWith('/frame')) return;
      const { header, jpeg: newest } = decodeFrame(payload);
      if (topic === topics.cameraFrame('clip') && header.mode === 'clear') jpeg = newest;
      const name = `${topic} ${header.mode}`;
      pictures.set(name, (pictures.get(name) ?? 0) + 1);
    });
    const clip = pathToFileURL(join(FOOTAGE, 'office.mp4')).href;
    for (const [id, url] of Object.entries({ clip, phone: 'browser:' })) {
      const config = JSON.stringify({ v: 1, source: await seal(url, sealKey), profile: 'quick' });
      await client.publishAsync(topics.cameraConfig(id), config, { qos: 1, retain: true });
    }
    const watch = (id: string, mode: WatchMode) => {
      const until = new Date(Date.now() + 10_000).toISOString();
      return client.publishAsync(topics.cameraWatch(id), JSON.stringify({ mode, until }));
    };
    const isEnough = (): boolean =>
      pictures.size === 4 && [...pictures.values()].every((count) => count >= WANTED);
    for (let turn = 0; turn < 400 && !isEnough(); turn++) {
      for (const id of ['clip', 'phone']) {
        for (const mode of ['private', 'clear'] as const) await watch(id, mode);
      }
      // The telephone shows what the clip showed just before.
      if (jpeg) {
        const message = Buffer.from(encodeFedPicture({ ageMs: 1, jpeg }));
        await client.publishAsync(topics.cameraPicture('phone'), message);
      }
      trouble.push(...(await filesOpenForWriting()));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(Object.fromEntries(pictures)).toMatchObject({
      'vigie/cameras/clip/frame clear': expect.any(Number),
      'vigie/cameras/clip/frame private': expect.any(Number),
      'vigie/cameras/phone/frame clear': expect.any(Number),
      'vigie/cameras/phone/frame private': expect.any(Number),
    });
    expect(isEnough()).toBe(true);
    expect(trouble).toEqual([]);
    expect(await filesIn(folder)).toEqual([]);
    expect(await bytesToDisk()).toBe(0);
  },
  90_000,
);
