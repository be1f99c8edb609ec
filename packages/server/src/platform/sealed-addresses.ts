import type { Channel, Recipient } from '@vigie/contracts/recipients';
import { seal, unseal } from '@vigie/contracts/seal';

/** Before the sealed text of an address. */
const scheme = 'sealed:';
/** So many opened ones are remembered: rules of zones are read with every event. */
const mostOpened = 500;

type Named = string | Recipient;

/** Addresses of those outside as they are kept: of webhooks sealed, for path and query may hold a token. */
export interface SealedAddresses {
  seal(channel: Channel, address: string): Promise<string>;
  /** As it was before `seal`. What was never sealed, or by another key, stays as it is: nobody is told there, and the rest goes on. */
  open(kept: string): Promise<string>;
  /** The same for all of a zone. */
  sealAll(recipients: readonly Named[]): Promise<Named[]>;
  openAll(recipients: readonly Named[]): Promise<Named[]>;
}

/** `key`: 32 bytes. */
export function createSealedAddresses(key: Uint8Array<ArrayBuffer>): SealedAddresses {
  /** by sealed text */
  const opened = new Map<string, string>();

  async function open(kept: string): Promise<string> {
    if (!kept.startsWith(scheme)) return kept;
    const known = opened.get(kept);
    if (known !== undefined) return known;
    const address = await unseal(kept.slice(scheme.length), key).catch(() => undefined);
    if (address === undefined) return kept;
    if (opened.size >= mostOpened) opened.clear();
    opened.set(kept, address);
    return address;
  }

  const sealOne = async (channel: Channel, address: string): Promise<string> =>
    channel === 'webhook' ? scheme + (await seal(address, key)) : address;

  return {
    seal: sealOne,
    open,
    sealAll: (recipients) => turned(recipients, (address) => sealOne('webhook', address)),
    openAll: (recipients) => turned(recipients, open),
  };
}

/** With the address of each webhook as `turn` gives it. */
const turned = (
  recipients: readonly Named[],
  turn: (address: string) => Promise<string>,
): Promise<Named[]> =>
  Promise.all(
    recipients.map(async (named) =>
      typeof named === 'string' || named.channel !== 'webhook'
        ? named
        : { ...named, address: await turn(named.address) },
    ),
  );
