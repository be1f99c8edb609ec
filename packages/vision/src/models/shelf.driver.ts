import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type InstalledModel, MODEL_BYTES, type ModelFacts } from '@vigie/contracts/models';
import type { InspectedModel } from '../detector/choose-model.ts';
import { inspectModel, ModelUnusable, modelsMark } from '../detector/models.driver.ts';

export { modelFolders, ownModelFolder } from '../detector/models.driver.ts';

import { createSilenceWatch, TooLarge, writeHashed } from './hashed-file.driver.ts';
import { standingOf } from './known-models.ts';
import { listRecords } from './model-records.driver.ts';

/** So much of the disk stays free: the database lives there, too. */
const RESERVE_BYTES = 2 ** 30;
/** So many may wait for trust; the oldest goes. */
const MOST_WAITING = 3;

/** Why weights are not taken, or not installed. */
type Refusal =
  | 'busy'
  | 'name-taken'
  | 'too-large'
  | 'disk-full'
  | 'cut-off'
  | 'not-onnx'
  | 'not-whole'
  | 'head-unknown'
  | 'does-not-run';

/** `text` names the thing and the remedy. */
interface Refused {
  readonly is: 'refused';
  readonly why: Refusal;
  readonly text: string;
}

/** A file on its way in. `bytes`: what the sender announces; `undefined`: nothing. */
interface Arrival {
  readonly name: string;
  readonly bytes: number | undefined;
  readonly source: AsyncIterable<Uint8Array> & { destroy(error: Error): unknown };
}

interface ShelfDeps {
  /** model folders, in the order in which weights are looked for */
  readonly folders: readonly string[];
  /** the one of them that is written to */
  readonly own: string;
  /** Runs weights once, away from this process. Gives why they do not run; `undefined`: they do. */
  readonly tryOut: (path: string) => Promise<string | undefined>;
}

type Shelf = Awaited<ReturnType<typeof listRecords>>;

const refused = (why: Refusal, text: string): Refused => ({ is: 'refused', why, text });

function factsOf(file: InspectedModel, name: string): ModelFacts {
  const { bytes, head = null, input, quantised, sha256 } = file;
  const standing = standingOf(name, sha256);
  const licence = 'model' in standing ? standing.model.licence : null;
  return {
    name,
    bytes,
    head,
    input,
    sha256,
    isQuantised: quantised,
    standing: standing.is,
    licence,
  };
}

/**
 * The model folders as an administrator fills them from afar. A file is received beside them, looked at without being run,
 * and takes its place only when `install` is called: whole, tried out, and never over another file.
 */
