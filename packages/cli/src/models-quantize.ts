import type { PictureSource, Quantised, QuantiseOptions } from '@vigie/vision/models';
import { Command, InvalidArgumentError } from 'commander';
import { tableFrom, truthOf } from './evaluate.ts';
import { addLogin, type Login } from './login.ts';
import { createBar } from './progress.ts';
import { allowedIn, townCameraAddress } from './town-camera.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Options extends Login {
  pictures?: string;
  truth?: string;
  camera?: string;
  every: number;
  size?: Size;
  float?: boolean;
  out?: string;
  limit: number;
  json?: boolean;
}

/** `vigie models quantize`: weights in 8 bits, about twice as fast; or the same weights for another input size. */
export function quantizeCommand(): Command {
  return addLogin(new Command('quantize'))
    .description('Makes weights faster: 8 bits instead of 32, measured against the original')
    .argument(
      '<model>',
      'float weights of a YOLOv8 or YOLO11 detector: a path, or a name in the model folders',
    )
    .option('--pictures <dir>', 'pictures such as the cameras take; 48 of them set the ranges')
    .option('--truth <file>', 'COCO annotations of these pictures: compares the precision as well')
    .option(
      '--camera <id>',
      'the pictures come from this camera of the town, or one by its address: rtsp://, http://; nothing is kept',
    )
    .option('--every <seconds>', 'with --camera: time between two pictures', secondsOf, 1)
    .option('--size <HxW>', 'for pictures of this size, such as 384x640 for 16:9', sizeOf)
    .option('--float', 'with --size: leaves the weights as they are')
    .option('--out <file>', 'where the new weights go (default: data/models)')
    .option('--limit <points>', 'points of AP50 that any subset may lose', pointsOf, 1)
    .option('--json', 'one JSON object with all figures, and nothing else, on the output')
    .addHelpText(
      'after',
      '\nWithout --truth both must agree on 95 % of the people found. What lost more is not installed: exit code 1.\nA camera of the town is read where the server runs, or with its VIGIE_SEAL_KEY. An address that is typed here, with its password, can be read by other users of the machine while this runs.',
    )
    .action(quantize);
}

function sizeOf(text: string): Size {
  const [, height, width] = /^(\d{2,4})[x×](\d{2,4})$/.exec(text) ?? [];
  if (height === undefined || width === undefined) {
    throw new InvalidArgumentError('Give height x width in pixels, such as 384x640.');
  }
  return { width: Number(width), height: Number(height) };
}

function pointsOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError('Give points from 0 to 100.');
  }
  return value;
}

function secondsOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 3600)) {
    throw new InvalidArgumentError('Give seconds from 0 to 3600.');
  }
  return value;
}

/** What is wrong with the options together; `undefined`: nothing. */
function misuseOf({ pictures, camera, truth, float, size }: Options): string | undefined {
  if (float) return size ? undefined : '--float needs --size';
  if ((pictures === undefined) === (camera === undefined))
    return 'give either --pictures or --camera';
  return truth !== undefined && pictures === undefined ? '--truth needs --pictures' : undefined;
}

async function quantize(model: string, options: Options, command: Command): Promise<void> {
  const misuse = misuseOf(options);
  if (misuse) command.error(`error: ${misuse}`, { exitCode: 2 });
  const { size, out, float } = options;
  if (float && size) {
    const { resizeModel } = await import('@vigie/vision/models');
    console.log(`installed ${await resizeModel({ model, size, out })}`);
    return;
  }
  const result = await measured({ model, size, out, limit: options.limit }, options);
  console.log(options.json ? JSON.stringify(result) : await textOf(result));
  if (result.objections.length > 0) process.exitCode = 1;
}

async function sourceOf(options: Options): Promise<PictureSource> {
  const { pictures, truth, camera, every } = options;
  if (camera !== undefined) {
    const isAddress = camera.includes('://');
    return {
      camera: isAddress ? camera : await townCameraAddress(camera, options),
      intervalMs: every * 1000,
      allowed: allowedIn(process.env.VIGIE_CAMERA_ALLOW),
    };
  }
  const folder = pictures as string;
  return { folder, truth: truth === undefined ? undefined : await truthOf(truth) };
}

async function measured(
  what: Pick<QuantiseOptions, 'model' | 'size' | 'out' | 'limit'>,
  options: Options,
): Promise<Quantised & { out: string }> {
  const { quantiseModel } = await import('@vigie/vision/models');
  const bar = createBar(!options.json);
  const onProgress: QuantiseOptions['onProgress'] = (step, done, total) =>
    bar.show(`${step}: ${done} of ${total} pictures`, done / total);
  try {
    return await quantiseModel({ ...what, source: await sourceOf(options), onProgress });
  } finally {
    bar.clear();
  }
}

type Result = Awaited<ReturnType<typeof measured>>;

async function textOf({ comparison, objections, out }: Result): Promise<string> {
  const { agreedShare, lostPoints } = await import('@vigie/vision/models');
  const { ms, agreement, subsets, pictures } = comparison;
  const share = agreedShare(agreement);
  const points = (value: number | undefined): string =>
    value === undefined ? '-' : (value * 100).toFixed(1);
  const rows = subsets
    .filter(({ ap50 }) => ap50.float !== undefined)
    .map(({ name, pictures: count, ap50 }) => {
      const lost = lostPoints(ap50)?.toFixed(1) ?? '-';
      return [name || 'all', String(count), points(ap50.float), points(ap50.small), lost];
    });
  const table = tableFrom([['AP50', 'pictures', 'float', 'int8', 'lost'], ...rows]);
  const agreed =
    share === undefined
      ? 'no human found'
      : `agree on ${(share * 100).toFixed(1)} % of ${agreement.finds} finds`;
  return [
    `float ${ms.float.toFixed(1)} ms, int8 ${ms.small.toFixed(1)} ms: ${(ms.float / ms.small).toFixed(2)} times as fast on one core`,
    `${pictures} pictures; both ${agreed}`,
    ...(rows.length > 0 ? [table] : []),
    objections.length === 0 ? `installed ${out}` : `NOT installed: ${objections.join('; ')}`,
  ].join('\n');
}
