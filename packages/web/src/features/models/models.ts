import type { InstalledModel, ModelWorker } from '@vigie/contracts/models';
import type { WorkerModel } from '@vigie/contracts/vision';

/** A hash in groups of eight, so that two can be compared by eye. */
export const groupedHash = (sha256: string): string => sha256.replace(/(.{8})(?=.)/g, '$1 ');

/** `true` when the text is this hash, however it was copied; `undefined`: nothing is written. */
export function isSameHash(text: string, sha256: string): boolean | undefined {
  const given = text.replace(/^sha256:|\s/gi, '').toLowerCase();
  return given === '' ? undefined : given === sha256;
}

/** The workers that have this very file, and how they use it; under its own name where they have it by several. */
export const holdersOf = (
  { name, sha256 }: Pick<InstalledModel, 'name' | 'sha256'>,
  workers: readonly ModelWorker[],
): { worker: string; model: WorkerModel }[] =>
  workers.flatMap(({ id, models }) => {
    const same = models.filter((model) => model.sha256 === sha256);
    const model = same.find((one) => one.name === name) ?? same[0];
    return model ? [{ worker: id, model }] : [];
  });

/** Files of the server that a worker lacks, and files of its own that the server does not have, by name. */
export function differencesOf(
  { models }: ModelWorker,
  installed: readonly InstalledModel[],
): { lacks: string[]; alone: string[] } {
  const there = new Set(models.map(({ sha256 }) => sha256));
  const here = new Set(installed.map(({ sha256 }) => sha256));
  return {
    lacks: installed.filter(({ sha256 }) => !there.has(sha256)).map(({ name }) => name),
    alone: models.filter(({ sha256 }) => !here.has(sha256)).map(({ name }) => name),
  };
}

/** A file's name as the server takes it: what it refuses becomes `-`. */
export const nameFor = (fileName: string): string =>
  `${fileName
    .replace(/\.onnx$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80)}.onnx`;
