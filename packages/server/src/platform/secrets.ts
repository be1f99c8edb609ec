import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { access, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Keys of this installation, all derived from one secret. */
export interface Secrets {
  /** 32 bytes for the named purpose; the same for the same secret. */
  keyFor(purpose: string): Uint8Array<ArrayBuffer>;
}

/** Uses `secret`, or the one in `<dataDir>/secret.key`, which is drawn on first use (mode 0600). */
export async function openSecrets(dataDir: string, secret: string | undefined): Promise<Secrets> {
  const root = secret ?? (await readOrDrawSecret(dataDir));
  return {
    keyFor: (purpose) => new Uint8Array(hkdfSync('sha256', root, 'vigie', purpose, 32)),
  };
}

/** 32 bytes by which addresses of cameras are sealed for the workers. */
export const workersKeyOf = (secrets: Secrets): Uint8Array<ArrayBuffer> =>
  secrets.keyFor('vision workers');

/** The same of an installation that is there; `undefined`: this machine does not hold its secret. */
export async function findWorkersKey(
  dataDir: string,
  secret: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const isHere =
    secret !== undefined ||
    (await access(join(dataDir, 'secret.key')).then(
      () => true,
      () => false,
    ));
  return isHere ? workersKeyOf(await openSecrets(dataDir, secret)) : undefined;
}

async function readOrDrawSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret.key');
  await mkdir(dataDir, { recursive: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(32).toString('hex'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(path, 'utf8')).trim();
}

/** A key for a device: 160 random bits in 32 characters that are easy to type. */
export const drawKey = (): string => {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
  return Array.from(randomBytes(32), (byte) => alphabet[byte & 31]).join('');
};

/** Keys of devices are long and random, so a plain digest protects them at rest. Hex. */
export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** For texts that are short enough to be guessed: without the key nobody can try them until one fits. Hex. */
export const keyedDigestOf = (key: string | Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');

/** Compares in constant time. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