export function createModelShelf({ folders, own, tryOut }: ShelfDeps) {
  const yard = join(own, 'uploads');
  /** by id */
  const waiting = new Map<string, { path: string; facts: ModelFacts }>();
  let isBusy = false;
  let known: { mark: string; shelf: Shelf } | undefined;

  /** Files are read again only when one of them has changed. */
  async function look(): Promise<Shelf> {
    const mark = await modelsMark(folders);
    if (known?.mark !== mark) known = { mark, shelf: await listRecords(folders) };
    return known.shelf;
  }

  const installed = (file: InspectedModel): InstalledModel => ({
    ...factsOf(file, file.name),
    isOwn: dirname(file.path) === resolve(own),
  });

  /** One after the other: two that come at once may have the same name, and the disk has one end. */
  async function alone<Result>(work: () => Promise<Result | Refused>): Promise<Result | Refused> {
    if (isBusy)
      return refused(
        'busy',
        'Another model is being received or installed. Try again in a moment.',
      );
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  }

  async function nameObstacle(name: string): Promise<Refused | undefined> {
    const taken = (await look()).models.find((model) => model.name === name);
    return (
      taken &&
      refused(
        'name-taken',
        `There is already a model ${name} (${taken.sha256}). Remove it first, or give the file another name.`,
      )
    );
  }

  async function receive({ name, bytes = MODEL_BYTES, source }: Arrival) {
    if (bytes > MODEL_BYTES) return tooLarge(name);
    const obstacle = (await nameObstacle(name)) ?? (await roomObstacle(yard, bytes));
    if (obstacle) return obstacle;
    const id = randomUUID();
    const path = join(yard, `${id}.onnx`);
    const facts = await receiveFile(path, name, source);
    if ('why' in facts) {
      await rm(path, { force: true });
      return facts;
    }
    waiting.set(id, { path, facts });
    for (const oldest of [...waiting.keys()].slice(0, -MOST_WAITING)) await discard(oldest);
    return { is: 'waiting' as const, id, facts };
  }

  async function discard(id: string): Promise<boolean> {
    const entry = waiting.get(id);
    waiting.delete(id);
    if (entry) await rm(entry.path, { force: true });
    return entry !== undefined;
  }

  async function install(id: string, { path, facts }: { path: string; facts: ModelFacts }) {
    const obstacle = await nameObstacle(facts.name);
    if (obstacle) return obstacle;
    const fault = await tryOut(path);
    if (fault !== undefined) {
      await discard(id);
      return refused('does-not-run', `${facts.name} does not run here: ${fault}`);
    }
    await rename(path, join(own, facts.name));
    waiting.delete(id);
    return { is: 'installed' as const, model: { ...facts, isOwn: true } };
  }

  return {
    /** Throws away what waited when the server stopped: nobody has trusted it. */
    clear: (): Promise<void> => rm(yard, { recursive: true, force: true }),
    list: async () => {
      const { models, unusable } = await look();
      const here = [...waiting].map(([id, { facts }]) => ({ id, facts }));
      return { installed: models.map(installed), unusable, waiting: here };
    },
    receive: (arrival: Arrival) => alone(() => receive(arrival)),
    /** `undefined`: nothing waits by this id. */
    install: async (id: string) => {
      const entry = waiting.get(id);
      return entry && alone(() => install(id, entry));
    },
    /** `false`: nothing waits by this id. */
    discard,
    /** Takes weights out of the own folder. `undefined`: there are none of this name. */
    remove: async (name: string): Promise<InstalledModel | undefined> => {
      const found = (await look()).models.find((model) => model.name === name);
      const model = found && installed(found);
      if (!found || !model?.isOwn) return undefined;
      await rm(found.path);
      return model;
    },
  };
}

const tooLarge = (name: string): Refused =>
  refused(
    'too-large',
    `${name} is larger than ${MODEL_BYTES / 1_048_576} MiB. Use a smaller model, or put the file into a model folder by hand.`,
  );

async function roomObstacle(folder: string, bytes: number): Promise<Refused | undefined> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes >= RESERVE_BYTES) return undefined;
  return refused(
    'disk-full',
    `The disk of ${folder} has no room for it. Make room, then try again.`,
  );
}

/** Receives a file and looks at it. It was not run. */
async function receiveFile(
  path: string,
  name: string,
  source: Arrival['source'],
): Promise<ModelFacts | Refused> {
  const watch = createSilenceWatch();
  watch.signal.addEventListener('abort', () => source.destroy(watch.signal.reason as Error));
  try {
    await writeHashed(source, { path, mostBytes: MODEL_BYTES, onBytes: () => watch.heard() });
    return judged(await inspectModel(path), name);
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(name);
    if (error instanceof ModelUnusable)
      return refused(
        'not-onnx',
        `${name} is damaged, or no ONNX file of a detector. Export it again as YOLOv8, YOLO11 or YOLOX.`,
      );
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      return refused('disk-full', 'The disk is full. Make room, then try again.');
    return refused('cut-off', `${name} did not come whole. Try again.`);
  } finally {
    watch.stop();
  }
}

function judged(file: InspectedModel, name: string): ModelFacts | Refused {
  if (!file.isWhole)
    return refused('not-whole', `${name} keeps parts in other files. Export it into one file.`);
  if (file.head) return factsOf(file, name);
  return refused(
    'head-unknown',
    `${name} has none of the outputs that are read: [1, 4+classes, n], [1, n, 6], [1, cells, 5+classes]. Export YOLOv8, YOLO11 or YOLOX for detection, with a fixed input size.`,
  );
}
