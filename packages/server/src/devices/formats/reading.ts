/** What one message of a sensor says. `occupied` null: the message says nothing about it. */
export interface Reading {
  /** Only `change` and `heartbeat` move the state of a space; `startup` asks for confirmation. */
  kind: 'change' | 'heartbeat' | 'startup' | 'registration' | 'debug';
  occupied: boolean | null;
  /** How long the state before lasted, ms; repairs a lost uplink. Missing: not told, or beyond what can be told. */
  previousStateMs?: number;
  /** The sensor itself says that this is another car. */
  isNewVehicle?: boolean;
  /** 0..100 */
  batteryPercent?: number;
  batteryVolts?: number;
  temperatureC?: number;
  /** As the sensor itself reports it; what the gateways heard stands in the uplink. */
  rssiDbm?: number;
  firmware?: string;
  /** A fault the sensor itself reports, in its own words. */
  fault?: string;
}

/** Why a message could not be read. The caller keeps the raw bytes and shows them; nothing is guessed. */
export interface Unreadable {
  unreadable: string;
}

/** The readings of one message, in its order, at least one; or why it could not be read. */
export type Decoded = { readings: Reading[] } | Unreadable;

/** `true` when something could not be read. */
export const isUnreadable = (outcome: object): outcome is Unreadable => 'unreadable' in outcome;

/** `0x07`: a byte as the manuals write it. */
export const hexByte = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;

/** The answer to a port that the maker's description does not name. */
export const unknownPort = (port: number): Unreadable => ({
  unreadable: `port ${port} is unknown`,
});

/** The answer to a payload that is shorter or longer than the maker describes. */
export const wrongLength = (port: number, bytes: Uint8Array): Unreadable => ({
  unreadable: `port ${port}: ${bytes.length} bytes are not a length of this message`,
});
