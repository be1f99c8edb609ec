import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on a free port of 127.0.0.1. */
export interface TestMailServer {
  url: string;
  /** Raw letters, in order of arrival. */
  letters: string[];
  /** As long as it is `true`, every letter is refused with a passing error. */
  refuses: boolean;
  stop(): Promise<void>;
}

export async function startMailServer(): Promise<TestMailServer> {
  const state = { letters: [] as string[], refuses: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom: (_address, _session, done) =>
      done(
        state.refuses ? Object.assign(new Error('come back later'), { responseCode: 451 }) : null,
      ),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        state.letters.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(state, {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
