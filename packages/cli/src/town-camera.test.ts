import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seal } from '@vigie/contracts/seal';
import { findWorkersKey } from '@vigie/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { townCameraAddress } from './town-camera.ts';

const address = 'rtsp://hall:geheim99@10.0.0.7/sub';
let folder: string;
let server: Server;
let login: { url: string; user: string };

/** A town whose addresses are sealed by the secret of a folder, as its server exports it. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-camera-'));
  await writeFile(join(folder, 'secret.key'), 'of this server');
  const key = (await findWorkersKey(folder, undefined)) ?? new Uint8Array(32);
  const common = { name: 'Hall', roomId: 'hall' };
  const cameras = [
    { ...common, id: 'hall-1', source: `sealed:${await seal(address, key)}` },
    { ...common, id: 'phone', source: `sealed:${await seal('browser:', key)}` },
  ];
  server = createServer(({ headers }, response) => {
    const isAllowed = headers.authorization === 'Bearer t0ken';
    response.writeHead(isAllowed ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ cameras }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  login = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, user: 'admin' };
  vi.stubEnv('VIGIE_TOKEN', 't0ken');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true });
});

const read = (id: string, environment: NodeJS.ProcessEnv = { VIGIE_DATA: folder }) =>
  townCameraAddress(id, login, environment);

it('a camera of the town is opened by its id, where the server runs or with its seal key', async () => {
  expect(await read('hall-1')).toBe(address);
  const key = await findWorkersKey(folder, undefined);
  const sealKey = Buffer.from(key ?? []).toString('base64');
  expect(await read('hall-1', { VIGIE_SEAL_KEY: sealKey })).toBe(address);
});

it.each([
  ['an unknown camera', 'nobody', () => ({ VIGIE_DATA: folder }), /no camera nobody/],
  ['a telephone', 'phone', () => ({ VIGIE_DATA: folder }), /telephone/],
  [
    'the secret of another server',
    'hall-1',
    () => ({ VIGIE_SECRET: 'another'.padEnd(32, '-') }),
    /another server/,
  ],
  ['what is no key', 'hall-1', () => ({ VIGIE_SEAL_KEY: 'short' }), /VIGIE_SEAL_KEY/],
] as const)('%s is refused with the remedy', async (_what, id, environment, words) => {
  await expect(read(id, environment())).rejects.toThrow(words);
});

it('without a secret nothing is asked, and none is drawn', async () => {
  const empty = join(folder, 'empty');
  await expect(read('hall-1', { VIGIE_DATA: empty })).rejects.toThrow(/run this where the server/);
  expect(await readdir(folder)).toEqual(['secret.key']);
});
