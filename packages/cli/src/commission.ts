import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import {
  type Accuracy,
  Commissioning,
  type Estimate,
  type Label,
} from '@vigie/contracts/commissioning';
import { Command } from 'commander';
import { readLabels } from './label-file.ts';
import { addLogin, type Login, signInAs } from './login.ts';

interface Options extends Login {
  truth?: string;
}

/** `vigie commission CAMERA`: labels moments of a camera with the people one has counted oneself, and prints its error. */
export const commissionCommand = (): Command =>
  addLogin(
    new Command('commission')
      .description('Measures how well a camera counts where it hangs: you count, it is compared')
      .argument('<camera>', 'id of the camera')
      .option(
        '--truth <file>',
        'CSV or JSON of moments of the last two hours: at (ISO 8601 with its offset), people',
      )
      .addHelpText(
        'after',
        '\nWithout a file it asks: Enter takes a moment, then you type how many people were there.\nWhat the camera counted is not shown before. At least 5 moments, 20 to 50 are advised.',
      ),
  ).action(commission);

async function commission(camera: string, { truth, ...login }: Options): Promise<void> {
  const labels = truth === undefined ? undefined : readLabels(await readFile(truth, 'utf8'));
  const client = await signInAs(login);
  const path = `/api/v1/cameras/${encodeURIComponent(camera)}`;
  const label = (moments: readonly Label[]): Promise<Commissioning> =>
    client.post(`${path}/moments`, { moments }, Commissioning);
  const commissioning = labels
    ? await label(labels)
    : await ask(() => client.get(`${path}/commissioning`, Commissioning), label);
  console.log(summaryOf(commissioning));
}

type Read = () => Promise<Commissioning>;
type Send = (moments: readonly Label[]) => Promise<Commissioning>;

async function ask(read: Read, label: Send): Promise<Commissioning> {
  let newest = await read();
  console.log(`Camera ${newest.cameraId}: ${newest.moments.length} moments so far.`);
  const terminal = createInterface({ input: process.stdin });
  const lines = terminal[Symbol.asyncIterator]();
  try {
    for (;;) {
      const moment = await askMoment(lines, read);
      if (moment === 'end') return newest;
      if (moment === undefined) continue;
      newest = await label([moment]);
      console.log(`Saved, ${newest.moments.length} in all.`);
    }
  } finally {
    terminal.close();
  }
}

/** `undefined`: the answer was no number and the moment is skipped. */
async function askMoment(
  lines: AsyncIterator<string>,
  read: Read,
): Promise<Label | 'end' | undefined> {
  const answer = async (question: string): Promise<string> => {
    process.stderr.write(question);
    const { value, done } = await lines.next();
    return done ? 'q' : value.trim();
  };
  if ((await answer('Enter: take this moment; q: end. ')) === 'q') return 'end';
  const { now } = await read();
  const text = await answer('How many people are there? ');
  if (text === 'q') return 'end';
  if (/^\d{1,3}$/.test(text) && Number(text) <= 500) return { at: now, people: Number(text) };
  console.error(`${text || 'Nothing'} is no number from 0 to 500; this moment is skipped.`);
  return undefined;
}

const people = (figure: number): string =>
  Object.is(Math.round(figure * 10), -0) ? '0.0' : figure.toFixed(1);
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

function lineOf(name: string, estimate: Estimate | null, text: (figure: number) => string): string {
  if (!estimate) return `${name.padEnd(20)} no moment with people yet`;
  const { value, low, high } = estimate;
  return `${name.padEnd(20)} ${text(value)} (95 %: ${text(low)} to ${text(high)})`;
}

function linesOf(accuracy: Accuracy): string[] {
  return [
    lineOf('mean error', accuracy.meanError, people),
    lineOf('bias', accuracy.bias, people),
    lineOf('people missed', accuracy.missRate, percent),
    lineOf('falsely empty', accuracy.falseEmptyRate, percent),
    lineOf('truth in range', accuracy.inRange, percent),
  ];
}

function summaryOf({ cameraId, accuracy, moments }: Commissioning): string {
  if (!accuracy)
    return `Camera ${cameraId}: ${moments.length} moments, too few were counted. Take at least 5; 20 to 50 are advised.`;
  const head = `Camera ${cameraId}: ${accuracy.moments} moments counted, ${accuracy.unknown} without a count.`;
  return [head, ...linesOf(accuracy)].join('\n');
}
