import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MODEL_BYTES } from '@vigie/contracts/models';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findWeights } from '../testing/weights.ts';
import { createModelShelf } from './shelf.driver.ts';

const weights = await findWeights();
const small = weights.models.reduce<(typeof weights.models)[number] | undefined>(
  (least, model) => (least && least.bytes <= model.bytes ? least : model),
  undefined,
);
const missing = weights.missing;

let own: string;
let fault: string | undefined;
let triedOut: string[];
let shelf: ReturnType<typeof createModelShelf>;
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'vigie-shelf-'));
  fault = undefined;
  triedOut = [];
  const tryOut = async (path: string) => {
    triedOut.push(path);
    return fault;
  };
  shelf = createModelShelf({ folders: [own], own, tryOut });
});
afterEach(() => rm(own, { recursive: true }));

const models = async () => (await readdir(own)).filter((name) => name.endsWith('.onnx'));
const uploads = () => readdir(join(own, 'uploads')).catch(() => []);
const bring = (pieces: Iterable<Uint8Array>, name = 'mine.onnx', bytes?: number) =>
  shelf.receive({ name, bytes, source: Readable.from(pieces) });

/** A stream that breaks off after its first piece. */
async function* broken(first: Uint8Array): AsyncGenerator<Uint8Array> {
  yield first;
  throw new Error('the connection is gone');
}

function* inPieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe.skipIf(missing)(`weights from a browser${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let file: Buffer;
  beforeEach(async () => {
    file = await readFile(small?.path ?? '');
  });

  it('wait beside the folder, not run, until they are installed; then they are there', async () => {
    const received = await bring(inPieces(file));
    if (received.is !== 'waiting') throw new Error(received.text);
    expect(received.facts).toMatchObject({ name: 'mine.onnx', bytes: file.length });
    expect({ models: await models(), triedOut }).toEqual({ models: [], triedOut: [] });
    expect(await shelf.install(received.id)).toMatchObject({ is: 'installed' });
    expect(triedOut).toHaveLength(1);
    expect(await readFile(join(own, 'mine.onnx'))).toEqual(file);
    expect(await uploads()).toEqual([]);
    const { installed } = await shelf.list();
    expect(installed).toMatchObject([{ sha256: received.facts.sha256, isOwn: true }]);
    expect(await shelf.install(received.id)).toBeUndefined();
  });

  it('are known by their hash, whatever they are called', async () => {
    const received = await bring([file]);
    expect(received).toMatchObject({
      facts: { standing: 'renamed', licence: expect.stringContaining('AGPL') },
    });
  });

  it.each([
    { name: 'a page', pieces: () => [Buffer.from('<html>not found</html>')], why: 'not-onnx' },
    { name: 'nothing', pieces: () => [], why: 'not-onnx' },
    { name: 'half a model', pieces: () => [file.subarray(0, file.length / 2)], why: 'not-onnx' },
    { name: 'a stream that breaks', pieces: () => broken(file.subarray(0, 1000)), why: 'cut-off' },
  ])('change nothing when they are $name', async ({ pieces, why }) => {
    const source = Readable.from(pieces());
    const received = await shelf.receive({ name: 'mine.onnx', bytes: undefined, source });
    expect(received).toMatchObject({ is: 'refused', why });
    expect({ models: await models(), uploads: await uploads() }).toEqual({
      models: [],
      uploads: [],
    });
    expect(triedOut).toEqual([]);
  });

  it('are refused unread when they say that they are too large', async () => {
    expect(await bring([file], 'mine.onnx', MODEL_BYTES + 1)).toMatchObject({ why: 'too-large' });
  });

  it('take the place of no other file, neither when they come nor when they are installed', async () => {
    const first = await bring([file]);
    const second = await bring([file]);
    if (first.is !== 'waiting' || second.is !== 'waiting') throw new Error('neither came');
    await shelf.install(first.id);
    expect(await shelf.install(second.id)).toMatchObject({ why: 'name-taken' });
    expect(await bring([file])).toMatchObject({ why: 'name-taken' });
  });

  it('are not installed when they do not run here', async () => {
    const received = await bring([file]);
    if (received.is !== 'waiting') throw new Error(received.text);
    fault = 'an operator is missing';
    expect(await shelf.install(received.id)).toMatchObject({
      why: 'does-not-run',
      text: expect.stringContaining('an operator is missing'),
    });
    expect({ models: await models(), uploads: await uploads() }).toEqual({
      models: [],
      uploads: [],
    });
  });

  it('come one after the other', async () => {
    const [first, second] = await Promise.all([bring([file], 'a.onnx'), bring([file], 'b.onnx')]);
    expect([first.is, second]).toMatchObject(['waiting', { why: 'busy' }]);
  });

  it('are forgotten, the oldest first, when many wait, and all of them at a start', async () => {
    const ids: string[] = [];
    for (const name of ['a.onnx', 'b.onnx', 'c.onnx', 'd.onnx']) {
      const received = await bring([file], name);
      if (received.is === 'waiting') ids.push(received.id);
    }
    expect(await uploads()).toHaveLength(3);
    expect(await shelf.discard(ids[0] ?? '')).toBe(false);
    expect(await shelf.discard(ids[1] ?? '')).toBe(true);
    await shelf.clear();
    expect(await uploads()).toEqual([]);
  });

  it('are removed from the own folder only', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'vigie-shelf-'));
    await writeFile(join(elsewhere, 'theirs.onnx'), file);
    await writeFile(join(own, 'ours.onnx'), file);
    const both = createModelShelf({
      folders: [own, elsewhere],
      own,
      tryOut: async () => undefined,
    });
    expect(await both.remove('theirs.onnx')).toBeUndefined();
    expect(await both.remove('../ours.onnx')).toBeUndefined();
    expect(await both.remove('ours.onnx')).toMatchObject({ name: 'ours.onnx' });
    expect((await both.list()).installed.map(({ name }) => name)).toEqual(['theirs.onnx']);
    await rm(elsewhere, { recursive: true });
  });
});
