import { parseArgs } from 'node:util';
import { packPacketLengths } from '../packages/cli/src/packet-lengths.ts';
import { type Fault, type FuzzReport, fuzz } from '../tests/fuzz/engine.ts';
import { openEverything, readCorpus, watchStrayErrors } from '../tests/fuzz/everything.ts';
import { slopePer100k } from '../tests/fuzz/growth.ts';

/** Bad inputs against everything that takes some. Exit code 1: something broke, and how to see it again is printed. */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
    only: { type: 'string' },
    path: { type: 'string' },
  },
});
const seed = Number(values.seed);
const rounds = values.path === undefined ? 20 : 1;

/** Ctrl-C: what was seen so far is told. */
let isOver = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    isOver = true;
  });

packPacketLengths();
const stray = watchStrayErrors();
const everything = await openEverything();
const targets = everything.targets.filter(({ name }) => name.includes(values.only ?? ''));
if (targets.length === 0) {
  console.error(`fuzz: nothing is named ${values.only}. There are:`);
  for (const { name } of everything.targets) console.error(`  ${name}`);
  process.exitCode = 2;
} else {
  console.log(`${targets.length} targets, seed ${seed}`);
  const report = await fuzz({
    targets,
    corpus: readCorpus(),
    count: Number(values.count),
    seed,
    rounds,
    path: values.path,
    strayErrors: stray.take,
    onProgress: shown(performance.now()),
    onFault: tell,
    isOver: () => isOver,
    examine: everything.town.examine,
  });
  sumUp(report);
  process.exitCode = report.faults.length === 0 ? 0 : 1;
}
await everything.stop();
stray.stop();

/** One line every ten seconds. */
function shown(began: number): (done: number, target: string) => void {
  let next = 10_000;
  return (done, target) => {
    const ms = performance.now() - began;
    if (ms < next) return;
    next = ms + 10_000;
    console.log(`${(ms / 1000).toFixed(0).padStart(5)} s  ${String(done).padStart(7)}  ${target}`);
  };
}

function tell({ target, input, error, seed: at, path }: Fault): void {
  console.log(
    `\nBROKEN  ${target}\n  input   ${input}\n  again   npm run fuzz -- --only '${target}' --seed ${at} --path ${path || '0'}`,
  );
  console.log(`${error.replace(/^/gm, '  ')}\n`);
}

function sumUp({ tallies, holdings, seconds, faults }: FuzzReport): void {
  console.log('\n  inputs    taken  refused   ms each  target');
  let all = 0;
  for (const [name, { taken, refused, ms }] of tallies) {
    const count = taken + refused;
    all += count;
    const row = [count, taken, refused, (ms / Math.max(1, count)).toFixed(2)];
    console.log(`${row.map((cell) => String(cell).padStart(8)).join(' ')}  ${name}`);
  }
  for (const { inputs, heapMb, handles } of holdings)
    console.log(`held after ${inputs}: ${heapMb.toFixed(1)} MB, ${handles} handles`);
  const [heap, handles] = (['heapMb', 'handles'] as const).map((of) => slopePer100k(holdings, of));
  console.log(`growth per 100,000 inputs: ${heap?.toFixed(2)} MB, ${handles?.toFixed(2)} handles`);
  console.log(`${all} bad inputs in ${seconds.toFixed(0)} s, ${faults.length} faults`);
}
