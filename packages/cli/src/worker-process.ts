import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface WorkerOptions {
  brokerUrl: string;
  id: string;
  key: string;
  sealKey: string;
  /** Where it finds its weights and settings; that of this process where not given. */
  environment?: NodeJS.ProcessEnv;
  log: { warn(data: object, text: string): void };
}

/**
 * glibc gives each thread a heap of its own, and what pictures leave in them is not given back: with its usual number of heaps a
 * worker grew by 45 MB an hour, with two it did not (`npm run bench -- memory`). Other systems ignore it.
 */
export const workerEnvironment = { MALLOC_ARENA_MAX: '2' };

const longestPauseMs = 30_000;

/** A camera that is silent can hold a worker for 5 s; one that does not end after this is ended. */
const longestGoodbyeMs = 10_000;

/** Runs a vision worker as a process of its own and starts it again, with growing pauses, when it dies. */
export function superviseWorker({
  brokerUrl,
  id,
  key,
  sealKey,
  environment = process.env,
  log,
}: WorkerOptions): { stop(): Promise<void> } {
  const program = fileURLToPath(new URL('../bin/vigie.js', import.meta.url));
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = 500;
  let isStopped = false;

  function start(): void {
    const startedAt = Date.now();
    // Secrets go by environment: other users of the machine can read a command line.
    child = spawn(process.execPath, [program, 'vision', '--broker', brokerUrl, '--id', id], {
      // What it logs goes to stderr: stdout belongs to what this command prints.
      stdio: ['ignore', 2, 'inherit', 'ipc'],
      env: {
        ...workerEnvironment,
        ...environment,
        VIGIE_WORKER_KEY: key,
        VIGIE_SEAL_KEY: sealKey,
      },
    });
    child.once('exit', (code, signal) => {
      if (isStopped) return;
      pauseMs = Date.now() - startedAt > 60_000 ? 500 : Math.min(pauseMs * 2, longestPauseMs);
      log.warn(
        { worker: id, code, signal, pauseMs },
        'the vision worker ended; it is started again',
      );
      timer = setTimeout(start, pauseMs);
    });
  }

  start();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child?.kill('SIGKILL'), longestGoodbyeMs);
      await ended;
      clearTimeout(impatience);
    },
  };
}
