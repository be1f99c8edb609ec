import { Problem } from '@vigie/contracts/errors';

/** Anything that checks an answer, as the contracts' schemas do. */
export interface Schema<T> {
  parse(value: unknown): T;
}

/**
 * What went wrong with a request. `code` is one of the contracts' error codes, or one of ours:
 * `web/no-connection` (nobody answered), `web/answer-unreadable` (an answer of another shape).
 * `status` is 0 when there was no answer.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** Asking again helps after so many seconds; `undefined`: the server did not say. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: string,
    status: number,
    detail: string,
    { cause, retryAfterSeconds }: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(detail, { cause });
    this.retryAfterSeconds = retryAfterSeconds;
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
  }
}

/** Our server, typed. All functions throw `ApiError` and nothing else but an abort. */
export interface Api {
  get<T>(path: string, schema: Schema<T>, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body: unknown, schema: Schema<T>): Promise<T>;
  put<T>(path: string, body: unknown, schema: Schema<T>): Promise<T>;
  delete<T>(path: string, schema: Schema<T>): Promise<T>;
  /** Sends a file as it is. */
  putFile<T>(
    path: string,
    file: { text: string; mediaType: string },
    schema: Schema<T>,
  ): Promise<T>;
}

interface ApiDeps {
  fetch: typeof globalThis.fetch;
  /** Told the time between sending and receiving at which the server wrote `serverMs` (whole seconds). */
  onServerTime: (serverMs: number, sentMs: number, receivedMs: number) => void;
}

export function createApi({ fetch, onServerTime }: ApiDeps): Api {
  async function ask<T>(path: string, init: RequestInit, schema: Schema<T>): Promise<T> {
    const sentMs = Date.now();
    const answer = await fetch(`/api/v1${path}`, init).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError('web/no-connection', 0, `No answer to ${path}.`, { cause: error });
    });
    const body = await answer.json().catch(() => undefined);
    const serverMs = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(serverMs)) onServerTime(serverMs, sentMs, Date.now());
    if (!answer.ok) throw errorFrom(answer.status, body);
    return checked(path, answer.status, body, schema);
  }
  const sending =
    (method: 'POST' | 'PUT') =>
    <T>(path: string, body: unknown, schema: Schema<T>): Promise<T> => {
      const headers = { 'content-type': 'application/json' };
      return ask(path, { method, headers, body: JSON.stringify(body) }, schema);
    };
  return {
    get: (path, schema, signal) => ask(path, signal ? { signal } : {}, schema),
    post: sending('POST'),
    put: sending('PUT'),
    delete: (path, schema) => ask(path, { method: 'DELETE' }, schema),
    putFile: (path, { text, mediaType }, schema) =>
      ask(path, { method: 'PUT', headers: { 'content-type': mediaType }, body: text }, schema),
  };
}

/** The answer in its shape. @throws ApiError */
export function checked<T>(path: string, status: number, body: unknown, schema: Schema<T>): T {
  try {
    return schema.parse(body);
  } catch (error) {
    throw new ApiError(
      'web/answer-unreadable',
      status,
      `The answer to ${path} has another shape.`,
      { cause: error },
    );
  }
}

/** The error an unsuccessful answer stands for; a body that is no problem document is the server's silence. */
export function errorFrom(status: number, body: unknown): ApiError {
  const problem = Problem.safeParse(body);
  if (problem.success) {
    const { code, detail, retryAfterSeconds } = problem.data;
    return new ApiError(code, status, detail, { retryAfterSeconds });
  }
  const code = status >= 500 ? 'platform/unavailable' : 'web/answer-unreadable';
  return new ApiError(code, status, `The server answered ${status} without saying why.`);
}

/** An error that asking again may cure. */
export const mayPass = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 502);
