import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import readBorders from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { root } from './run-tool.ts';

/** One import over a border. `from` and `to` are paths below the folder that was looked at. */
export interface Crossing {
  border: string;
  from: string;
  to: string;
  why: string;
}

const places = ['packages', 'scripts', 'tests', 'benches'];

/**
 * Follows every import below `folder` (a checkout, or a tree of the same shape) and lists those that cross a border of
 * `.dependency-cruiser.mjs`. `modules` is the number of modules seen; 0 means that nothing was checked at all.
 */
export async function findCrossings(
  folder: string,
): Promise<{ modules: number; crossings: Crossing[] }> {
  const options = await readBorders(join(root, '.dependency-cruiser.mjs'));
  const { output } = await cruise(
    places.filter((place) => existsSync(join(folder, place))),
    { ...options, baseDir: folder },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser gave text, no result');
  const reasons = new Map(options.ruleSet?.forbidden?.map((rule) => [rule.name, rule.comment]));
  return {
    modules: output.summary.totalCruised,
    crossings: output.summary.violations.map(({ rule, from, to, cycle }) => ({
      border: rule.name,
      from,
      to: cycle?.map((step) => step.name).join(' → ') ?? to,
      why: reasons.get(rule.name) ?? '',
    })),
  };
}

/**
 * The border check in words: one problem per line, none when all borders hold.
 * Seeing no module is a problem: with a TypeScript it does not know, dependency-cruiser sees none and reports success.
 */
export async function borderProblems(folder: string): Promise<string[]> {
  const { modules, crossings } = await findCrossings(folder);
  if (modules === 0) {
    return [
      'saw 0 modules: nothing was checked. dependency-cruiser needs a TypeScript it can parse (6.x).',
    ];
  }
  return crossings.map(({ border, from, to, why }) => `${border}: ${from} → ${to}\n    ${why}`);
}
