import { Id } from '@vigie/contracts/ids';

/** What a scanned or typed code names: a device by its EUI (16 hexadecimal digits, lower case), or a space by a label of ours. */
export type PairingCode = { deviceEui: string } | { spaceId: string };

/** `LW:D0:JoinEUI:DevEUI:ProfileID` and what a maker adds. Source: LoRa Alliance TR005. */
const lorawan = /^LW:D\d:[0-9A-F]{16}:([0-9A-F]{16}):[0-9A-F]{8}(?::|$)/i;

/**
 * Reads the code on a sensor or on a label of ours: LoRaWAN, the address of a citizen's page, or an EUI alone, with or
 * without marks between its digits. `undefined`: none of these.
 */
export function readPairingCode(text: string): PairingCode | undefined {
  const code = text.trim();
  const spaceId = spaceIn(code);
  if (spaceId) return { spaceId };
  const digits = lorawan.exec(code)?.[1] ?? code.replaceAll(/[\s:.-]/g, '');
  return /^[0-9a-f]{16}$/i.test(digits) ? { deviceEui: digits.toLowerCase() } : undefined;
}

/** The space whose citizen's page an address opens, whatever the town's server is called. */
function spaceIn(code: string): string | undefined {
  if (!/^https?:/i.test(code) || !URL.canParse(code)) return undefined;
  const [, id] = /^\/b\/([^/]+)\/?$/.exec(new URL(code).pathname) ?? [];
  return id !== undefined && Id.safeParse(id).success ? id : undefined;
}
