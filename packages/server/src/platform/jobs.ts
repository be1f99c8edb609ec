import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Database } from './database.ts';
import type { Log } from './log.ts';

/** Work that outlives a restart: retried with backoff, done by one server at a time. */
export interface Jobs {
  /** Register before `start()`. A rejected promise is tried again later. */
  work(queue: JobQueue, handler: (data: { id: string }) => Promise<void>): void;
  /** Adds a job inside the caller's transaction: it exists if and only if the transaction commits. */
  add(queue: string, id: string, transaction: Database): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A queue and its patience. Delays in seconds; backoff doubles up to `maxDelaySeconds`. `atOnce`: jobs done side by side. */
export interface JobQueue {
  name: string;
  retries: number;
  firstDelaySeconds: number;
  maxDelaySeconds: number;
  atOnce?: number;
}

/** Jobs on pg-boss, in its own schema of the same database. */
export function createJobs(url: string, log: Log): Jobs {
  const boss = new PgBoss({ connectionString: url, max: 4 });
  const queues: { queue: JobQueue; handler: (data: { id: string }) => Promise<void> }[] = [];
  boss.on('error', (error) =>
    log.error({ error: error.message }, 'the job queue reported an error'),
  );

  async function open({ queue, handler }: (typeof queues)[number]): Promise<void> {
    const options = {
      retryLimit: queue.retries,
      retryDelay: queue.firstDelaySeconds,
      retryBackoff: true,
      retryDelayMax: queue.maxDelaySeconds,
    };
    await boss.createQueue(queue.name, options);
    await boss.updateQueue(queue.name, options);
    const working = { pollingIntervalSeconds: 0.5, localConcurrency: queue.atOnce ?? 1 };
    await boss.work<{ id: string }>(queue.name, working, async (jobs) => {
      for (const job of jobs) await handler(job.data);
    });
  }

  return {
    work: (queue, handler) => void queues.push({ queue, handler }),
    add: async (queue, id, transaction) => {
      await boss.send(queue, { id }, { db: fromDrizzle(transaction, sql) });
    },
    start: async () => {
      await boss.start();
      for (const entry of queues) await open(entry);
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
}
