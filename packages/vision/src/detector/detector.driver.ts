import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { RenewableDetector } from './detector.ts';
import { ModelUnusable } from './models.driver.ts';
import { silenceTelemetry } from './provider.driver.ts';
import type { ThreadAnswer, ThreadRequest } from './session-thread.driver.ts';
import { nextTurn } from './turns.ts';

/** More threads than this gain little and each holds its own copy of the weights. */
const MOST_THREADS = 8;

type Answered = Extract<ThreadAnswer, { ok: true }>;

interface Job {
  readonly request: ThreadRequest;
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
}

/** One thread and the job it works on. */
interface Seat {
  thread: Worker | undefined;
  job: Job | undefined;
  /** its thread ends after this job: it knows old weights */
  isOld: boolean;
}

/** Asks a thread to end after its picture: to terminate it within native code would abort the whole process. */
async function endOf(thread: Worker | undefined): Promise<void> {
  if (!thread) return;
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.postMessage('end');
  await ended;
}

/**
 * A pool of threads with one single-threaded session each: measured faster than one session with many threads, and
 * the main thread never blocks. Threads start with their first job; one that dies fails its job and is replaced.
 */
export function createDetector({ threads }: { threads?: number } = {}): RenewableDetector {
  const count = threads ?? Math.min(MOST_THREADS, availableParallelism());
  const seats: Seat[] = Array.from({ length: count }, () => ({
    thread: undefined,
    job: undefined,
    isOld: false,
  }));
  const waiting: Job[] = [];
  let stopped = false;

  function fail(seat: Seat, message: string): void {
    seat.thread = undefined;
    seat.isOld = false;
    seat.job?.reject(new Error(message));
    seat.job = undefined;
    feed(seat);
  }

  function retire(seat: Seat): void {
    void endOf(seat.thread);
    seat.thread = undefined;
    seat.isOld = false;
  }

  function startThread(seat: Seat): Worker {
    silenceTelemetry();
    const thread = new Worker(new URL('./session-thread.driver.ts', import.meta.url));
    thread.on('message', (answer: ThreadAnswer) => {
      const job = seat.job;
      seat.job = undefined;
      if (answer.ok) job?.resolve(answer);
      else job?.reject(new ModelUnusable(answer.message));
      if (seat.isOld) retire(seat);
      feed(seat);
    });
    thread.on('error', (error) => fail(seat, `detector thread failed: ${error.message}`));
    thread.on('exit', () => {
      if (seat.thread === thread) fail(seat, 'detector thread ended');
    });
    seat.thread = thread;
    return thread;
  }

  function feed(seat: Seat): void {
    if (seat.job || stopped || waiting.length === 0) return;
    const turn = nextTurn(waiting.map(({ request }) => request));
    seat.job = waiting.splice(turn, 1)[0] as Job;
    const { request } = seat.job;
    const thread = seat.thread ?? startThread(seat);
    thread.postMessage(request);
  }

  function ask(request: ThreadRequest): Promise<Answered> {
    if (stopped) return Promise.reject(new Error('the detector was stopped'));
    return new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      // A seat that has a thread first: the weights are loaded there.
      const free =
        seats.find((seat) => !seat.job && seat.thread) ?? seats.find((seat) => !seat.job);
      if (free) feed(free);
    });
  }

  return {
    threads: count,
    async detect(request) {
      const { found, ms } = await ask({ ...request, kind: 'humans' });
      return { humans: found, ms, picture: request.picture };
    },
    async detectVehicles(request) {
      const { found, ms } = await ask({ ...request, kind: 'vehicles' });
      return { vehicles: found, ms, picture: request.picture };
    },
    renew() {
      for (const seat of seats) {
        if (seat.job && seat.thread) seat.isOld = true;
        else retire(seat);
      }
    },
    async stop() {
      stopped = true;
      const running = seats.map(({ thread }) => thread);
      const open = [...waiting.splice(0), ...seats.flatMap(({ job }) => job ?? [])];
      for (const seat of seats) {
        seat.thread = undefined;
        seat.job = undefined;
        seat.isOld = false;
      }
      for (const job of open) job.reject(new Error('the detector was stopped'));
      await Promise.all(running.map(endOf));
    },
  };
}
