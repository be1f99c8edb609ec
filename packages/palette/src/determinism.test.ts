import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appearancesOf } from './appearance.ts';
import { searchedColours } from './search.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env.CI)
  throw new Error(`CI needs Chromium: there is none at ${CHROMIUM}.`);
const why = hasChromium ? '' : ` (skipped: no Chromium at ${CHROMIUM})`;
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
];

/** What ECMAScript fixes to the bit, and sqrt, which every processor rounds correctly. */
const EXACT = new Set('abs ceil floor imul max min round sqrt LN2 PI SQRT2 SQRT1_2'.split(' '));

const EFFORTS = [
  { days: 7, seed: 1, steps: 30_000, heat: 0.05, span: 85 },
  { days: 45, seed: 2, steps: 20_000, heat: 0.03, span: 60 },
  { days: 366, seed: 3, steps: 2000, heat: 0.03, span: 60 },
];
/** 4913 colours all over sRGB. */
const SAMPLE = Array.from({ length: 4913 }, (_, i) => {
  const [r, g, b] = [i % 17, Math.floor(i / 17) % 17, Math.floor(i / 289)];
  return ((r * 15) << 16) | ((g * 15) << 8) | (b * 15);
});

describe('the sources of day colours', () => {
  it('call no function that engines compute differently', async () => {
    const files = (await readdir(import.meta.dirname)).filter((file) =>
      /(?<!\.test)\.ts$/.test(file),
    );
    const sources = await Promise.all(
      files.map(async (file) => readFile(join(import.meta.dirname, file), 'utf8')),
    );
    const code = sources.join('\n').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    const used = new Set([...code.matchAll(/Math\.(\w+)/g)].map(([, name]) => name));
    expect(files).toContain('palette.ts');
    expect(used).toContain('sqrt');
    expect([...used].filter((name) => !EXACT.has(name as string))).toEqual([]);
    expect(code).not.toMatch(/\*\*|Date\b|performance\b|crypto\b/);
  });
});

// Pages get text, not functions: those would carry the test runner's own import().
describe.skipIf(!hasChromium)(`day colours in Chromium${why}`, () => {
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const file = request.url?.slice(1) ?? '';
      if (file === '')
        return void response.setHeader('content-type', 'text/html').end('<!doctype html>');
      const folder = file.startsWith('tables/')
        ? join(import.meta.dirname, 'tables')
        : import.meta.dirname;
      const source = await readFile(join(folder, basename(file)), 'utf8').catch(() => undefined);
      response.statusCode = source === undefined ? 404 : 200;
      response.setHeader('content-type', 'text/javascript');
      response.end(source === undefined ? '' : stripTypeScriptTypes(source));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((done) => server.close(done));
  });

  it('have the same coordinates to the last bit', async () => {
    const page = await browser.newPage();
    await page.goto(origin);
    const seen: number[] = await page.evaluate(
      `import('/appearance.ts').then((m) => [...new Uint8Array(m.appearancesOf(${JSON.stringify(SAMPLE)}).buffer)])`,
    );
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const here = new Uint8Array(appearancesOf(SAMPLE).buffer);
    expect(digest(Uint8Array.from(seen))).toBe(digest(here));
    await page.close();
  });

  it.each(EFFORTS)(
    'are searched to the same result for $days days',
    async ({ days, ...effort }) => {
      const page = await browser.newPage();
      await page.goto(origin);
      const seen: number[] = await page.evaluate(
        `import('/search.ts').then((m) => m.searchedColours(${days}, ${JSON.stringify(effort)}))`,
      );
      expect(seen).toEqual(searchedColours(days, effort));
      await page.close();
    },
  );
});
