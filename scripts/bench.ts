import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run-tool.ts';

/** Runs `benches/{name}.bench.ts`, each of which exports `run()`; without names, all of them one after the other. */
const folder = join(root, 'benches');
const suffix = '.bench.ts';
const known = (existsSync(folder) ? readdirSync(folder, { encoding: 'utf8' }) : [])
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));

if (unknown.length > 0 || known.length === 0) {
  const names = known.length > 0 ? known.join(', ') : `none: ${folder} holds no *${suffix}`;
  console.error(`bench: no benchmark named ${unknown.join(', ')}. There are: ${names}`);
  process.exitCode = 2;
} else {
  for (const name of wanted.length > 0 ? wanted : known) await runBench(name);
}

async function runBench(name: string): Promise<void> {
  console.log(`\n== ${name}`);
  const bench: { run?: unknown } = await import(pathToFileURL(join(folder, name + suffix)).href);
  if (typeof bench.run !== 'function') throw new Error(`benches/${name}${suffix} exports no run()`);
  await bench.run();
}
