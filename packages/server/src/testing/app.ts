import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppOptions, startApp } from '../app.ts';
import { readConfig } from '../platform/config.ts';
import { giveCluster } from './cluster.ts';
import { silentLog } from './log.ts';

/** A whole server on free ports of 127.0.0.1, with a folder that is removed at the end, unless `VIGIE_DATA` names one. */
export async function startTestApp(
  settings: Record<string, string> = {},
  options: Partial<AppOptions> = {},
): Promise<App & { folder: string }> {
  const folder = settings.VIGIE_DATA ?? (await mkdtemp(join(tmpdir(), 'vigie-app-')));
  await chmod(folder, 0o755);
  if (settings.DATABASE_URL === undefined) await giveCluster(folder);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Vigie</title>');
  const config = readConfig({
    VIGIE_DATA: folder,
    VIGIE_HOST: '127.0.0.1',
    VIGIE_PORT: '0',
    VIGIE_MQTT_PORT: '0',
    VIGIE_SECOND_FACTOR: 'nobody',
    // The receivers of the tests.
    VIGIE_OUTGOING_ALLOW: '127.0.0.1',
    ...settings,
  });
  const app = await startApp({ config, log: silentLog, webRoot: folder, ...options });
  return {
    ...app,
    folder,
    stop: async () => {
      await app.stop();
      if (settings.VIGIE_DATA === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A browser's side of HTTP: keeps its cookie. */
export interface Client {
  get(path: string): Promise<{ status: number; body: unknown }>;
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  put(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** Sends a file as it is. */
  putFile(
    path: string,
    file: { text: string; mediaType: string },
  ): Promise<{ status: number; body: unknown }>;
  delete(path: string): Promise<{ status: number; body: unknown }>;
  /** Reads server-sent events until `isLast` says so. */
  untilEvent<T>(name: string, isLast: (data: T) => boolean): Promise<T>;
}

/** @throws Error when the credentials are refused. */
export async function signIn(url: string, username: string, password: string): Promise<Client> {
  const client = clientOf(url, undefined);
  const answer = await client.send('POST', '/api/v1/auth/sign-in/username', { username, password });
  return clientAfter(url, answer);
}

/** The client whom an answer signed in. @throws Error when it did not. */
export function clientAfter(url: string, { ok, status, headers }: Response): Client {
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  if (!ok || cookie === '') throw new Error(`signing in was refused: ${status}`);
  return clientOf(url, cookie);
}

/** A client that did not sign in. */
export const stranger = (url: string): Client => clientOf(url, undefined);

function clientOf(url: string, cookie: string | undefined) {
  const headers: Record<string, string> = { origin: url, ...(cookie ? { cookie } : {}) };
  const send = (method: string, path: string, body?: unknown) =>
    fetch(url + path, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const asked = async (answer: Response) => {
    const text = await answer.text();
    const isJson = /[/+]json\b/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  };
  return {
    send,
    get: async (path: string) => asked(await send('GET', path)),
    post: async (path: string, body: unknown) => asked(await send('POST', path, body)),
    put: async (path: string, body: unknown) => asked(await send('PUT', path, body)),
    putFile: async (path: string, file: { text: string; mediaType: string }) =>
      asked(
        await fetch(url + path, {
          method: 'PUT',
          headers: { ...headers, 'content-type': file.mediaType },
          body: file.text,
        }),
      ),
    delete: async (path: string) => asked(await send('DELETE', path)),
    untilEvent: async <T>(name: string, isLast: (data: T) => boolean): Promise<T> => {
      const answer = await fetch(`${url}/api/v1/events`, { headers });
      for await (const event of eventsIn(answer)) {
        if (event.name !== name || !isLast(event.data as T)) continue;
        return event.data as T;
      }
      throw new Error(`the stream ended without the ${name} that was waited for`);
    },
  };
}

/** Server-sent events, one after the other, until the stream ends. */
export async function* eventsIn(answer: Response): AsyncGenerator<{ name: string; data: unknown }> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (name && data) yield { name, data: JSON.parse(data) };
    }
  }
}
