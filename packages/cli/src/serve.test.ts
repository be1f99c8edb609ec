import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectAsync } from 'mqtt';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../bin/vigie.js', import.meta.url));
const key = 'a-key-that-is-long-enough';
const bollardIds = Array.from({ length: 20 }, (_, n) => `b${n + 1}`);
const minuteMs = 60_000;

let folder: string;
let settings: Record<string, string>;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-serve-'));
  await chmod(folder, 0o755);
  settings = {
    VIGIE_DATA: folder,
    VIGIE_HOST: '127.0.0.1',
    VIGIE_SECOND_FACTOR: 'nobody',
    VIGIE_PORT: String(await freePort()),
    VIGIE_MQTT_PORT: String(await freePort()),
  };
});

afterEach(async () => {
  for (const child of running.splice(0)) await ended(child, 'SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts `vigie serve` and resolves with what it printed once it is up; `undefined` line: it ended instead. */
function serve(
  command: string = process.execPath,
  args: readonly string[] = [program, 'serve'],
): Promise<{ child: ChildProcess; printed: string; code: number | null }> {
  const child = spawn(command, args, { env: { ...process.env, ...settings } });
  running.push(child);
  let printed = '';
  return new Promise((resolve) => {
    const add = (chunk: Buffer) => {
      printed += chunk.toString();
      if (/^Vigie: http.*\n/m.test(printed)) resolve({ child, printed, code: null });
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.once('exit', (code) => resolve({ child, printed, code }));
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return exit;
}

async function importTown(printed: string): Promise<void> {
  const url = `http://127.0.0.1:${settings.VIGIE_PORT}`;
  const password = /shown this once: admin {2}(\S+)/.exec(printed)?.[1];
  const headers = { 'content-type': 'application/json', origin: url };
  const signedIn = await fetch(`${url}/api/v1/auth/sign-in/username`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ username: 'admin', password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const town = {
    zones: [{ id: 'z', name: 'Zone', allowedDays: 60 }],
    spaces: bollardIds.map((id) => ({ id: `s-${id}`, zoneId: 'z', label: id })),
    bollards: bollardIds.map((id) => ({ id, spaceId: `s-${id}`, key })),
  };
  const answer = await fetch(`${url}/api/v1/town`, {
    method: 'PUT',
    headers: { ...headers, cookie },
    body: JSON.stringify(town),
  });
  expect(answer.status).toBe(200);
}

/** Asks the embedded database itself, on the port its lock file names. */
async function storedEvents(): Promise<{ bollardId: string; at: string }[]> {
  const lines = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const password = (await readFile(join(folder, 'postgres.password'), 'utf8')).trim();
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(lines[3]),
    user: 'vigie',
    password,
    database: 'vigie',
  });
  await client.connect();
  const { rows } = await client.query('SELECT device_id, device_at FROM occupancy_events');
  await client.end();
  return rows.map((row) => ({ bollardId: row.device_id, at: row.device_at.toISOString() }));
}

const readLine = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The process is gone.
  }
};

const childrenOf = (pid: number | undefined): number[] =>
  readLine(`/proc/${pid}/task/${pid}/children`).trim().split(' ').map(Number);

/** A Node of this machine that cannot run Vigie itself, as Debian 12 has. */
function oldNode(): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'node'));
  return candidates.find((path) => {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    const [, major = '99'] = /^v(\d+)/.exec(stdout ?? '') ?? [];
    return Number(major) < 22;
  });
}

const isVision = (pid: number | undefined): boolean =>
  readLine(`/proc/${pid}/cmdline`).split('\0').includes('vision');

