import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came in. */
export interface SeenRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** `undefined`: the connection breaks instead of an answer. */
export type Answer =
  | { status: number; body?: string; headers?: Record<string, string> }
  | undefined;

/** A real HTTP server on a free port of 127.0.0.1; `answer` may be changed at any time. */
export interface TestHttpServer {
  url: string;
  requests: SeenRequest[];
  answer: (request: SeenRequest) => Answer;
  stop(): Promise<void>;
}

export async function startHttpServer(): Promise<TestHttpServer> {
  const state = {
    requests: [] as SeenRequest[],
    answer: (): Answer => ({ status: 200 }),
  } as Pick<TestHttpServer, 'requests' | 'answer'>;
  const server = createServer(async (request, reply) => {
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body: await text(request),
    };
    state.requests.push(seen);
    const answer = state.answer(seen);
    if (!answer) request.socket.destroy();
    else reply.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
