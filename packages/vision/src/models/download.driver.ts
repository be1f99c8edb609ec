import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createSilenceWatch, writeHashed } from './hashed-file.driver.ts';

/** A model that could not be fetched; the message says why and what to do. */
class DownloadFailed extends Error {}

/** No detector weighs more. */
const MOST_BYTES = 2 ** 31;

export interface Download {
  readonly url: string;
  /** 64 hexadecimal digits that the file must have */
  readonly sha256: string;
  readonly out: string;
  /** `total`: bytes; `undefined` where the server does not say */
  readonly onProgress: (bytes: number, total: number | undefined) => void;
}

/** HTTPS, and HTTP from this machine. @throws DownloadFailed */
function checkAddress(text: string): URL {
  const url = URL.parse(text);
  const isHere = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) return url;
  throw new DownloadFailed(`${text} is no address that begins with https://; give one`);
}

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
};

async function request(url: URL, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    throw new DownloadFailed(
      `${url.host} cannot be reached (${reasonOf(cause)}); check the network, or fetch the file on another machine and put it into the models folder`,
      { cause },
    );
  });
  checkAddress(response.url);
  if (response.ok) return response;
  throw new DownloadFailed(`${url.href} answers ${response.status}; check the address`);
}

/** Writes the answer to a file as it comes; gives its hash. */
async function receive(
  url: URL,
  path: string,
  onProgress: Download['onProgress'],
): Promise<string> {
  const watch = createSilenceWatch();
  try {
    const { body, headers } = await request(url, watch.signal);
    if (!body) throw new Error('it is empty');
    const total = Number(headers.get('content-length')) || undefined;
    const onBytes = (bytes: number): void => {
      watch.heard();
      onProgress(bytes, total);
    };
    return await writeHashed(body, { path, mostBytes: MOST_BYTES, onBytes });
  } finally {
    watch.stop();
  }
}

async function isThere(out: string, sha256: string): Promise<boolean> {
  const bytes = await readFile(out).catch(() => undefined);
  if (!bytes) return false;
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return true;
  throw new DownloadFailed(`${out} is there already, with other contents; move it away first`);
}

/**
 * Fetches a model; the file appears whole and with the expected hash, or not at all. `false`: it was there already.
 * @throws DownloadFailed
 */
export async function download({ url, sha256, out, onProgress }: Download): Promise<boolean> {
  const address = checkAddress(url);
  if (await isThere(out, sha256)) return false;
  const part = `${out}.part`;
  await mkdir(dirname(out), { recursive: true });
  try {
    const found = await receive(address, part, onProgress).catch((cause: unknown) => {
      if (cause instanceof DownloadFailed) throw cause;
      throw new DownloadFailed(`the download broke off (${reasonOf(cause)}); try again`, { cause });
    });
    if (found !== sha256) {
      throw new DownloadFailed(
        `${url} gave a file with the hash ${found}, not ${sha256}; nothing was kept. Check the address and the hash`,
      );
    }
    await rename(part, out);
    return true;
  } finally {
    await rm(part, { force: true });
  }
}
