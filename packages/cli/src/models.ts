import { Command } from 'commander';
import { tableFrom } from './evaluate.ts';
import { quantizeCommand } from './models-quantize.ts';
import { createBar } from './progress.ts';

/** `vigie models`: the weights of the detector. */
export const modelsCommand = (): Command =>
  new Command('models')
    .description('The weights of the detector: list, check, fetch, make faster')
    .addCommand(
      new Command('list')
        .description('Shows the weights in the model folders')
        .option('--json', 'one JSON array, and nothing else, on the output')
        .action(list),
    )
    .addCommand(
      new Command('verify')
        .description(
          'Checks weights: are they files we know, and do they run? Exit code 1 if one does not',
        )
        .argument('[models...]', 'paths, or names in the model folders; without, all of them')
        .action(verify),
    )
    .addCommand(
      new Command('pull')
        .description('Fetches weights into data/models; the hash must be the expected one')
        .argument('<model>', 'name of a known model, or an https address')
        .option('--sha256 <hash>', 'hash of the file; needed with an address')
        .option('--out <file>', 'where it goes')
        .action(pull),
    )
    .addCommand(quantizeCommand());

type Records = Awaited<ReturnType<typeof import('@vigie/vision/models').listModelFiles>>['models'];
type ModelRecord = Records[number];

const inputOf = ({ input }: ModelRecord): string =>
  input ? `${input.height}x${input.width}` : 'any';

function standingText({ standing }: ModelRecord): string {
  if (standing.is === 'known') return `known, ${standing.model.licence}`;
  if (standing.is === 'renamed')
    return `known as ${standing.model.name}, ${standing.model.licence}`;
  return standing.is === 'other' ? 'unknown: not the file we know by this name' : 'unknown';
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function list({ json }: { json?: boolean }): Promise<void> {
  const { listModelFiles } = await import('@vigie/vision/models');
  const { modelFolders, modelRemedy } = await import('@vigie/vision');
  const { models, unusable } = await listModelFiles();
  if (json)
    console.log(
      JSON.stringify(models.map(({ standing, ...model }) => ({ ...model, standing: standing.is }))),
    );
  else if (models.length > 0) {
    const head = ['model', 'size', 'input', 'weights', 'head', 'sha256', ''];
    console.log(tableFrom([head, ...models.map(rowOf)]));
  }
  for (const message of unusable) console.error(`vigie: ${message}`);
  if (models.length === 0) throw new Error(modelRemedy(modelFolders()));
}

function rowOf(model: ModelRecord): string[] {
  const weights = model.quantised ? 'int8' : 'float';
  const own = [model.name, megabytes(model.bytes), inputOf(model), weights, model.head ?? '?'];
  return [...own, model.sha256.slice(0, 12), standingText(model)];
}

async function verify(names: string[]): Promise<void> {
  const { verifyModels } = await import('@vigie/vision/models');
  const { models, unusable } = await verifyModels(names);
  for (const { model, fault } of models) {
    const state = fault === undefined ? 'ok ' : 'BAD';
    console.log(`${state}  ${model.name}: ${fault ?? standingText(model)}\n     ${model.sha256}`);
  }
  for (const message of unusable) console.log(`BAD  ${message}`);
  const isBad = unusable.length > 0 || models.some(({ fault }) => fault !== undefined);
  if (isBad || models.length === 0) process.exitCode = 1;
  if (models.length === 0 && unusable.length === 0) console.error('vigie: there are no models');
}

async function pull(
  model: string,
  { sha256, out }: { sha256?: string; out?: string },
): Promise<void> {
  const { pullModel } = await import('@vigie/vision/models');
  const bar = createBar();
  try {
    const onProgress = (bytes: number, total: number | undefined): void =>
      bar.show(megabytes(bytes), total && bytes / total);
    const { path, isNew } = await pullModel({ model, sha256, out, onProgress });
    bar.clear();
    console.log(isNew ? `${path} is there, its hash is right` : `${path} was there already`);
  } finally {
    bar.clear();
  }
}
