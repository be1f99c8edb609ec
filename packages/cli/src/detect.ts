import { mkdir, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { DetectLine } from '@vigie/contracts/vision';
import type {
  DetectedFrame,
  DetectOptions,
  FileDetector,
  Profile,
  Thresholds,
} from '@vigie/vision';
import { Command, InvalidArgumentError, Option } from 'commander';
import { createBar } from './progress.ts';

interface Options {
  json?: boolean;
  out?: string;
  model?: string;
  profile?: Profile;
  conf?: number;
  iou?: number;
  every?: number;
}

/** `vigie detect`: humans in pictures and videos. */
export function detectCommand(): Command {
  return new Command('detect')
    .description('Finds humans in pictures and videos')
    .argument('<files...>', 'pictures (JPEG, PNG, WebP, TIFF, GIF) or videos (MP4, MKV, AVI, MOV)')
    .option('--json', 'one line of JSON per picture or frame, and nothing else, on the output')
    .option(
      '--out <dir>',
      'annotated copies here: one JPEG per picture, and one per frame looked at',
    )
    .option(
      '--model <file>',
      'weights: a path, or a name in the model folders; default: by the shape of the picture',
    )
    .addOption(profileOption())
    .option('--conf <share>', 'one plain look: drop finds weaker than this, 0 to 1', shareOf)
    .option(
      '--iou <share>',
      'one plain look: two boxes that overlap by more are one human, 0 to 1',
      shareOf,
    )
    .option('--every <seconds>', 'videos: time between two looks (default: every frame)', secondsOf)
    .addHelpText(
      'after',
      '\nBoxes are [x, y, w, h] in pixels of the original, from its top left corner. In videos people are followed and keep their number.\nWithout --conf and --iou people are counted as at a camera, and "headcount" gives the figure with its range.',
    )
    .action(detect);
}

/** How much computing is worth it, as a camera's profile. */
export const profileOption = (): Option =>
  new Option('--profile <profile>', 'how thoroughly people are looked for')
    .choices(['quick', 'standard', 'crowded'])
    .default('standard');

/** A share from 0 to 1 as an option. */
export function shareOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('Give a number from 0 to 1.');
  }
  return value;
}

function secondsOf(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError('Give seconds, 0 or more.');
  }
  return value;
}

async function detect(files: string[], options: Options): Promise<void> {
  const vision = await import('@vigie/vision');
  const detector = await vision.openFileDetector({
    folders: vision.modelFolders(),
    model: options.model,
  });
  const settings = {
    profile: options.profile ?? 'standard',
    plain: plainThresholds(vision.DETECT_DEFAULTS, options),
    everySeconds: options.every ?? 0,
  };
  const write = options.out === undefined ? undefined : await createCopies(options.out);
  const progress = createBar(!options.json);
  try {
    for (const file of files) {
      await detectFile(file, { detector, settings, write, progress, json: options.json === true });
    }
  } finally {
    progress.clear();
    await detector.stop();
  }
}

/** Thresholds of a plain look where one was asked for; the other one is that of a count. */
export function plainThresholds(
  defaults: Thresholds,
  { conf, iou }: Partial<Thresholds>,
): Thresholds | undefined {
  if (conf === undefined && iou === undefined) return undefined;
  return { conf: conf ?? defaults.conf, iou: iou ?? defaults.iou };
}

interface Job {
  readonly detector: FileDetector;
  readonly settings: DetectOptions;
  readonly write: ((frame: DetectedFrame) => Promise<void>) | undefined;
  readonly progress: ReturnType<typeof createBar>;
  readonly json: boolean;
}

/** One file that cannot be read does not stop the others; the exit code tells. */
async function detectFile(file: string, job: Job): Promise<void> {
  const counts: number[] = [];
  let last: DetectLine | undefined;
  try {
    for await (const frame of job.detector.detect(file, job.settings)) {
      if (job.json) await print(JSON.stringify(frame.line));
      await job.write?.(frame);
      counts.push(frame.line.count);
      last = frame.line;
      if ((frame.share ?? 1) < 1) job.progress.show(basename(file), frame.share);
    }
    job.progress.clear();
    if (!job.json && last) await print(summaryOf(last, counts));
  } catch (error) {
    job.progress.clear();
    console.error(`vigie: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

/** Waits for a slow reader, so that a long video does not pile up in memory. */
const print = (line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
  });

const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);

function summaryOf(last: DetectLine, counts: readonly number[]): string {
  if (counts.length === 1) return `${last.source}: ${people(last.count)}`;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const least = counts.reduce((a, b) => Math.min(a, b), most);
  const range = least === most ? people(most) : `${least} to ${people(most)}`;
  return `${last.source}: ${range} in ${counts.length} frames, ${last.t.toFixed(1)} s`;
}

/** Writes annotated copies; equal names from different folders get a number. */
async function createCopies(folder: string): Promise<(frame: DetectedFrame) => Promise<void>> {
  const { drawingOf, encodeWithDrawing } = await import('@vigie/vision');
  await mkdir(folder, { recursive: true });
  /** name of the copies, by source */
  const names = new Map<string, string>();
  const nameFor = (source: string): string => {
    const known = names.get(source);
    if (known) return known;
    const plain = basename(source, extname(source));
    const taken = new Set(names.values());
    let name = plain;
    for (let i = 2; taken.has(name); i++) name = `${plain}-${i}`;
    names.set(source, name);
    return name;
  };
  return async ({ line, picture, share }) => {
    const isPicture = line.frame === 0 && share === 1;
    const moment = isPicture ? '' : `-${line.t.toFixed(3).padStart(9, '0')}s`;
    const jpeg = await encodeWithDrawing(picture, drawingOf(line));
    await writeFile(join(folder, `${nameFor(line.source)}${moment}.jpg`), jpeg);
  };
}
