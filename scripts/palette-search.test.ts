import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const TOOL = join(import.meta.dirname, 'palette-search.ts');

let tables: string;
beforeEach(async () => {
  tables = await mkdtemp(join(tmpdir(), 'palette-search-'));
});
afterEach(() => rm(tables, { recursive: true }));

async function search(...args: string[]) {
  const child = spawn(process.execPath, [TOOL, ...args, '--tables', tables], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, lines: err.trimEnd().split('\n') };
}

async function found() {
  const log = JSON.parse(await readFile(join(tables, 'search-log.json'), 'utf8'));
  const text = await readFile(join(tables, 'shipped.ts'), 'utf8');
  const digits = new Map(
    [...text.matchAll(/(\d+): '([0-9a-f]+)'/g)].map(([, days, row]) => [days, row]),
  );
  return { log, digits };
}

describe('the search for day colours', () => {
  it('writes a table after each run and goes on with the first run that is missing', async () => {
    const first = await search('2-3', '--runs', '1', '--steps', '2000');
    expect(first.code).toBe(0);
    expect(first.lines.map((line) => line.slice(0, 13))).toEqual([
      '2 days, run 1',
      '3 days, run 1',
    ]);
    const before = await found();
    expect(before.digits.get('2')).toMatch(/^[0-9a-f]{12}$/);
    expect(before.digits.get('3')).toMatch(/^[0-9a-f]{18}$/);

    const second = await search('3', '--runs', '3', '--steps', '2000');
    expect(second.lines.map((line) => line.slice(0, 13))).toEqual([
      '3 days, run 2',
      '3 days, run 3',
    ]);
    const after = await found();
    expect(after.log[3].runs).toBe(3);
    expect(after.log[3].objective).toBeGreaterThanOrEqual(before.log[3].objective);
    expect(after.digits.get('2')).toBe(before.digits.get('2'));
  });

  it.each([
    { args: ['0'], says: '"0" is not a number of days' },
    { args: ['abc'], says: '"abc" is not a number of days' },
    { args: ['360-367'], says: '"360-367" is too much: at most 366 days' },
    { args: ['7', '--runs', '0'], says: '"0" is not --runs' },
  ])('refuses $args as wrong usage', async ({ args, says }) => {
    const { code, lines } = await search(...args);
    expect(code).toBe(2);
    expect(lines[0]).toContain(says);
  });
});
