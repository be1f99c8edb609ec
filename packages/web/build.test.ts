import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureBuilt } from './build.ts';

describe('the built pages', () => {
  it('stand in one folder for all who ask at once, and need no second build', async () => {
    const lines: string[] = [];
    const [first, second] = await Promise.all([ensureBuilt(), ensureBuilt()]);
    expect(second).toBe(first);
    await ensureBuilt((line) => lines.push(line));
    expect(lines).toEqual([]);
  }, 60_000);

  it('name no other host and hold no script of their own, as the server’s policy demands', async () => {
    const page = await readFile(join(await ensureBuilt(), 'index.html'), 'utf8');
    expect(page).toContain('<div id="root">');
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  }, 60_000);

  it('are React’s quick build, also when a test runner started them', async () => {
    expect(process.env.NODE_ENV).not.toBe('production');
    const assets = join(await ensureBuilt(), 'assets');
    const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'));
    expect(scripts.filter((name) => name.startsWith('index-'))).toHaveLength(1);
    // What is fetched later is held to it, too.
    const texts = await Promise.all(scripts.map((name) => readFile(join(assets, name), 'utf8')));
    const script = texts.join('\n');
    expect(script).toContain('Minified React error');
    expect(script).not.toContain('Invalid hook call');
  }, 60_000);
});
