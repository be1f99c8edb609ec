import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { download } from './download.driver.ts';

const WEIGHTS = Buffer.alloc(300_000, 'weights');
const RIGHT = createHash('sha256').update(WEIGHTS).digest('hex');

let server: Server;
let base: string;
let folder: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/gone.onnx') response.writeHead(404).end();
    else if (request.url === '/broken.onnx') {
      response.writeHead(200, { 'Content-Length': WEIGHTS.length });
      response.write(WEIGHTS.subarray(0, 1000), () => response.destroy());
    } else if (request.url === '/away.onnx') {
      response.writeHead(302, { Location: 'http://example.invalid/model.onnx' }).end();
    } else response.writeHead(200, { 'Content-Length': WEIGHTS.length }).end(WEIGHTS);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-download-'));
});
afterEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await new Promise((done) => server.close(done));
});

const pull = (
  url: string,
  sha256 = RIGHT,
  onProgress: Parameters<typeof download>[0]['onProgress'] = () => {},
) => download({ url, sha256, out: join(folder, 'models', 'm.onnx'), onProgress });
const kept = (): Promise<string[]> => readdir(join(folder, 'models')).catch(() => []);

describe('fetching a model', () => {
  it('brings the whole file, tells how far it is, and does not fetch it twice', async () => {
    const seen: [number, number | undefined][] = [];
    expect(await pull(`${base}/m.onnx`, RIGHT, (...at) => seen.push(at))).toBe(true);
    expect(await readFile(join(folder, 'models', 'm.onnx'))).toEqual(WEIGHTS);
    expect(seen.at(-1)).toEqual([WEIGHTS.length, WEIGHTS.length]);
    expect(await pull('https://example.invalid/m.onnx')).toBe(false);
    expect(await kept()).toEqual(['m.onnx']);
  });

  it.each([
    {
      name: 'another hash',
      path: 'm.onnx',
      sha256: '0'.repeat(64),
      said: /hash .* nothing was kept/,
    },
    { name: 'no such file', path: 'gone.onnx', sha256: RIGHT, said: /answers 404/ },
    { name: 'a connection that breaks', path: 'broken.onnx', sha256: RIGHT, said: /broke off/ },
    {
      name: 'a way that leads elsewhere',
      path: 'away.onnx',
      sha256: RIGHT,
      said: /cannot be reached|https/,
    },
  ])('keeps nothing of $name', async ({ path, sha256, said }) => {
    await expect(pull(`${base}/${path}`, sha256)).rejects.toThrow(said);
    expect(await kept()).toEqual([]);
  });

  it('says what to do without a network', async () => {
    await expect(pull('https://models.invalid/m.onnx')).rejects.toThrow(
      /models\.invalid cannot be reached .* on another machine/,
    );
  });

  it.each(['http://example.org/m.onnx', 'file:///etc/passwd', 'm.onnx'])(
    'opens no other address: %s',
    async (url) => {
      await expect(pull(url)).rejects.toThrow('https://');
    },
  );

  it('takes the place of no other file', async () => {
    await pull(`${base}/m.onnx`);
    await writeFile(join(folder, 'models', 'm.onnx'), 'mine');
    await expect(pull(`${base}/m.onnx`)).rejects.toThrow('with other contents');
    expect(await readFile(join(folder, 'models', 'm.onnx'), 'utf8')).toBe('mine');
  });
});
