import { readFile } from 'node:fs/promises';
import type { Evaluation, Figures } from '@vigie/vision';
import { Command } from 'commander';

interface Options {
  images: string;
  json?: boolean;
  model?: string;
}

/** `vigie evaluate`: how good the detector is on annotated pictures. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Compares the detector with annotated pictures: precision and error of the count')
    .argument('<coco.json>', 'COCO annotations with the category "person"')
    .requiredOption('--images <dir>', 'folder of the pictures')
    .option('--json', 'one JSON object on the output, and nothing else')
    .option('--model <file>', 'weights: a path, or a name in the model folders')
    .addHelpText(
      'after',
      '\nAP as COCO defines it, at most 100 finds a picture. Counts at the thresholds of vigie detect. Subsets where the pictures carry "subset".',
    )
    .action(evaluate);
}

async function evaluate(file: string, { images, json, model }: Options): Promise<void> {
  const { DETECT_DEFAULTS, evaluateCoco, modelFolders } = await import('@vigie/vision');
  const isShown = !json && process.stderr.isTTY;
  const evaluation = await evaluateCoco({
    ...DETECT_DEFAULTS,
    annotations: await annotationsOf(file),
    folder: images,
    folders: modelFolders(),
    model,
    onProgress(done, total) {
      if (isShown) process.stderr.write(`\r\x1b[K${done} of ${total} pictures`);
    },
  });
  if (isShown) process.stderr.write('\r\x1b[K');
  console.log(json ? JSON.stringify(evaluation) : tableOf(evaluation));
}

async function annotationsOf(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read; check the path`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON; give a COCO annotation file`, { cause });
  }
}

function tableOf(evaluation: Evaluation): string {
  const { conf, iou, models, subsets } = evaluation;
  const head = ['', 'pictures', 'people', 'AP50', 'AP50:95', 'MAE', 'bias', 'false empty'];
  const rows = [
    head,
    rowOf('all', evaluation),
    ...Object.entries(subsets).map(([n, f]) => rowOf(n, f)),
  ];
  const widths = head.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  '),
  );
  return [...lines, `counts at conf ${conf}, IoU ${iou}; weights: ${models.join(', ')}`].join('\n');
}

function rowOf(name: string, { pictures, people, ap50, ap5095, count }: Figures): string[] {
  const share = (value: number | null): string => (value === null ? '-' : value.toFixed(3));
  const { mae, bias, falseEmptyRate } = count;
  const empty = falseEmptyRate === null ? '-' : `${(falseEmptyRate * 100).toFixed(1)} %`;
  const errors = [mae.toFixed(2), bias.toFixed(2), empty];
  return [name, String(pictures), String(people), share(ap50), share(ap5095), ...errors];
}
