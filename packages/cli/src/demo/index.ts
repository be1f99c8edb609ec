import { Command } from 'commander';
import { untilSignal } from '../signals.ts';
import type { CheckReport } from './check.ts';
import type { Demo, DemoOptions } from './run.ts';

interface Flags {
  check?: boolean;
  clips?: string[];
  data?: string;
}

/** `vigie demo`: a small town on a fast clock, with everything real but the cars and the people. */
export const demoCommand = (): Command =>
  new Command('demo')
    .description('A small demo town: one day of parking lasts 5 seconds, cameras show clips')
    .option('--check', 'watch it for two minutes at most, print one JSON line, exit 0 or 1')
    .option('--clips <files>', 'videos of yours instead of the rooms, comma between', listed)
    .option('--data <folder>', 'an empty folder to keep what is stored (default: forgotten)')
    .action((flags: Flags) => (flags.check ? check(flags) : show(flags)));

const listed = (text: string): string[] => text.split(',').filter((name) => name !== '');

const optionsOf = ({ clips = [], data }: Flags): DemoOptions => ({
  clips,
  dataDir: data,
  say: (line) => console.error(line),
});

/** Runs until Ctrl+C. */
async function show(flags: Flags): Promise<void> {
  const stopped = untilSignal();
  const { startDemo } = await import('./run.ts');
  const demo = await startDemo(optionsOf(flags));
  console.log(welcome(demo));
  await stopped;
  console.error('Stopping …');
  await demo.stop();
}

/** The whole check, start included, stays below two minutes where the pages are built already. */
const checkMs = 95_000;

async function check(flags: Flags): Promise<void> {
  const report = await checked(flags).catch((error: unknown) => failure(error));
  console.log(JSON.stringify(report));
  if (!report.ok) process.exitCode = 1;
}

async function checked(flags: Flags): Promise<CheckReport> {
  const [{ startDemo }, { checkDemo }] = await Promise.all([
    import('./run.ts'),
    import('./check.ts'),
  ]);
  const demo = await startDemo({ ...optionsOf(flags), port: 0 });
  const stop = untilSignal().then(() => {
    throw new Error('the check was interrupted');
  });
  const isOurTown = !flags.clips?.length;
  const expected = isOurTown
    ? { somebodyIn: ['salle-de-reunion', 'bureau'], nobodyIn: ['archives'] }
    : { somebodyIn: [], nobodyIn: [] };
  const { url, logins, parking } = demo;
  const { coloursOn } = parking;
  try {
    const watch = { url, login: logins.admin, expected, coloursOn, deadlineMs: checkMs };
    return await Promise.race([checkDemo(watch), stop]);
  } finally {
    await demo.stop();
  }
}

const failure = (error: unknown): Pick<CheckReport, 'ok' | 'problems'> => ({
  ok: false,
  problems: [error instanceof Error ? error.message : String(error)],
});

function welcome({ url, mqttUrl, logins, spare }: Demo): string {
  const { hostname, port } = new URL(mqttUrl);
  const line = ({ username, password }: { username: string; password: string }) =>
    `  ${username.padEnd(8)}  ${password}`;
  return `
Vigie, demo town: ${url}
One day of parking lasts 5 seconds. The car on R-03 is forgotten: black after about 40 seconds.

Sign in as (administrator, police, fire officer):
${Object.values(logins).map(line).join('\n')}

A bollard of your own (space R-09); true: a car comes, false: it leaves:
  mosquitto_pub -h ${hostname} -p ${port} -u ${spare.id} -P ${spare.key} -q 1 \\
    -t vigie/bollards/${spare.id}/state -m '{"v":1,"occupied":true,"at":"'$(date -u +%FT%TZ)'"}'

Ctrl+C stops everything.`;
}
