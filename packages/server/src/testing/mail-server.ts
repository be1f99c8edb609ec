import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on 127.0.0.1 that can be brought to fail as mail servers do. */
export interface TestMailServer {
  url: string;
  /** Raw letters, in order of arrival. */
  letters: string[];
  /** As long as it is `true`, every letter is refused with a passing error. */
  refuses: boolean;
  /** As long as it is `true`, nothing is answered to the end of a letter, and nothing is kept. */
  stalls: boolean;
  /** As long as it is `true`, letters are kept, and the connection breaks instead of the answer. */
  drops: boolean;
  stop(): Promise<void>;
}

/** `port` 0: a free one; otherwise the one of a server that was stopped and comes back. */
export async function startMailServer(port = 0): Promise<TestMailServer> {
  const state = { letters: [] as string[], refuses: false, stalls: false, drops: false };
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (_login, _session, done) => done(null, { user: 'anybody' }),
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onMailFrom: (_address, _session, done) =>
      done(
        state.refuses ? Object.assign(new Error('come back later'), { responseCode: 451 }) : null,
      ),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        if (state.stalls) return;
        state.letters.push(Buffer.concat(chunks).toString());
        if (state.drops) for (const socket of sockets) socket.destroy();
        else done();
      });
    },
  });
  // A client that gives up on a stalled connection is what is tested, no failure of the server.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address() as AddressInfo;
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${address.port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
