import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../testing/log.ts';
import { createConnector } from './devices.jobs.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A network whose first connections and whose first answers about the past fail. */
function createNetwork({ refusals, silences }: { refusals: number; silences: number }) {
  const log: string[] = [];
  const fail = (left: number) => {
    if (left > 0) throw new Error('away');
  };
  const connector = createConnector({
    name: 'net',
    log: silentLog,
    missedSince: async () => {
      log.push('looked up');
      return new Date('2026-06-01T08:00:00Z');
    },
    connect: async () => {
      log.push('connecting');
      fail(refusals--);
    },
    makeUp: async (missedSince) => {
      log.push(`asked since ${missedSince.toISOString().slice(11, 16)}`);
      fail(silences--);
    },
  });
  return { connector, log };
}

it('connects until it succeeds, then asks for what was missed until that succeeds, and rests', async () => {
  const { connector, log } = createNetwork({ refusals: 1, silences: 2 });
  connector.start();
  await vi.advanceTimersByTimeAsync(600_000);
  await connector.stop();
  expect(log).toEqual([
    'looked up',
    'connecting',
    'connecting',
    'asked since 08:00',
    'asked since 08:00',
    'asked since 08:00',
  ]);
});
