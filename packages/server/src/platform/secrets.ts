import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from './config.ts';
import { Conflict } from './errors.ts';
import type { KeyCheckStore } from './key-check.store.ts';
import { type RootKeyFile, rootKeyFile } from './root-key.driver.ts';

/** What each key is for. A purpose that seals something needs a part in `renew-key.ts`. */
export type KeyPurpose =
  | 'vision workers'
  | 'recipients'
  | 'subscribers'
  | 'sessions'
  | 'alarm webhooks'
  | 'key check';

/** Keys of this installation, all derived from one secret. */
export interface Secrets {
  /** 32 bytes for the named purpose; the same for the same secret. */
  keyFor(purpose: KeyPurpose): Uint8Array<ArrayBuffer>;
}

/** `root`: `VIGIE_SECRET`, or what lies in `secret.key`. */
export const secretsOf = (root: string): Secrets => ({
  keyFor: (purpose) => new Uint8Array(hkdfSync('sha256', root, 'vigie', purpose, 32)),
});

/** Where the secret is: in the environment, or (`undefined`) in `secret.key` of the folder. */
type SecretPlace = Pick<Config, 'VIGIE_DATA' | 'VIGIE_SECRET'>;

/**
 * The keys by which the database is sealed. On first use the secret is drawn, and the database remembers its digest.
 * @throws Conflict naming the remedy when the secret is another database's, or missing.
 */
export async function openSecrets(
  { VIGIE_DATA: dataDir, VIGIE_SECRET: secret }: SecretPlace,
  check: KeyCheckStore,
): Promise<Secrets> {
  const file = rootKeyFile(dataDir);
  const known = await check.find();
  const root = secret ?? (await rootIn(file, known));
  const secrets = secretsOf(root);
  const digest = checkOf(secrets);
  if ((known ?? (await check.add(digest))) === digest) return secrets;
  const what = secret === undefined ? `The key in ${file.path}` : 'VIGIE_SECRET';
  throw wrongKey(`${what} is not the one by which this database is sealed.`);
}

/** What a database keeps to know its key again; nothing can be opened by it. Hex. */
export const checkOf = (secrets: Secrets): string =>
  keyedDigestOf(secrets.keyFor('key check'), 'vigie');

/** A fresh root: 32 random bytes in hex. */
export const drawRoot = (): string => randomBytes(32).toString('hex');

/** Finishes or undoes a change of the key that a power cut interrupted: what the database says counts. */
async function rootIn(file: RootKeyFile, known: string | undefined): Promise<string> {
  const fits = (root: string | undefined) =>
    root !== undefined && checkOf(secretsOf(root)) === known;
  const root = await file.find();
  if (known === undefined) return root ?? drawInto(file);
  const next = await file.findNext();
  if (next !== undefined && fits(next)) {
    await file.keepNext();
    return next;
  }
  if (root === undefined) throw wrongKey(`This database is sealed, and ${file.path} is missing.`);
  if (fits(root)) await file.dropNext();
  return root;
}

async function drawInto(file: RootKeyFile): Promise<string> {
  const root = drawRoot();
  await file.writeNext(root);
  await file.keepNext();
  return root;
}

const wrongKey = (why: string): Conflict =>
  new Conflict(
    'platform/key-wrong',
    `${why} Put the secret.key that belongs to this database into the data folder, or start with its VIGIE_SECRET: the newer one if the key was renewed since, that of its day if the database comes from a backup. If it is lost for good: vigie renew-key --lost. Nothing was changed.`,
  );

/** A key where a text is wanted: in base64. */
export const textKeyOf = (secrets: Secrets, purpose: KeyPurpose): string =>
  Buffer.from(secrets.keyFor(purpose)).toString('base64');

/** 32 bytes by which addresses of cameras are sealed for the workers. */
export const workersKeyOf = (secrets: Secrets): Uint8Array<ArrayBuffer> =>
  secrets.keyFor('vision workers');

/** The same of an installation that is there; `undefined`: this machine does not hold its secret. */
export async function findWorkersKey(
  dataDir: string,
  secret: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const root = secret ?? (await rootKeyFile(dataDir).find());
  return root === undefined ? undefined : workersKeyOf(secretsOf(root));
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
