import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';
import { hasWeights, why } from './testing/weights.ts';

const WEIGHTS = Buffer.from('weights');
const HASH = createHash('sha256').update(WEIGHTS).digest('hex');

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-models-cli-'));
  server = createServer((_request, response) => response.end(WEIGHTS)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mine.onnx`;
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await new Promise((done) => server.close(done));
});

const vigie = (...args: string[]) => runCommand(['models', ...args]);

describe.skipIf(!hasWeights)(`vigie models${why}`, () => {
  it('lists the weights with input, kind and hash', { timeout: 60_000 }, async () => {
    const { code, out } = await vigie('list');
    expect(code).toBe(0);
    const [head, first] = out.split('\n');
    expect(head).toMatch(/^model +size +input +weights +head +sha256/);
    expect(first).toMatch(/\.onnx +\d+\.\d MB +(any|\d+x\d+) +(int8|float) +[\w?-]+ +[0-9a-f]{12}/);
  });

  it('lists them for programs', { timeout: 60_000 }, async () => {
    const [first] = JSON.parse((await vigie('list', '--json')).out);
    expect(first).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

describe('vigie models pull', () => {
  it('fetches what has the expected hash', { timeout: 60_000 }, async () => {
    const path = join(folder, 'mine.onnx');
    const { code, out } = await vigie('pull', url, '--sha256', HASH, '--out', path);
    expect({ code, out }).toEqual({ code: 0, out: `${path} is there, its hash is right\n` });
    expect(await readFile(path)).toEqual(WEIGHTS);
    expect((await vigie('verify', path)).err).toContain(`${path} is damaged or no ONNX file`);
  });

  it.each([
    { name: 'an unknown name', args: ['best.onnx'], said: /best\.onnx is neither .* yolox_nano/ },
    { name: 'a model that is nowhere', args: ['yolov8n'], said: /no lasting address .* --sha256/ },
    { name: 'an address without a hash', args: ['https://example.org/m.onnx'], said: /--sha256/ },
  ])('says what it needs: $name', { timeout: 60_000 }, async ({ args, said }) => {
    const { code, err } = await vigie('pull', ...args);
    expect(code).toBe(1);
    expect(err).toMatch(said);
  });
});

describe('wrong usage of vigie models quantize ends with code 2', () => {
  it.each([
    { name: 'no pictures', args: ['m.onnx'] },
    {
      name: 'two sources of pictures',
      args: ['m.onnx', '--pictures', '.', '--camera', 'rtsp://c/'],
    },
    {
      name: 'the truth of a camera',
      args: ['m.onnx', '--camera', 'rtsp://c/', '--truth', 't.json'],
    },
    { name: 'no size to keep the weights for', args: ['m.onnx', '--float'] },
    { name: 'a size without a height', args: ['m.onnx', '--pictures', '.', '--size', '640'] },
    { name: 'a limit below nothing', args: ['m.onnx', '--pictures', '.', '--limit', '-1'] },
  ])('$name', { timeout: 60_000 }, async ({ args }) => {
    expect((await vigie('quantize', ...args)).code).toBe(2);
  });
});
