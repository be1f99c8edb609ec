import { parentPort } from 'node:worker_threads';
import type { DetectRequest } from './detector.ts';
import type { Kind } from './heads.ts';
import { openSession, type Session } from './session.driver.ts';

export type ThreadRequest = DetectRequest & { readonly kind: Kind };

export type ThreadAnswer =
  | ({ ok: true } & Awaited<ReturnType<Session['look']>>)
  | { ok: false; message: string };

/** by path of the weights */
const sessions = new Map<string, Promise<Session>>();

function sessionFor(path: string): Promise<Session> {
  const known = sessions.get(path);
  if (known) return known;
  const opening = openSession(path);
  sessions.set(path, opening);
  // A file that could not be read may be put right while we run.
  opening.catch(() => sessions.delete(path));
  return opening;
}

async function answer({ modelPath, ...request }: ThreadRequest): Promise<ThreadAnswer> {
  try {
    const session = await sessionFor(modelPath);
    return { ok: true, ...(await session.look(request)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

// The pool asks for one picture at a time.
parentPort?.on('message', async (request: ThreadRequest | 'end') => {
  if (request === 'end') {
    parentPort?.close();
    return;
  }
  parentPort?.postMessage(await answer(request));
});
