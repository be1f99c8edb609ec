import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';
import type { Clock } from './clock.ts';
import { InvalidInput, messageOf } from './errors.ts';
import type { Log } from './log.ts';
import { createRepeated } from './repeat.ts';

/** Paths of PEM files: the certificate with those between it and its authority, and its private key. */
export interface TlsPaths {
  cert: string;
  key: string;
}

/** What the server shows to prove who it is. */
export interface ServerTls {
  /** As it is now. */
  context(): SecureContextOptions;
  /** When the certificate ends. */
  until(): Date;
  /** Calls back with a certificate that was renewed on the disk, and warns from thirty days before the end. */
  follow(onRenewed: (context: SecureContextOptions) => void): void;
  stop(): Promise<void>;
}

interface TlsOptions {
  clock: Clock;
  log: Log;
  /** How often the files are looked at. */
  everyMs?: number;
}

/** Files by which the outside broker is known, and by which it knows us. */
interface BrokerPaths {
  VIGIE_MQTT_CA?: string | undefined;
  VIGIE_MQTT_CERT?: string | undefined;
  VIGIE_MQTT_KEY?: string | undefined;
}

/** The certificate is told about from so long before its end. */
const warnDays = 30;

const dayMs = 86_400_000;
/** Tools that renew replace links, which no file watcher sees: so the files are read. */
const usualEveryMs = 60_000;

interface Read {
  text: string;
  context: SecureContextOptions;
  from: Date;
  until: Date;
}

/**
 * A certificate whose time is over is used all the same, with a warning each day: it is better that browsers complain than that
 * nobody counts who is in the house. @throws InvalidInput naming the variable, when a file cannot be read or they do not belong together.
 */
export async function openServerTls(paths: TlsPaths, options: TlsOptions): Promise<ServerTls> {
  const { clock, log, everyMs = usualEveryMs } = options;
  let current = await readPair(paths);
  let refused: string | undefined;
  let warnedAt = Number.NEGATIVE_INFINITY;
  let onRenewed = (_: SecureContextOptions): void => undefined;

  function warn(): void {
    const now = clock.now();
    const { from, until } = current;
    const days = Math.floor((until.getTime() - now.getTime()) / dayMs);
    if ((days >= warnDays && from <= now) || now.getTime() - warnedAt < dayMs) return;
    warnedAt = now.getTime();
    const text = isValid(current, now)
      ? 'the certificate ends soon; renew it'
      : 'the certificate is not valid now, and browsers and bollards refuse it; renew it, or set the clock';
    log.warn({ path: paths.cert, from, until, days }, text);
  }

  async function look(): Promise<number> {
    const found = await readPair(paths, current.text);
    if (found && !isValid(found, clock.now()) && isValid(current, clock.now()))
      throw wrong('VIGIE_TLS_CERT', `${paths.cert} is not valid now`);
    refused = undefined;
    if (found) {
      current = found;
      warnedAt = Number.NEGATIVE_INFINITY;
      onRenewed(found.context);
      log.info({ until: found.until }, 'a renewed certificate is in use');
    }
    warn();
    return everyMs;
  }

  const looking = createRepeated(look, {
    firstMs: 0,
    retryMs: everyMs,
    // Both files are not written at the same moment: what does not fit yet is looked at again.
    failed: (error) => {
      const why = messageOf(error);
      if (why !== refused)
        log.warn({ error: why }, 'the certificate on the disk is not taken; the former goes on');
      refused = why;
      warn();
    },
  });

  return {
    context: () => current.context,
    until: () => current.until,
    follow: (act) => {
      onRenewed = act;
      looking.start();
    },
    stop: looking.stop,
  };
}

const isValid = ({ from, until }: Pick<Read, 'from' | 'until'>, now: Date): boolean =>
  from <= now && now < until;

/** `undefined` when the files hold `known`, what was read before. */
async function readPair(paths: TlsPaths): Promise<Read>;
async function readPair(paths: TlsPaths, known: string): Promise<Read | undefined>;
async function readPair(paths: TlsPaths, known?: string): Promise<Read | undefined> {
  const cert = await readPem('VIGIE_TLS_CERT', paths.cert);
  const key = await readPem('VIGIE_TLS_KEY', paths.key);
  const text = cert + key;
  if (text === known) return undefined;
  const certificate = parsed(() => new X509Certificate(cert), {
    name: 'VIGIE_TLS_CERT',
    fault: `${paths.cert} holds no certificate in PEM`,
  });
  const privateKey: KeyObject = parsed(() => createPrivateKey(key), {
    name: 'VIGIE_TLS_KEY',
    fault: `${paths.key} holds no private key in PEM, or one that asks for a password`,
  });
  if (!certificate.checkPrivateKey(privateKey))
    throw wrong('VIGIE_TLS_KEY', `${paths.key} is not the key of the certificate ${paths.cert}`);
  const [from, until] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  return { text, context: { cert, key, minVersion: 'TLSv1.2' }, from, until };
}

function parsed<T>(read: () => T, { name, fault }: { name: string; fault: string }): T {
  try {
    return read();
  } catch (cause) {
    throw wrong(name, fault, cause);
  }
}

const wrong = (name: string, fault: string, cause?: unknown): InvalidInput =>
  new InvalidInput('input/invalid', `${name}: ${fault}.`, { cause });

/** The text of a file that the configuration names. `name`: of the variable. @throws InvalidInput */
async function readPem(name: string, path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw wrong(name, `${path} cannot be read (${cause.code})`, cause);
  });
}

/** @throws InvalidInput when a file cannot be read. */
export async function readBrokerTls(
  paths: BrokerPaths,
): Promise<{ ca?: string; cert?: string; key?: string }> {
  const read = async (name: keyof BrokerPaths) => {
    const path = paths[name];
    return path === undefined ? undefined : readPem(name, path);
  };
  const [ca, cert, key] = [
    await read('VIGIE_MQTT_CA'),
    await read('VIGIE_MQTT_CERT'),
    await read('VIGIE_MQTT_KEY'),
  ];
  return { ...(ca ? { ca } : {}), ...(cert && key ? { cert, key } : {}) };
}
