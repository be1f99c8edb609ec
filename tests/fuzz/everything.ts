import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run-tool.ts';
import { decoderTargets } from './decoders.ts';
import type { Kept } from './engine.ts';
import { peerTargets } from './peers.ts';
import { routeTargets } from './routes.ts';
import type { Target } from './target.ts';
import { networkTargets, topicTargets } from './topics.ts';
import { startTownUnderFire, type TownUnderFire } from './town.ts';
import { wireTargets } from './wires.ts';
import { discoveryTarget, workerTargets } from './worker.ts';

/** All that takes input from outside, and the server it belongs to. */
export interface Everything {
  town: TownUnderFire;
  targets: readonly Target[];
  stop(): Promise<void>;
}

/** Starts a town and all that is shot at. */
export async function openEverything(): Promise<Everything> {
  const town = await startTownUnderFire();
  const decoders = await decoderTargets();
  const peers = await peerTargets();
  const discovery = await discoveryTarget();
  const worker = await workerTargets();
  return {
    town,
    targets: [
      ...decoders.targets,
      ...peers.targets,
      discovery.target,
      ...worker.targets,
      ...routeTargets(town, 0.25),
      ...(await topicTargets(town, 1)),
      ...(await networkTargets(town, 1)),
      ...wireTargets(town, 1),
    ],
    stop: async () => {
      await worker.stop();
      discovery.stop();
      await peers.stop();
      decoders.stop();
      await town.stop();
    },
  };
}

const folder = join(root, 'tests/fuzz/corpus');

/** Inputs that once broke something; each has its turn before all others. */
export const readCorpus = (): Kept[] =>
  readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Kept[],
  );

/** Collects what nobody caught. Gives what came since the last time. */
export function watchStrayErrors(): { take: () => string[]; stop: () => void } {
  const stray: string[] = [];
  const note = (error: unknown) =>
    void stray.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  return {
    take: () => stray.splice(0),
    stop: () => {
      process.off('unhandledRejection', note);
      process.off('uncaughtException', note);
    },
  };
}