describe('vigie serve', () => {
  it('keeps every acknowledged event once, when it is killed in the middle of 1,000 of them', async () => {
    const first = await serve();
    await importTown(first.printed);
    const from = Date.now() - 24 * 60 * minuteMs;
    const acknowledged = new Set<string>();
    const clients = await Promise.all(
      bollardIds.map((id) =>
        connectAsync(`mqtt://127.0.0.1:${settings.VIGIE_MQTT_PORT}`, {
          username: id,
          password: key,
          clientId: id,
          clean: false,
          reconnectPeriod: 100,
        }),
      ),
    );
    const { promise: halfWay, resolve: isHalfWay } = Promise.withResolvers<void>();
    const all = clients.map(async (client, index) => {
      client.on('error', () => undefined);
      const id = bollardIds[index] ?? '';
      for (let n = 0; n < 50; n++) {
        const at = new Date(from + n * 10 * minuteMs).toISOString();
        const body = JSON.stringify({ v: 1, occupied: n % 2 === 0, at, seq: n });
        await client.publishAsync(`vigie/bollards/${id}/state`, body, { qos: 1 });
        acknowledged.add(`${id} ${at}`);
        if (acknowledged.size >= 300) isHalfWay();
      }
    });
    await halfWay;
    await ended(first.child, 'SIGKILL');
    const acknowledgedBefore = [...acknowledged];
    expect(acknowledgedBefore.length).toBeLessThan(1000);

    const second = await serve();
    expect(second.code).toBeNull();
    expect(second.printed).toContain('taking over a PostgreSQL');
    await Promise.all(all);
    const stored = (await storedEvents()).map(({ bollardId, at }) => `${bollardId} ${at}`);
    expect(stored).toHaveLength(1000);
    expect(new Set(stored)).toEqual(acknowledged);
    for (const event of acknowledgedBefore) expect(stored).toContain(event);
    await Promise.all(clients.map((client) => client.endAsync()));
    expect(await ended(second.child, 'SIGTERM')).toBe(0);
  }, 120_000);

  it('stops in order when the npm that runs it is ended', async () => {
    const { child } = await serve('npm', ['run', '--silent', 'vigie', '--', 'serve']);
    await ended(child, 'SIGTERM');
    const pidFile = join(folder, 'postgres', 'postmaster.pid');
    await expect.poll(() => existsSync(pidFile), { timeout: 20_000 }).toBe(false);
  }, 60_000);

  it.for(['SIGTERM', 'SIGKILL'] as const)(
    'stops in order when the old Node that started it gets %s',
    { timeout: 60_000 },
    async (signal, context) => {
      const old = oldNode();
      if (!old) return context.skip('no Node older than 22 on this machine');
      const { child, code } = await serve(old);
      expect(code).toBeNull();
      await ended(child, signal);
      const pidFile = join(folder, 'postgres', 'postmaster.pid');
      await expect.poll(() => existsSync(pidFile), { timeout: 20_000 }).toBe(false);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'takes its vision worker along when it is killed',
    async () => {
      const first = await serve(process.execPath, [program, 'start']);
      const workers = () => childrenOf(first.child.pid).filter((pid) => isVision(pid));
      const [worker] = workers();
      expect(worker).toBeDefined();
      await ended(first.child, 'SIGKILL');
      await expect.poll(() => isVision(worker), { timeout: 20_000 }).toBe(false);
      const second = await serve();
      expect(second.code, second.printed).toBeNull();
    },
    60_000,
  );

  it('refuses a second server on the same data folder', async () => {
    const first = await serve();
    settings = { ...settings, VIGIE_PORT: '0', VIGIE_MQTT_PORT: '0' };
    const second = await serve();
    expect(second.code).toBe(1);
    expect(second.printed).toMatch(/Another Vigie server already runs.*VIGIE_DATA/);
    expect(await ended(first.child, 'SIGINT')).toBe(0);
  }, 60_000);

  it.each([
    ['VIGIE_PORT', () => settings.VIGIE_PORT],
    ['VIGIE_MQTT_PORT', () => settings.VIGIE_MQTT_PORT],
  ])(
    'names the setting when the port of %s is taken',
    async (name, port) => {
      const blocker = createServer().listen(Number(port()), '127.0.0.1');
      const { code, printed } = await serve();
      await new Promise((resolve) => blocker.close(resolve));
      expect(code).toBe(1);
      expect(printed).toContain(`Choose another one with ${name}`);
    },
    60_000,
  );

  it('names every wrong setting', async () => {
    settings = { ...settings, VIGIE_PORT: 'eighty', VIGIE_TIME_ZONE: 'Drancy' };
    const { code, printed } = await serve();
    expect(code).toBe(1);
    expect(printed).toMatch(/VIGIE_PORT.*VIGIE_TIME_ZONE: not an IANA time zone/s);
  });
});
