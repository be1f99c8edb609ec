import { writeFileSync } from 'node:fs';
import type { Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { recordVariable, type TestRecord } from './test-record.ts';

/** Playwright reporter that writes the run as a `TestRecord` to the file named in the environment. */
export default class PlaywrightRecorder implements Reporter {
  #tests: TestCase[] = [];
  #errors: string[] = [];

  onBegin(_config: unknown, suite: Suite): void {
    this.#tests = suite.allTests();
  }

  onError(error: TestError): void {
    this.#errors.push(error.message ?? 'error outside of a test');
  }

  onEnd(): void {
    const file = process.env[recordVariable];
    if (!file) return;
    const record: TestRecord = { passed: 0, failed: [...this.#errors], skipped: [] };
    for (const test of this.#tests) addTest(test, record);
    writeFileSync(file, JSON.stringify(record));
  }

  printsToStdio(): boolean {
    return false;
  }
}

function addTest(test: TestCase, record: TestRecord): void {
  const name = `tests/e2e > ${test.titlePath().filter(Boolean).join(' > ')}`;
  const outcome = test.outcome();
  if (outcome === 'expected' || outcome === 'flaky') record.passed++;
  else if (outcome === 'unexpected') record.failed.push(name);
  else if (test.expectedStatus !== 'skipped') record.failed.push(`${name} (did not run)`);
  else record.skipped.push({ name, reason: skipReason(test) });
}

const skipReason = (test: TestCase): string | undefined =>
  test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
