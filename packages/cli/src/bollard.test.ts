import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Display } from '@vigie/contracts/parking';
import { paletteFor } from '@vigie/palette';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBollard } from './bollard-run.ts';

const program = fileURLToPath(new URL('../bin/vigie.js', import.meta.url));
const mosquitto = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path));
const dayMs = 86_400_000;
const palette = paletteFor(7);

let folder: string;
let port: number;
let stops: (() => unknown)[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-bollard-'));
  await chmod(folder, 0o755);
  port = await freePort();
  stops = [() => rm(folder, { recursive: true, force: true })];
});

afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as AddressInfo;
      server.close(() => resolve(free));
    });
  });
}

const url = () => `mqtt://127.0.0.1:${port}`;

function display(state: 'parked' | 'free', since: number): Display {
  const isParked = state === 'parked';
  return {
    v: 1,
    state,
    day: isParked ? 1 : null,
    colour: isParked ? (palette.colours[0] ?? null) : null,
    label: isParked ? '1' : '',
    since: isParked ? new Date(since).toISOString() : null,
    until: isParked ? new Date(since + 7 * dayMs).toISOString() : null,
    allowedDays: 7,
    dayRule: 'arrival',
    timeZone: 'Europe/Paris',
    paletteVersion: palette.version,
  };
}

/** A mosquitto that holds the display; the bollard reaches it on `port` once all is ready. `cut` ends both. */
async function openBroker(shown: Display) {
  const own = await freePort();
  await writeFile(join(folder, 'conf'), `listener ${own} 127.0.0.1\nallow_anonymous true\n`);
  const broker = spawn(mosquitto ?? '', ['-c', join(folder, 'conf')], { stdio: 'ignore' });
  stops.push(() => ended(broker, 'SIGKILL'));
  await expect.poll(() => answers(own), patience).toBe(true);
  const server = await connectAsync(`mqtt://127.0.0.1:${own}`, { reconnectPeriod: 0 });
  stops.push(() => server.endAsync(true));
  const states: { occupied: boolean; at: string }[] = [];
  server.on('message', (_topic, payload) => states.push(JSON.parse(payload.toString())));
  await server.subscribeAsync('vigie/bollards/b1/state', { qos: 1 });
  const topic = 'vigie/bollards/b1/display';
  await server.publishAsync(topic, JSON.stringify(shown), { qos: 1, retain: true });
  const closeDoor = await openDoor(own);
  stops.push(closeDoor);
  const cut = async () => {
    await closeDoor();
    await ended(broker, 'SIGKILL');
  };
  return { states, cut };
}

/** Leads from `port` to the broker. */
async function openDoor(broker: number): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(broker, '127.0.0.1');
    for (const socket of [near, far]) sockets.add(socket.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
}

const answers = (on: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(on, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return exit;
}

function runProgram(args: readonly string[], key = 'a-key') {
  const all = ['bollard', '--id', 'b1', '--broker', url(), ...args];
  const child = spawn(process.execPath, [program, ...all], {
    env: { ...process.env, VIGIE_BOLLARD_KEY: key },
  });
  stops.push(() => ended(child, 'SIGKILL'));
  return child;
}

/** The faces among the lines, without their times. */
const facesIn = (lines: string) =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { at, ...face } = JSON.parse(line);
      expect(Date.parse(at)).not.toBeNaN();
      return face;
    });

const day = (number: number) => ({
  kind: 'day',
  day: number,
  colour: palette.colours[number - 1],
  label: String(number),
});

const patience = { timeout: 20_000, interval: 20 };

describe.skipIf(!mosquitto)('vigie bollard', () => {
  it('changes its colour while the broker is gone, keeps what it sensed, and corrects itself', async () => {
    const secondDay = Date.now() + 10_000;
    const first = await openBroker(display('parked', secondDay - dayMs));
    const child = runProgram(['--driver', 'simulated', '--data', folder]);
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    const faces = () => facesIn(printed);
    await expect.poll(faces, patience).toEqual([{ kind: 'waiting' }, day(1)]);

    await first.cut();
    child.stdin.write('what is this\noccupied\n');
    await expect.poll(faces, patience).toEqual([{ kind: 'waiting' }, day(1), day(2)]);
    expect(Date.now()).toBeGreaterThanOrEqual(secondDay);
    expect(await readFile(join(folder, 'b1.json'), 'utf8')).toContain('"occupied":true');

    const second = await openBroker(display('free', 0));
    await expect.poll(() => faces().at(-1), patience).toEqual({ kind: 'free' });
    await expect.poll(() => second.states, patience).toHaveLength(1);
    expect(second.states[0]?.occupied).toBe(true);
    expect(Date.parse(second.states[0]?.at ?? '')).toBeLessThan(secondDay);
    expect(await ended(child, 'SIGTERM')).toBe(0);
  }, 60_000);

  it('goes through three days without the broker by the time that it is told', async () => {
    const arrival = Date.parse('2026-06-01T08:00:00.000Z');
    const first = await openBroker(display('parked', arrival));
    let now = arrival + 3_600_000;
    let printed = '';
    const running = await startBollard(
      {
        id: 'b1',
        key: 'a-key',
        broker: url(),
        driver: 'simulated',
        port: 0,
        device: '',
        chip: 'apa102',
        leds: 1,
      },
      {
        clock: { now: () => new Date(now) },
        input: new PassThrough(),
        print: (line) => {
          printed += `${line}\n`;
        },
        log: { info: () => {}, warn: () => {}, error: () => {} },
      },
    );
    stops.push(running.stop);
    const newest = () => facesIn(printed).at(-1);
    await expect.poll(newest, patience).toEqual(day(1));
    await first.cut();
    for (const number of [2, 3, 4]) {
      now += dayMs;
      await expect.poll(newest, patience).toEqual(day(number));
    }
    await openBroker(display('free', 0));
    await expect.poll(newest, patience).toEqual({ kind: 'free' });
    expect(facesIn(printed)).toHaveLength(6);
  }, 60_000);
});

describe('vigie bollard, wrongly started,', () => {
  it.each<[string, readonly string[], string, number, RegExp]>([
    ['without a key', ['--driver', 'simulated'], '', 2, /set VIGIE_BOLLARD_KEY/],
    ['at no broker', ['--driver', 'simulated', '--broker', 'host:1883'], 'k', 2, /mqtt:\/\/host/],
    [
      'without its device',
      ['--driver', 'gpio', '--device', '/nowhere'],
      'k',
      1,
      /\/nowhere cannot/,
    ],
    ['without its sensor', ['--driver', 'simulated', '--sensor', '/no'], 'k', 1, /\/no cannot be/],
    ['with a file as folder', ['--driver', 'simulated', '--data', program], 'k', 1, /--data/],
    ['with a long strip', ['--driver', 'gpio', '--leds', '401'], 'k', 2, /from 1 to 400/],
  ])('%s says what to do and ends', async (_name, args, key, code, words) => {
    const child = runProgram(args, key);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    expect(await text(child.stderr)).toMatch(words);
    expect(await exit).toBe(code);
  });

  it('on a port that is taken says so and ends', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => server.close(resolve)));
    const taken = String((server.address() as AddressInfo).port);
    const child = runProgram(['--driver', 'screen', '--port', taken]);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    expect(await text(child.stderr)).toMatch(
      `Port ${taken} of 127.0.0.1 cannot be used: it is taken`,
    );
    expect(await exit).toBe(1);
  });
});
