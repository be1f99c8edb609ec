import { readFile } from 'node:fs/promises';
import type {
  ClipScore,
  CountedBy,
  Evaluation,
  Figures,
  ParkingEvaluation,
  ParkingScore,
  Profile,
} from '@vigie/vision';
import { Command, InvalidArgumentError } from 'commander';
import { plainThresholds, profileOption, shareOf } from './detect.ts';

interface Options {
  images?: string;
  videos?: string;
  parking?: string;
  json?: boolean;
  model?: string;
  profile: Profile;
  conf?: number;
  iou?: number;
  fps: number;
}

/** `vigie evaluate`: how good the counting is on annotated pictures and clips, and how well parking spaces are told apart. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Compares what is seen with annotated pictures or clips')
    .argument('[truth.json]', 'COCO annotations with the category "person", or the counts of clips')
    .option('--images <dir>', 'folder of the pictures')
    .option('--videos <dir>', 'folder of the clips')
    .option('--parking <dir>', 'folder of parking pictures, each with its PKLot .xml beside it')
    .option('--json', 'one JSON object on the output, and nothing else')
    .option('--model <file>', 'weights: a path, or a name in the model folders')
    .addOption(profileOption())
    .option('--conf <share>', 'count by one plain look with this threshold, 0 to 1', shareOf)
    .option('--iou <share>', 'count by one plain look with this overlap, 0 to 1', shareOf)
    .option('--fps <rate>', 'looks a second at a clip', rateOf, 5)
    .addHelpText(
      'after',
      '\nAP as COCO defines it, of one plain look, at most 100 finds a picture. Counts as vigie detect makes them. Subsets where the pictures carry "subset".\nClips: {"videos": {"NAME": {"count_intervals": [{"from", "to", "persons"}]}}}, seconds.',
    )
    .action(evaluate);
}

function rateOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 60)) {
    throw new InvalidArgumentError('Give looks a second, more than 0 and up to 60.');
  }
  return value;
}

async function evaluate(
  file: string | undefined,
  options: Options,
  command: Command,
): Promise<void> {
  const { images, videos, parking, json } = options;
  const given = [images, videos, parking].filter((folder) => folder !== undefined);
  if (given.length !== 1) {
    command.error('error: give one of --images, --videos and --parking', { exitCode: 2 });
  }
  if ((file === undefined) === (parking === undefined)) {
    command.error('error: --images and --videos need a truth.json, --parking takes none', {
      exitCode: 2,
    });
  }
  const text = await textOf(file, options);
  console.log(json ? text.json : text.table);
}

async function textOf(file: string | undefined, options: Options) {
  const { images, videos, parking } = options;
  if (parking !== undefined) return evaluateSpaces(parking, options);
  const truth = await truthOf(file as string);
  return videos === undefined
    ? evaluatePictures(truth, images as string, options)
    : evaluateClips(truth, videos, options);
}

async function evaluatePictures(truth: unknown, folder: string, options: Options) {
  const { DETECT_DEFAULTS, evaluateCoco, modelFolders } = await import('@vigie/vision');
  const by: CountedBy = plainThresholds(DETECT_DEFAULTS, options) ?? { profile: options.profile };
  const progress = createProgress(options, 'pictures');
  const evaluation = await evaluateCoco(truth, by, {
    folder,
    folders: modelFolders(),
    model: options.model,
    onProgress: progress.show,
  });
  progress.clear();
  return { json: JSON.stringify(evaluation), table: tableOf(evaluation) };
}

async function evaluateClips(truth: unknown, folder: string, options: Options) {
  const vision = await import('@vigie/vision');
  const progress = createProgress(options, 'clips');
  const { profile, fps, model } = options;
  const { all, clips } = await vision.evaluateClips(
    truth,
    { profile, fps },
    {
      folder,
      folders: vision.modelFolders(),
      model,
      onProgress: progress.show,
    },
  );
  progress.clear();
  const head = ['', 'looks', 'right', 'in range', 'unknown', 'longest false zero'];
  const rows = Object.entries(clips).map(([name, score]) => clipRowOf(name, score));
  const table = `${tableFrom([head, clipRowOf('all', all), ...rows])}\ncounted by profile ${profile} at ${fps} looks a second`;
  return { json: JSON.stringify({ profile, fps, all, clips }), table };
}

async function evaluateSpaces(folder: string, options: Options) {
  const { evaluateParking, modelFolders } = await import('@vigie/vision');
  const progress = createProgress(options, 'pictures');
  const evaluation = await evaluateParking({
    folder,
    folders: modelFolders(),
    model: options.model,
    onProgress: progress.show,
  });
  progress.clear();
  return { json: JSON.stringify(evaluation), table: spacesTableOf(evaluation) };
}

function createProgress({ json }: Options, what: string) {
  const isShown = !json && process.stderr.isTTY;
  return {
    show(done: number, total: number): void {
      if (isShown) process.stderr.write(`\r\x1b[K${done} of ${total} ${what}`);
    },
    clear(): void {
      if (isShown) process.stderr.write('\r\x1b[K');
    },
  };
}

/** Reads a JSON file with the truth about pictures or clips. @throws Error that names it. */
export async function truthOf(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read; check the path`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON; give a COCO annotation file or the counts of clips`, {
      cause,
    });
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Columns of one width: the first from the left, the others from the right. */
export function tableFrom(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))),
  );
  return lines.map((cells) => cells.join('  ')).join('\n');
}

