import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelShelf } from '@vigie/server';

const program = fileURLToPath(new URL('../bin/vigie.js', import.meta.url));

/** Loading the largest weights and one look with them take seconds. */
const longestTrialMs = 120_000;

/** Runs weights once in a process of its own, which may die of them. `undefined`: they run. */
function tryOut(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { timeout: longestTrialMs, killSignal: 'SIGKILL' } as const;
    execFile(process.execPath, [program, 'models', 'verify', path], options, (error, out) => {
      if (!error) return resolve(undefined);
      const said = /^BAD\s+(.*)$/m.exec(out)?.[1];
      resolve(said ?? 'the trial ended without a result, or took too long');
    });
  });
}

/** The model folders of this machine, for a server that runs here. */
export async function openModelShelf(environment: NodeJS.ProcessEnv): Promise<ModelShelf> {
  const { createModelShelf, modelFolders, ownModelFolder } = await import('@vigie/vision/shelf');
  const own = ownModelFolder(environment);
  return createModelShelf({ folders: modelFolders(environment), own, tryOut });
}

/** An environment in which weights go into another data folder; those that this machine has are found all the same. */
export async function withDataFolder(
  dataDir: string,
  environment: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  const { modelFolders } = await import('@vigie/vision/shelf');
  const folders = modelFolders(environment).join(delimiter);
  return { ...environment, VIGIE_DATA: dataDir, VIGIE_MODELS: folders };
}
