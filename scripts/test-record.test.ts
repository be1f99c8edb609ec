import { describe, expect, it } from 'vitest';
import { closingLines, isGood, judged, summed, type TestRecord } from './test-record.ts';

const record = (part: Partial<TestRecord>): TestRecord => ({
  passed: 0,
  failed: [],
  skipped: [],
  ...part,
});

describe('the closing lines of a test run', () => {
  it('end with the counts alone on a line, after the names', () => {
    const lines = closingLines({
      passed: 3,
      failed: ['a > b'],
      skipped: [{ name: 'c', reason: 'no weights: yolov8n.onnx' }],
    });
    expect(lines).toEqual([
      'skipped: c: no weights: yolov8n.onnx',
      'failed: a > b',
      '',
      '3 passed, 1 failed, 1 skipped',
    ]);
  });

  it('are the counts only when all passed', () => {
    expect(closingLines(record({ passed: 2 }))).toEqual(['2 passed, 0 failed, 0 skipped']);
  });

  it('add the runners up', () => {
    const all = summed([record({ passed: 1, failed: ['x'] }), record({ passed: 2 })]);
    expect(closingLines(all).at(-1)).toBe('3 passed, 1 failed, 0 skipped');
  });
});

describe('a skipped test', () => {
  it.each([
    { why: 'for missing weights', reason: 'no weights found in models/', isCi: true, failed: 1 },
    { why: 'without a reason', reason: undefined, isCi: true, failed: 1 },
    { why: 'for another platform', reason: 'needs Windows', isCi: true, failed: 0 },
    { why: 'for missing weights', reason: 'no weights found', isCi: false, failed: 0 },
  ])('$why counts $failed failures when CI is $isCi', ({ reason, isCi, failed }) => {
    const result = judged(record({ passed: 1, skipped: [{ name: 'a', reason }] }), isCi);
    expect(result.failed).toHaveLength(failed);
    expect(result.skipped).toHaveLength(1 - failed);
  });
});

describe('a run', () => {
  it.each([
    { name: 'with passed tests only', run: record({ passed: 1 }), good: true },
    { name: 'with a failed test', run: record({ passed: 1, failed: ['a'] }), good: false },
    { name: 'in which nothing ran', run: record({}), good: false },
  ])('$name is good: $good', ({ run, good }) => {
    expect(isGood(run)).toBe(good);
  });
});
