import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { recordVariable, type TestRecord } from './test-record.ts';

/** Vitest reporter that writes the run as a `TestRecord` to the file named in the environment. */
export default class VitestRecorder implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly { message?: string; VITEST_TEST_PATH?: string }[],
  ): void {
    const file = process.env[recordVariable];
    if (!file) return;
    const record: TestRecord = { passed: 0, failed: [], skipped: [] };
    for (const module of modules) addModule(module, record);
    for (const { message, VITEST_TEST_PATH: path = 'no file' } of unhandledErrors)
      record.failed.push(`unhandled error: ${message} (${path})`);
    writeFileSync(file, JSON.stringify(record));
  }
}

function addModule(module: TestModule, record: TestRecord): void {
  const path = module.relativeModuleId;
  for (const error of module.errors()) record.failed.push(`${path}: ${error.message}`);
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) {
      record.failed.push(`${path} > ${suite.fullName}: ${error.message}`);
    }
  }
  for (const test of module.children.allTests()) {
    const name = `${path} > ${test.fullName}`;
    const result = test.result();
    if (result.state === 'passed') record.passed++;
    else if (result.state === 'failed') record.failed.push(name);
    else if (result.state === 'pending') record.failed.push(`${name} (never finished)`);
    else record.skipped.push({ name, reason: result.note });
  }
}
