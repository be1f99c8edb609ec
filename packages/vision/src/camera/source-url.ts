/** An address of a camera that may be opened. */
export interface SourceUrl {
  /** what FFmpeg opens; holds the password */
  readonly url: string;
  readonly kind: 'rtsp' | 'http' | 'file';
  /** the address without name and password, for logs */
  readonly shown: string;
  /** what the camera is asked for as, where `url` holds another name for it; with its port */
  readonly host?: string;
}

const KINDS: Readonly<Record<string, SourceUrl['kind']>> = {
  'rtsp:': 'rtsp',
  'rtsps:': 'rtsp',
  'http:': 'http',
  'https:': 'http',
  'file:': 'file',
};

/**
 * Reads the address of a camera: rtsp, rtsps, http, https, and file for tests and the demo; nothing else is ever given to
 * FFmpeg, whose other protocols read local files and devices.
 * `undefined`: no address, or a scheme that is not allowed.
 */
export function sourceUrlOf(text: string): SourceUrl | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const kind = KINDS[url.protocol];
  if (!kind) return undefined;
  if (kind !== 'file' && url.hostname === '') return undefined;
  const shown = new URL(text);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  return { url: text, kind, shown: shown.href };
}

/** Removes a camera's address with its name and password from a text that may quote it. */
export function withoutSecrets(text: string, source: SourceUrl): string {
  const { username, password, search } = new URL(source.url);
  const secrets = [`${username}:${password}@`, password, decoded(password), search];
  return secrets
    .filter((secret) => secret.length > 1)
    .reduce(
      (clean, secret) => clean.replaceAll(secret, ''),
      text.replaceAll(source.url, source.shown),
    );
}

/** A password may hold a `%` that encodes nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Microseconds, the unit of FFmpeg: a camera that says nothing for this long is lost. */
const SILENCE_US = '5000000';

/** Microseconds and frames: live cameras are looked at as soon as their size is known, from the first key frame on. */
const QUICK_START = { analyzeduration: '1000000', fpsprobesize: '0' };

/** By kind; only the protocols that a camera of this kind needs are opened. */
const demuxerOptions: Readonly<Record<SourceUrl['kind'], Readonly<Record<string, string>>>> = {
  rtsp: {
    protocol_whitelist: 'rtsp,rtsps,rtp,srtp,tcp,udp,tls,crypto',
    rtsp_transport: 'tcp',
    timeout: SILENCE_US,
    ...QUICK_START,
  },
  http: {
    protocol_whitelist: 'http,https,tcp,tls,crypto,httpproxy',
    rw_timeout: SILENCE_US,
    max_redirects: '0',
    ...QUICK_START,
  },
  file: { protocol_whitelist: 'file' },
};

/** Options of FFmpeg's demuxer for a camera. */
export const demuxerOptionsOf = ({ kind, host }: SourceUrl): Readonly<Record<string, string>> => ({
  ...demuxerOptions[kind],
  ...(host ? { headers: `Host: ${host}\r\n` } : {}),
});
