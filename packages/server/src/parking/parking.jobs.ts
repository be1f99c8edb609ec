import type { Clock } from '../platform/clock.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
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
export function createDayChanges({ parking, alone, clock, log }: DayChangesDeps) {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = true;

  async function look(): Promise<void> {
    try {
      const due = await parking.nextDueAt();
      // A batch at a time, so that reports which arrive meanwhile need not wait for a whole town.
      if (due && due <= clock.now()) await alone(parking.showDue);
      schedule(await parking.nextDueAt());
    } catch (error) {
      log.error(
        { error: messageOf(error) },
        'day changes could not be shown; they are tried again',
      );
      schedule(undefined);
    }
  }

  function schedule(due: Date | undefined): void {
    if (isStopped) return;
    const wait = due ? (due.getTime() - clock.now().getTime()) / clock.rate : longestWaitMs;
    timer = setTimeout(
      () => {
        running = look();
      },
      Math.min(Math.max(wait, 0), longestWaitMs),
    );
  }

  return {
    start: (): void => {
      isStopped = false;
      schedule(undefined);
    },
    stop: async (): Promise<void> => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
