import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { type Holding, lookAtHolding } from './growth.ts';
import { read, type Target, type Verdict, written } from './target.ts';

/** An input that once broke something. */
export interface Kept {
  target: string;
  why: string;
  input: unknown;
}

/** What broke, and how to see it again. */
export interface Fault {
  target: string;
  seed: number;
  /** of the search that made the input as small as it could */
  path: string;
  input: string;
  error: string;
}

export interface Tally {
  taken: number;
  refused: number;
  ms: number;
}

export interface FuzzReport {
  /** by name of the target */
  tallies: ReadonlyMap<string, Tally>;
  faults: readonly Fault[];
  holdings: readonly Holding[];
  seconds: number;
}

interface FuzzOptions {
  targets: readonly Target[];
  corpus: readonly Kept[];
  /** how many inputs in all */
  count: number;
  seed: number;
  /** how often each target has its turn; what is held is looked at after each round */
  rounds: number;
  /** Shows one fault again. */
  path?: string | undefined;
  /** What went wrong meanwhile beside the input, such as a rejection that nobody handled. */
  strayErrors?: () => string[];
  onProgress?: (done: number, target: string) => void;
  onFault?: (fault: Fault) => void;
  /** `true`: enough, and what is known is told. */
  isOver?: () => boolean;
  /** After each round. @throws Error when what runs is not well. */
  examine?: () => Promise<void>;
}

/** 31 bits that follow from the words. */
const seedOf = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join(' ')).digest().readUInt32BE(0) >>> 1;

/** Gives every target its share of bad inputs, round by round, and makes what broke something as small as it can. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { targets, seed, rounds, onProgress, examine } = options;
  const tallies = new Map<string, Tally>();
  const faults: Fault[] = [];
  const holdings: Holding[] = [];
  const began = performance.now();
  let done = 0;
  const note = (name: string, fault: Fault | undefined, tally: Tally) => {
    const sum = tallies.get(name) ?? { taken: 0, refused: 0, ms: 0 };
    sum.taken += tally.taken;
    sum.refused += tally.refused;
    sum.ms += tally.ms;
    tallies.set(name, sum);
    done += tally.taken + tally.refused;
    if (!fault) return;
    faults.push(fault);
    options.onFault?.(fault);
  };
  for (let round = 0; round < rounds && !options.isOver?.(); round++) {
    for (const [i, target] of targets.entries()) {
      // What is broken is broken: its further inputs would tell the same again.
      if (faults.some((fault) => fault.target === target.name) || options.isOver?.()) continue;
      const turnSeed = options.path === undefined ? seedOf(seed, target.name, round) : seed;
      const { fault, tally } = await turn(target, {
        ...options,
        turnSeed,
        count: shareOf(options, i, round),
      });
      note(target.name, fault, tally);
      onProgress?.(done, target.name);
    }
    try {
      await examine?.();
    } catch (error) {
      const whole = { target: 'the town', seed, path: '', input: `round ${round + 1}` };
      faults.push({ ...whole, error: textOf(error) });
      options.onFault?.(faults.at(-1) as Fault);
    }
    holdings.push(lookAtHolding(done));
  }
  return { tallies, faults, holdings, seconds: (performance.now() - began) / 1000 };
}

/** How many inputs a target gets in a round: at least one over all, and in all as many as were asked for. */
function shareOf({ targets, count, rounds }: FuzzOptions, index: number, round: number): number {
  const all = targets.reduce((sum, { weight }) => sum + weight, 0);
  const whole = Math.max(1, Math.round((count * (targets[index]?.weight ?? 0)) / all));
  return Math.floor((whole * (round + 1)) / rounds) - Math.floor((whole * round) / rounds);
}

interface Turn extends Pick<FuzzOptions, 'corpus' | 'path' | 'strayErrors'> {
  turnSeed: number;
  count: number;
}

async function turn(
  target: Target,
  { turnSeed, count, corpus, path, strayErrors = () => [] }: Turn,
): Promise<{ fault: Fault | undefined; tally: Tally }> {
  const tally: Tally = { taken: 0, refused: 0, ms: 0 };
  if (count === 0) return { fault: undefined, tally };
  const began = performance.now();
  const run = async (input: unknown): Promise<void> => {
    const verdict: Verdict = await target.run(input);
    tally[verdict]++;
    const [stray] = strayErrors();
    if (stray !== undefined) throw new Error(`beside the input: ${stray}`);
  };
  const examples = path === undefined ? corpus.filter((kept) => kept.target === target.name) : [];
  const details = await fc.check(fc.asyncProperty(target.inputs, run), {
    seed: turnSeed,
    numRuns: Math.max(count, examples.length),
    examples: examples.map(({ input }): [unknown] => [read(JSON.stringify(input))]),
    ...(path === undefined ? {} : { path }),
    interruptAfterTimeLimit: 120_000,
  });
  tally.ms = performance.now() - began;
  const found = { target: target.name, seed: turnSeed, path: details.counterexamplePath ?? '' };
  if (details.failed && details.counterexample) {
    const [input] = details.counterexample;
    return {
      fault: { ...found, input: shown(input), error: textOf(details.errorInstance) },
      tally,
    };
  }
  try {
    await target.settle?.();
  } catch (error) {
    return { fault: { ...found, input: `all ${count} of this turn`, error: textOf(error) }, tally };
  }
  return { fault: undefined, tally };
}

const shown = (input: unknown): string => {
  const text = written(input) ?? 'undefined';
  return text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length} characters)` : text;
};

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).slice(0, 3000) : String(error);
