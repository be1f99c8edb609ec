import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A model that could not be fetched; the message says why and what to do. */
class DownloadFailed extends Error {}

/** A server that sends nothing for this long has gone. */
const SILENCE_MS = 30_000;
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

/** Aborts when nothing was heard for a while. */
function createSilenceWatch() {
  const controller = new AbortController();
  const abort = (): void =>
    controller.abort(new Error(`nothing came for ${SILENCE_MS / 1000} seconds`));
  const timer = setTimeout(abort, SILENCE_MS);
  return {
    signal: controller.signal,
    heard: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  };
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
  if (response.ok && response.body) return response;
  throw new DownloadFailed(`${url.href} answers ${response.status}; check the address`);
}

/** Writes the answer to a file as it comes; gives its hash. */
async function receive(
  url: URL,
  path: string,
  onProgress: Download['onProgress'],
): Promise<string> {
  const watch = createSilenceWatch();
  const file = await open(path, 'w');
  const hash = createHash('sha256');
  try {
    const response = await request(url, watch.signal);
    const total = Number(response.headers.get('content-length')) || undefined;
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      watch.heard();
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new Error('it is larger than any detector');
      hash.update(chunk);
      await file.write(chunk);
      onProgress(bytes, total);
    }
    return hash.digest('hex');
  } finally {
    watch.stop();
    await file.close();
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
