/** What one test runner leaves behind for the closing lines. `reason` is undefined when the test gave none. */
export interface TestRecord {
  passed: number;
  failed: string[];
  skipped: { name: string; reason: string | undefined }[];
}

/** Environment variable with the path of the file into which a recorder writes its `TestRecord` as JSON. */
export const recordVariable = 'VIGIE_TEST_RECORD';

const namesMissingWeights = /\b(weights?|model)\b/i;

/**
 * Under CI a skip must be explained, and missing weights are no explanation: a detector that nobody tried would pass.
 * Such skips are counted as failures.
 */
export function judged(record: TestRecord, isCi: boolean): TestRecord {
  if (!isCi) return record;
  const isRefused = (reason: string | undefined) =>
    reason === undefined || namesMissingWeights.test(reason);
  const refused = record.skipped.filter(({ reason }) => isRefused(reason));
  return {
    passed: record.passed,
    failed: [
      ...record.failed,
      ...refused.map(
        ({ name, reason }) => `${name} (skipped under CI: ${reason ?? 'no reason given'})`,
      ),
    ],
    skipped: record.skipped.filter(({ reason }) => !isRefused(reason)),
  };
}

/** All runners as one. */
export function summed(records: readonly TestRecord[]): TestRecord {
  return {
    passed: records.reduce((sum, { passed }) => sum + passed, 0),
    failed: records.flatMap(({ failed }) => failed),
    skipped: records.flatMap(({ skipped }) => skipped),
  };
}

/** The closing lines: names of the skipped with reasons, names of the failed, then the counts alone on the last line. */
export function closingLines({ passed, failed, skipped }: TestRecord): string[] {
  const lines = [
    ...skipped.map(({ name, reason }) => `skipped: ${name}: ${reason ?? 'no reason given'}`),
    ...failed.map((name) => `failed: ${name}`),
  ];
  const counts = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
  return [
    ...lines.map((line) => line.split('\n', 1).join()),
    ...(lines.length > 0 ? [''] : []),
    counts,
  ];
}

/** `true` when the run is good: nothing failed and something passed. */
export const isGood = ({ passed, failed }: TestRecord): boolean =>
  failed.length === 0 && passed > 0;
