import { Agent, request } from 'node:http';

/** A request as it leaves; `path` with its query, already encoded. */
export interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string | undefined;
}

export interface Answered {
  status: number;
  mediaType: string;
  /** the first part of a stream that does not end */
  body: string;
  ms: number;
}

/** Speaks HTTP to the server over a few connections that stay open. */
export interface Caller {
  send(sent: Sent): Promise<Answered>;
  /** Gives the cookie. */
  signIn(username: string, password: string): Promise<string>;
  stop(): void;
}

/** Media types of answers that go on for ever. */
const endless = /^(text\/event-stream|multipart\/)/;
/** Later than the server may take: it is the server that is judged, not this wait. */
const patienceMs = 20_000;

export function createCaller(url: string): Caller {
  const { hostname, port, origin } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const send = ({ method = 'GET', path, headers = {}, body }: Sent): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      // Node leaves the length out where a method usually has no body.
      const length = body === undefined ? {} : { 'content-length': `${Buffer.byteLength(body)}` };
      const all = { ...headers, ...length };
      const asked = request({ hostname: '127.0.0.1', port, agent, method, path, headers: all });
      asked.setTimeout(patienceMs, () => asked.destroy(new Error('no answer')));
      asked.once('error', reject);
      asked.once('upgrade', (answer, socket) => {
        socket.destroy();
        resolve({
          status: answer.statusCode ?? 0,
          mediaType: '',
          body: '',
          ms: performance.now() - began,
        });
      });
      asked.once('response', (answer) => {
        const mediaType = answer.headers['content-type'] ?? '';
        const parts: Buffer[] = [];
        const end = () =>
          resolve({
            status: answer.statusCode ?? 0,
            mediaType,
            body: Buffer.concat(parts).toString('utf8'),
            ms: performance.now() - began,
          });
        if (endless.test(mediaType)) {
          end();
          answer.destroy();
          return;
        }
        answer.on('data', (part: Buffer) => void parts.push(part));
        answer.once('end', end);
        answer.once('error', reject);
      });
      asked.end(body);
    });

  async function signIn(username: string, password: string): Promise<string> {
    const answer = await fetch(
      `${origin.replace(hostname, '127.0.0.1')}/api/v1/auth/sign-in/username`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password }),
      },
    );
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (!answer.ok) throw new Error(`signing in was refused: ${await answer.text()}`);
    return cookie.join('; ');
  }

  return { send, signIn, stop: () => agent.destroy() };
}