function tableOf(evaluation: Evaluation): string {
  const { profile, conf, iou, models, subsets } = evaluation;
  const precision = ['pictures', 'people', 'AP50', 'AP50:95'];
  const head = ['', ...precision, 'found', 'MAE', 'bias', 'false empty', 'in range', 'width', 'ms'];
  const rows = Object.entries(subsets).map(([name, figures]) => rowOf(name, figures));
  const how =
    profile === null ? `one plain look at conf ${conf}, IoU ${iou}` : `profile ${profile}`;
  const table = tableFrom([head, rowOf('all', evaluation), ...rows]);
  return `${table}\ncounted by ${how}; weights: ${models.join(', ')}`;
}

function rowOf(name: string, figures: Figures): string[] {
  const { pictures, people, ap50, ap5095, found, count, msPerPicture } = figures;
  const share = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
  const { mae, bias, falseEmptyRate, inRange, rangeWidth } = count;
  const empty = falseEmptyRate === null ? '-' : percent(falseEmptyRate);
  const precision = [String(pictures), String(people), share(ap50), share(ap5095)];
  const errors = [share(found), mae.toFixed(2), bias.toFixed(2), empty];
  const range = [percent(inRange), rangeWidth.toFixed(1), msPerPicture.toFixed(0)];
  return [name, ...precision, ...errors, ...range];
}

function spacesTableOf({ all, pictures, msPerPicture }: ParkingEvaluation): string {
  const wrong = ['free called occupied', 'occupied called free', 'unknown'];
  const head = ['', 'spaces', 'occupied', 'right', ...wrong];
  const rows = Object.entries(pictures).map(([name, score]) => spacesRowOf(name, score));
  const table = tableFrom([head, spacesRowOf('all', all), ...rows]);
  const whole = Math.round(all.picturesRight * all.pictures);
  return `${table}\n${whole} of ${all.pictures} pictures with every space right; ${msPerPicture.toFixed(0)} ms a picture`;
}

const spacesRowOf = (name: string, score: ParkingScore): string[] => [
  name,
  String(score.spaces),
  String(score.occupied),
  percent(score.right),
  String(score.freeCalledOccupied),
  String(score.occupiedCalledFree),
  String(score.unknown),
];

const clipRowOf = (
  name: string,
  { looks, right, inRange, unknown, longestFalseZero }: ClipScore,
): string[] => [
  name,
  String(looks),
  percent(right),
  percent(inRange),
  String(unknown),
  `${longestFalseZero.toFixed(1)} s`,
];
