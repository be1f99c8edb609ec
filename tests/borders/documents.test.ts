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
    'docs/asvs.md',
    'SECURITY.md',
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

/** Files that a document names in code, as they lie: in the server unless another place is named. */
const namedFiles = (path: string): string[] =>
  [...read(path).matchAll(/`([\w./-]+\.(?:ts|tsx|md|yaml|json))`/g)].map(([, name]) => name ?? '');
const isThere = (name: string): boolean =>
  [name, `packages/server/src/${name}`].some((path) => existsSync(join(root, path)));

describe('the evidence of security', () => {
  it.each(['docs/security.md', 'docs/asvs.md'])('%s names tests that exist', (path) => {
    const tests = namedFiles(path).filter((name) => /\.(test|spec)\.tsx?$/.test(name));
    expect(tests.length).toBeGreaterThan(20);
    expect(namedFiles(path).filter((name) => name.includes('/') && !isThere(name))).toEqual([]);
    expect(tests.filter((name) => !isThere(name))).toEqual([]);
  });

  /** Requirements of levels 1 and 2 by chapter. Source: OWASP ASVS 5.0.0. */
  const perChapter = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

  it('has a line for each requirement of ASVS, and the sums are right', () => {
    const text = read('docs/asvs.md');
    const lines = text.matchAll(
      /^\| (\d+)\.(\d+)\.(\d+)(?:-(\d+))? \| [^|]+ \| ([^|]+) \| [^|]+ \|$/gm,
    );
    const all = [...lines].flatMap(([, chapter = '', section, from, to = from, status]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => ({
        id: `${chapter}.${section}.${Number(from) + n}`,
        chapter: Number(chapter),
        status,
      })),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(perChapter.map((_, n) => all.filter(({ chapter }) => chapter === n + 1).length)).toEqual(
      perChapter,
    );
    const sum = (status: string) => all.filter((one) => one.status === status).length;
    expect(text).toContain(
      `**${sum('met')} met, ${sum('n.a.')} not applicable, ${sum('not met')} not met, ${all.length} in all.**`,
    );
  });
});
