import { lookup } from 'node:dns/promises';
import { forbiddenKindOf } from '@vigie/contracts/addresses';
import type { SourceUrl } from './source-url.ts';

/** A camera whose address may not be connected to; the message names it and the remedy. */
class AddressForbidden extends Error {}

/**
 * Looks up where the address leads, refuses what is forbidden, and puts the address that was checked in place of the name:
 * a name that is given another meaning meanwhile leads nowhere else. Over TLS the name stays, for the certificate is of it.
 * `allowed`: addresses and networks that are allowed all the same.
 * @throws AddressForbidden; Error when the name is unknown.
 */
export async function resolveSource(
  source: SourceUrl,
  allowed: readonly string[],
): Promise<SourceUrl> {
  if (source.kind === 'file') return source;
  const url = new URL(source.url);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(name, { all: true });
  for (const { address } of found) {
    const kind = forbiddenKindOf(address, allowed);
    if (kind) throw new AddressForbidden(refusalOf(name, address, kind));
  }
  const [first] = found;
  const isOverTls = url.protocol === 'rtsps:' || url.protocol === 'https:';
  if (!first || isOverTls || first.address === name) return source;
  const { host } = url;
  url.hostname = first.family === 6 ? `[${first.address}]` : first.address;
  return { ...source, url: url.href, ...(source.kind === 'http' ? { host } : {}) };
}

const refusalOf = (name: string, address: string, kind: string): string =>
  `${name} leads to ${address} (${kind}), where no camera is looked for; if one is there, name it in VIGIE_CAMERA_ALLOW`;
