/** One message of a sensor as a network of LoRaWAN handed it over. */
export interface Uplink {
  network: 'chirpstack' | 'the-things-stack';
  /** 16 hexadecimal digits, lower case. */
  deviceEui: string;
  /** The same for every copy of the message, and for no other message of this network. */
  key: string;
  /** When it was received; null: the network did not say. See `receptionTime`. */
  at: Date | null;
  /** 0: no application payload. */
  port: number;
  bytes: Uint8Array;
  /** What a decoder of the network made of the bytes; null when it has none. */
  object: unknown;
  /** Of the gateway that heard it best; null: not told. */
  rssiDbm: number | null;
  /** Made by hand in the console of the network: never starts a stay. */
  simulated: boolean;
  /** Of the device; begins again when it joins anew. */
  frameCount: number;
}

/**
 * When a message was received. `server`: when the network got it, by a clock that is right but late where a gateway
 * held the message back. A gateway cannot receive after that, so its clock counts unless it is ahead; of
 * several the latest, since a clock behind the others is wrong.
 */
export function receptionTime(
  gateways: readonly (Date | null)[],
  server: Date | null,
): Date | null {
  const times = gateways.filter((at) => at !== null).filter((at) => !server || at <= server);
  return times.reduce<Date | null>((best, at) => (best && best >= at ? best : at), null) ?? server;
}

/** The strongest, dBm. A zero is a field that was left out. */
export function bestRssi(rssis: readonly (number | null | undefined)[]): number | null {
  const heard = rssis.filter((rssi) => typeof rssi === 'number').filter((rssi) => rssi !== 0);
  return heard.reduce<number | null>((best, rssi) => Math.max(best ?? rssi, rssi), null);
}

/** @throws RangeError for anything but an application port, 1..223. Source: LoRaWAN 1.0.4, clause 4.3.2. */
export function requireApplicationPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 223)
    throw new RangeError(`A downlink goes to a port from 1 to 223, not to ${port}.`);
}
