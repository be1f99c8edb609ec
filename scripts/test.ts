import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';
import {
  closingLines,
  isGood,
  judged,
  recordVariable,
  summed,
  type TestRecord,
} from './test-record.ts';

const isCi = /^(1|true)$/i.test(process.env.CI ?? '');
const words = process.argv.slice(2);
const isBrowserTest = (word: string) => word.startsWith('tests/e2e');

/** Runs one runner and reads what its recorder wrote; a runner that ends without a record has failed. */
async function record(name: string, script: string, args: string[]): Promise<TestRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-test-'));
  const file = join(folder, 'record.json');
  try {
    const { code } = await runTool(script, args, { env: { [recordVariable]: file } });
    const written = readRecord(file);
    if (code === 0 && written) return written;
    if (written && written.failed.length > 0) return written;
    const failure = `${name} ended with exit code ${code}${written ? '' : ' and no report'}`;
    return summed([written ?? nothing, { ...nothing, failed: [failure] }]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nothing: TestRecord = { passed: 0, failed: [], skipped: [] };

function readRecord(file: string): TestRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // The runner died before it could write: its exit code tells.
  }
}

const runVitest = () =>
  record('vitest', 'node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=./scripts/vitest-recorder.ts',
    ...words.filter((word) => !isBrowserTest(word)),
  ]);

const runPlaywright = () =>
  record('playwright', 'node_modules/@playwright/test/cli.js', [
    'test',
    '--reporter=list,./scripts/playwright-recorder.ts',
    ...words.filter(isBrowserTest),
  ]);

const wantsBrowser = words.length === 0 || words.some(isBrowserTest);
const wantsUnits = words.length === 0 || words.some((word) => !isBrowserTest(word));

const began = performance.now();
const records: TestRecord[] = [];
if (wantsUnits) records.push(await runVitest());
if (wantsBrowser) records.push(await runPlaywright());
const result = judged(summed(records), isCi);

console.log(`\nall tests: ${((performance.now() - began) / 1000).toFixed(0)} s`);
for (const line of closingLines(result)) console.log(line);
process.exitCode = isGood(result) ? 0 : 1;
