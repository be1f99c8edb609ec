import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const bundler = fileURLToPath(new URL('./bundle.ts', import.meta.url));
const repository = join(root, '..', '..');

/** What the built pages depend on. Tests do not count. */
const inputs = [
  join(root, 'src'),
  join(root, 'public'),
  join(root, 'index.html'),
  join(root, 'build.ts'),
  bundler,
  join(root, 'package.json'),
  join(repository, 'packages', 'contracts', 'src'),
  join(repository, 'packages', 'palette', 'src'),
  join(repository, 'package-lock.json'),
];

let running: Promise<string> | undefined;

/**
 * The folder of the built pages, an absolute path. Builds only when it is missing or older than its sources;
 * processes that build at the same moment do not disturb each other.
 * @throws Error when the sources do not build; an older `dist` is then left as it was.
 */
export function ensureBuilt(log?: (line: string) => void): Promise<string> {
  running ??= build(log ?? (() => {})).finally(() => {
    running = undefined;
  });
  return running;
}

async function build(log: (line: string) => void): Promise<string> {
  const wanted = await hashOf(inputs);
  if ((await builtHash()) === wanted) return dist;
  log('The web pages are built (once, some seconds).');
  const began = performance.now();
  const fresh = join(root, `.dist-${randomUUID()}`);
  try {
    await bundleInto(fresh);
    await writeFile(join(fresh, '.build-hash'), wanted);
    await putInPlace(fresh, wanted);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  log(`The web pages are built, ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return dist;
}

const builtHash = (): Promise<string | undefined> =>
  readFile(join(dist, '.build-hash'), 'utf8').catch(() => undefined);

/** @throws Error with what the bundler said. */
async function bundleInto(outDir: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: 'production' };
  try {
    await promisify(execFile)(process.execPath, [bundler, outDir], { env });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim() || String(error);
    throw new Error(`The web pages do not build: ${said}`, { cause: error });
  }
}

/** A folder cannot replace a full one in one step; whoever loses the race accepts the winner's equal pages. */
async function putInPlace(fresh: string, wanted: string): Promise<void> {
  const old = join(root, `.dist-${randomUUID()}`);
  for (let attempt = 1; ; attempt++) {
    await rename(dist, old).catch(ignore('ENOENT'));
    try {
      await rename(fresh, dist);
      break;
    } catch (error) {
      if ((await builtHash()) === wanted) break;
      if (attempt === 5)
        throw new Error(`The built pages cannot be put at ${dist}.`, { cause: error });
    } finally {
      await rm(old, { recursive: true, force: true });
    }
  }
}

const ignore = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
};

/** sha256 over names and contents, in the order of the names. */
async function hashOf(paths: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesUnder(path)) {
      hash
        .update(relative(repository, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return undefined;
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
