import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on a free port of 127.0.0.1 that takes what others post. */
export interface TestReceiver {
  url: string;
  /** What was taken, in order of arrival; what is no JSON as text. */
  taken: { headers: IncomingHttpHeaders; body: unknown }[];
  /** How often somebody came, in vain or not. */
  calls: number;
  /** As long as it is not 200, everybody is sent away with it. */
  status: number;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<TestReceiver> {
  const state = { taken: [] as TestReceiver['taken'], calls: 0, status: 200 };
  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    state.calls++;
    const text = Buffer.concat(chunks).toString();
    const isJson = request.headers['content-type']?.includes('json') ?? true;
    if (state.status === 200)
      state.taken.push({ headers: request.headers, body: isJson ? JSON.parse(text) : text });
    reply.writeHead(state.status, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/notify`,
    stop: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  });
}
