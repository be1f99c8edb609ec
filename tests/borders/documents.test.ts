import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Config } from '../../packages/server/src/platform/config.ts';
import { root, runTool } from '../../scripts/run-tool.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const linesOf = (path: string): number => read(path).trimEnd().split('\n').length;

const packageReadmes = readdirSync(join(root, 'packages'))
  .map((name) => `packages/${name}/README.md`)
  .filter((path) => existsSync(join(root, path)));

describe('README.md', () => {
  it.each(Object.entries(Config.shape))('names %s with its default', (variable, schema) => {
    const row = read('README.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${variable}\` `));
    expect(row).toBeDefined();
    const byDefault = schema.safeParse(undefined).data;
    expect(row?.split('|')[2]?.trim()).toBe(byDefault === undefined ? '' : `\`${byDefault}\``);
  });

  it('names only commands that exist', async () => {
    const { output } = await runTool('packages/cli/src/main.ts', ['--help'], { capture: true });
    const named = [...read('README.md').matchAll(/npm run vigie -- ([a-z]+)/g)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !new RegExp(`^  ${name} `, 'm').test(output))).toEqual([]);
  });
});

describe('documents', () => {
  it.each([
    { path: 'ARCHITECTURE.md', most: 120 },
    ...packageReadmes.map((path) => ({ path, most: 30 })),
  ])('$path stays within $most lines', ({ path, most }) => {
    expect(linesOf(path)).toBeLessThanOrEqual(most);
  });

  it('hold a glossary of at most 40 words', () => {
    const words = read('docs/glossary.md')
      .split('\n')
      .filter((line) => /^\| [^-]/.test(line) && !line.startsWith('| English'));
    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBeLessThanOrEqual(40);
  });

  it.each([
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/glossary.md',
    'docs/exports.md',
    'docs/security.md',
    'docs/hardening.md',
  ])('%s links to files that exist', (path) => {
    const targets = [...read(path).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(
      ([, to]) => to ?? '',
    );
    const missing = targets.filter(
      (to) => !/^[a-z]+:/.test(to) && !existsSync(join(root, dirname(path), to)),
    );
    expect(missing).toEqual([]);
  });
});
