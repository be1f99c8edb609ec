import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { DirectoryServer } from '@vigie/contracts/directory-servers';
import { Client, InvalidCredentialsError } from 'ldapts';
import { messageOf, Unavailable } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { bindRefusalOf } from './bind-refusal.ts';
import { readStrictly } from './strict-ber.driver.ts';

/** In whose name the directory is asked: a distinguished name or `name@domain`, and a password. */
export interface Binder {
  user: string;
  password: string;
}

interface ConnectionsOptions {
  /** In order; the next one is asked when one does not answer. */
  servers: readonly DirectoryServer[];
  /** PEM. Set: only certificates of this authority are taken; `undefined`: those that Node knows. */
  ca: string | undefined;
  log: Log;
}

/** The directory does not take this name and password. */
export class BindRefused extends Error {
  readonly refusal: ReturnType<typeof bindRefusalOf>;

  constructor(text: string) {
    super('the directory refused name or password');
    this.refusal = bindRefusalOf(text);
  }
}

const connectMs = 3_000;
const answerMs = 10_000;
/** A server that failed is asked last for so long. */
const avoidMs = 60_000;

/** Connections to the first server that answers. Encrypted, each for one piece of work; referrals are not followed. */
export function createConnections({ servers, ca, log }: ConnectionsOptions) {
  readStrictly();
  /** by address; until when it is avoided, ms since 1970 */
  const avoided = new Map<string, number>();
  const isAvoided = ({ url }: DirectoryServer) => (avoided.get(url) ?? 0) > Date.now();

  /**
   * Binds as `who` and works; `limitMs` holds for all of it.
   * @throws BindRefused; Unavailable when no server answers, or the work takes longer than `limitMs`.
   */
  async function within<T>(
    who: Binder,
    work: (client: Client) => Promise<T>,
    limitMs = 15_000,
  ): Promise<T> {
    mustHavePassword(who);
    const order = [...servers].sort((a, b) => Number(isAvoided(a)) - Number(isAvoided(b)));
    const failures: string[] = [];
    for (const server of order) {
      try {
        return await onServer(
          server,
          async (client) => {
            await bind(client, who);
            avoided.delete(server.url);
            return work(client);
          },
          limitMs,
        );
      } catch (error) {
        if (error instanceof BindRefused || error instanceof Unavailable) throw error;
        avoided.set(server.url, Date.now() + avoidMs);
        failures.push(`${server.url}: ${messageOf(error)}`);
        log.warn(
          { server: server.url, error: messageOf(error) },
          'a directory server did not answer',
        );
      }
    }
    throw away(failures.join('; '));
  }

  async function onServer<T>(
    server: DirectoryServer,
    work: (client: Client) => Promise<T>,
    limitMs: number,
  ): Promise<T> {
    const { client, destroy } = clientOf(server, ca);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
    });
    try {
      const asked = startTls(client, server, ca).then(() => work(client));
      const answer = await Promise.race([asked, late]);
      await client.unbind().catch(() => undefined);
      return answer;
    } finally {
      clearTimeout(timer);
      destroy();
    }
  }

  return within;
}

/**
 * Keeps hold of the socket, so that one which hangs in the middle of a handshake can be ended. The library would connect
 * anew after a break, without StartTLS, and send what comes next in the clear: a client connects once.
 */
function clientOf({ url, host, security }: DirectoryServer, ca: string | undefined) {
  /** by kind of connection */
  const sockets = new Map<string, Socket>();
  const once = <S extends Socket>(kind: string, open: () => S): S => {
    if (sockets.has(kind)) throw new Error('the connection was lost');
    const socket = open();
    sockets.set(kind, socket);
    return socket;
  };
  const client = new Client({
    url,
    connectTimeout: connectMs,
    timeout: answerMs,
    createConnection: ((...given: Parameters<typeof connect>) =>
      once('tcp', () => connect(...given))) as typeof connect,
    createSecureConnection: ((...given: Parameters<typeof connectTls>) =>
      once('tls', () => connectTls(...given))) as typeof connectTls,
    ...(security === 'tls' ? { tlsOptions: tlsOptions(host, ca) } : {}),
  });
  return {
    client,
    destroy: () => {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
}

async function startTls(
  client: Client,
  { host, security }: DirectoryServer,
  ca: string | undefined,
) {
  if (security === 'starttls') await client.startTLS(tlsOptions(host, ca));
}

/** The certificate must bear the name that was configured, and come from the pinned authority where there is one. */
const tlsOptions = (host: string, ca: string | undefined): ConnectionOptions => ({
  host,
  minVersion: 'TLSv1.2',
  rejectUnauthorized: true,
  ...(isIP(host) ? {} : { servername: host }),
  ...(ca === undefined ? {} : { ca }),
});

/** @throws BindRefused */
async function bind(client: Client, { user, password }: Binder): Promise<void> {
  try {
    await client.bind(user, password);
  } catch (error) {
    if (error instanceof InvalidCredentialsError) throw new BindRefused(error.message);
    throw error;
  }
}

/** A bind without a password succeeds, as nobody. Source: RFC 4513, 5.1.2. @throws BindRefused */
function mustHavePassword({ user, password }: Binder): void {
  if (user === '' || password === '') throw new BindRefused('data 52e');
}

/** What to say when the directory cannot be asked. */
const away = (why: string): Unavailable =>
  new Unavailable(
    'accounts/directory-away',
    'The directory of the town does not answer. Try again later; local accounts go on working.',
    { cause: why },
  );
