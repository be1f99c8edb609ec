import { defineConfig } from 'vitest/config';

/** One run for all packages. Real peers (databases, brokers, detectors) start within tests: the waits are long on purpose. */
export default defineConfig({
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.{ts,tsx}',
      'packages/*/*.test.ts',
      'scripts/*.test.ts',
      'tests/borders/*.test.ts',
      'tests/fuzz/*.test.ts',
    ],
    pool: 'forks',
    // Most files wait for real peers: on two cores four at a time end sooner than three.
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 90_000,
    teardownTimeout: 20_000,
  },
});
