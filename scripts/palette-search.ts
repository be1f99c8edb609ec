/**
 * Searches day colours for the tables that packages/palette ships, and keeps what is better than what
 * is there. Each run has its own seed and is written when it ends; started again, it goes on with the
 * first run that is missing.
 *
 *   npm run palette:search -- [DAYS or FROM-TO …] [--runs TOTAL] [--steps N] [--tables FOLDER]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { metricsOf } from '../packages/palette/src/metrics.ts';
import { searchedColours, shakingFor } from '../packages/palette/src/search.ts';
import { type HexString, hexOf } from '../packages/palette/src/srgb.ts';

const TABLES = join(import.meta.dirname, '..', 'packages', 'palette', 'src', 'tables');
const DEFAULT_DAYS = [
  '7',
  '14',
  '31',
  '60',
  '61',
  '1-62',
  '90-92',
  '120',
  '180',
  '183',
  '365',
  '366',
];
const STRIKING_DELTA_E = 32;
const MOST_DAYS = 366;

/** How a shipped table was found: this many runs, the best of them by this seed and effort. */
type Found = { runs: number; seed: number; steps: number; objective: number; consecutive: number };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '4' },
    steps: { type: 'string', default: '2000000' },
    tables: { type: 'string', default: TABLES },
  },
});
const runs = countFrom('--runs', values.runs);
const steps = countFrom('--steps', values.steps);
const tableFile = resolve(values.tables, 'shipped.ts');
const logFile = resolve(values.tables, 'search-log.json');
const tables = await readTables();
const log: Record<number, Found> = existsSync(logFile)
  ? JSON.parse(readFileSync(logFile, 'utf8'))
  : {};

for (const days of new Set((positionals.length ? positionals : DEFAULT_DAYS).flatMap(daysFrom))) {
  for (let run = (log[days]?.runs ?? 0) + 1; run <= runs; run++) search(days, run);
}

/** One run, kept if it beats the table. */
function search(days: number, run: number): void {
  const onProgress = (done: number) =>
    report(`${days} days, run ${run} of ${runs}: ${percent(done)}`);
  const effort = { seed: run, steps, ...shakingFor(days), onProgress };
  const colours = searchedColours(days, effort).map(hexOf);
  const figures = figuresOf(colours);
  const known = log[days];
  const better = !known || beats(figures, known);
  log[days] = better ? { runs: run, seed: run, steps, ...figures } : { ...known, runs: run };
  if (better) tables[days] = colours.map((colour) => colour.slice(1)).join('');
  save();
  report(
    `${days} days, run ${run} of ${runs}: ${figures.objective} ${better ? 'kept' : 'not better'}\n`,
  );
}

async function readTables(): Promise<Record<number, string>> {
  if (!existsSync(tableFile)) return {};
  const { SHIPPED } = await import(pathToFileURL(tableFile).href);
  return { ...SHIPPED };
}

function figuresOf(colours: readonly HexString[]): Pick<Found, 'objective' | 'consecutive'> {
  const { objective, consecutiveDeltaE00 } = metricsOf([...colours, '#000000']);
  const consecutive = Math.min(...Object.values(consecutiveDeltaE00));
  return { objective: rounded(objective), consecutive: rounded(consecutive) };
}

/** Striking steps from day to day first, then the objective. */
function beats(
  one: Pick<Found, 'objective' | 'consecutive'>,
  other: Pick<Found, 'objective' | 'consecutive'>,
): boolean {
  const striking = one.consecutive >= STRIKING_DELTA_E;
  if (striking !== other.consecutive >= STRIKING_DELTA_E) return striking;
  return one.objective > other.objective;
}

function save(): void {
  const lines = Object.entries(tables).map(([days, digits]) => `  ${days}: '${digits}',\n`);
  writeFileSync(
    tableFile,
    `/** Written by \`npm run palette:search\`. By allowed days: rrggbb of each day in turn, black left out. */\n` +
      `export const SHIPPED: Readonly<Record<number, string>> = {\n${lines.join('')}};\n`,
  );
  writeFileSync(logFile, `${JSON.stringify(log, null, 1)}\n`);
}

function daysFrom(text: string): number[] {
  const [from, to] = text.split('-').map((part) => countFrom('a number of days', part));
  const last = to ?? from ?? 0;
  if (last > MOST_DAYS) usage(`"${text}" is too much: at most ${MOST_DAYS} days.`);
  return Array.from({ length: last - (from ?? 1) + 1 }, (_, i) => (from ?? 1) + i);
}

function countFrom(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) usage(`"${text}" is not ${name}: write a whole number from 1 on.`);
  return Number(text);
}

function usage(message: string): never {
  console.error(message);
  process.exit(2);
}

function rounded(figure: number): number {
  return Math.round(figure * 1000) / 1000;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Over the last line on a terminal; elsewhere only lines that are complete. */
function report(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
  else if (line.endsWith('\n')) process.stderr.write(line);
}
