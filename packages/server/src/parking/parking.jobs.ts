import type { Clock } from '../platform/clock.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { createRepeated, type Repeated } from '../platform/repeat.ts';
import type { ParkingService } from './parking.service.ts';

/** Longest wait between two looks, so that changes made by another server are seen. Real time. */
const longestWaitMs = 250;

interface DayChangesDeps {
  parking: Pick<ParkingService, 'showDue' | 'nextDueAt'>;
  /** Runs a piece of work alone among the writers of this process. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  clock: Clock;
  log: Log;
}

/** Shows each new day when it begins. An idle hour costs one indexed look per wait, however many cars are parked. */
export function createDayChanges({ parking, alone, clock, log }: DayChangesDeps): Repeated {
  async function look(): Promise<number> {
    const due = await parking.nextDueAt();
    // A batch at a time, so that reports which arrive meanwhile need not wait for a whole town.
    if (due && due <= clock.now()) await alone(parking.showDue);
    return waitFor(await parking.nextDueAt(), clock);
  }

  return createRepeated(look, {
    firstMs: longestWaitMs,
    retryMs: longestWaitMs,
    failed: (error) =>
      log.error(
        { error: messageOf(error) },
        'day changes could not be shown; they are tried again',
      ),
  });
}

function waitFor(due: Date | undefined, clock: Clock): number {
  if (!due) return longestWaitMs;
  const waitMs = (due.getTime() - clock.now().getTime()) / clock.rate;
  return Math.min(Math.max(waitMs, 0), longestWaitMs);
}

/** How often every display is sent again: whoever listens can tell an old word from a dead house. Real time. */
const againMs = 24 * 3_600_000;

/** Sends every display once a day, though nothing changed. */
export const createDailyShow = (showAgain: () => Promise<void>, log: Log): Repeated =>
  createRepeated(
    async () => {
      await showAgain();
      return againMs;
    },
    {
      firstMs: againMs,
      retryMs: 60_000,
      failed: (error) => log.error({ error: messageOf(error) }, 'displays could not be sent again'),
    },
  );
