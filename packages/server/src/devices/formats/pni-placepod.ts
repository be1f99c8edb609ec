import { type Decoded, isUnreadable, type Reading, type Unreadable } from './reading.ts';
import { readTlv, type TlvField } from './tlv.ts';

type News = Pick<Reading, 'kind' | 'occupied'>;
type Details = Omit<Reading, 'kind' | 'occupied'>;

/** News of the space or the sensor, or details that stand beside all news of the message. */
type Part = { news: News } | { beside: Details };

/**
 * PNI PlacePod, vehicle detection sensor: fields of channel, type and data, big-endian, on any port. One message may
 * hold several states; each is a reading. A message of measurements alone is a heartbeat that says nothing
 * about the space, and so are the counts of the vehicle counting sensor (channel 33).
 * Source: PNI, PlacePod Sensor Communications Protocol, clause 2.1; PNI-Cloud/PlacePod-Api (channel 5).
 */
export function decodePniPlacepod(_port: number, bytes: Uint8Array): Decoded {
  const parts = readTlv(bytes, fieldOf);
  if (isUnreadable(parts)) return parts;
  const news = parts.flatMap((part) => ('news' in part ? [part.news] : []));
  const beside = parts
    .flatMap((part) => ('beside' in part ? [part.beside] : []))
    .reduce<Details>((all, details) => Object.assign(all, details), {});
  const told: News[] = news.length > 0 ? news : [{ kind: 'heartbeat', occupied: null }];
  return { readings: told.map((one) => ({ ...one, ...beside })) };
}

/** Bytes of data by type: digital in and out, analog in and out, presence, temperature. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [0x00, 1],
  [0x01, 1],
  [0x02, 2],
  [0x03, 2],
  [0x66, 1],
  [0x67, 2],
]);

type Read = (data: DataView) => Part | Unreadable;

/** By channel × 256 + type. */
const FIELDS: ReadonlyMap<number, Read> = new Map<number, Read>([
  [0x0101, () => ({ news: { kind: 'debug', occupied: null } })],
  [0x0267, (data) => ({ beside: { temperatureC: data.getInt16(0) / 10 } })],
  [0x0302, (data) => ({ beside: { batteryVolts: data.getInt16(0) / 100 } })],
  [0x0500, errorRegister],
  [0x1566, (data) => presence('change', data)],
  [0x1c01, deactivated],
  /** Counts of vehicles. */
  [0x2100, () => ({ beside: {} })],
  [0x3700, () => ({ beside: {} })],
  [0x3766, (data) => presence('heartbeat', data)],
  [0x3f01, () => ({ news: { kind: 'startup', occupied: null } })],
]);

const DESCRIBED: ReadonlySet<number> = new Set([...FIELDS.keys()].map((key) => key >> 8));

/** A channel that is not described is passed over when its type tells its length. */
function fieldOf(channel: number, type: number): TlvField<Part> | undefined {
  const length = LENGTHS.get(type);
  if (length === undefined) return undefined;
  const read = FIELDS.get((channel << 8) | type);
  if (read) return { length, read };
  return DESCRIBED.has(channel) ? undefined : { length };
}

function presence(kind: 'change' | 'heartbeat', data: DataView): Part | Unreadable {
  const value = data.getUint8(0);
  if (value > 1) return { unreadable: `presence ${value} is neither 0 nor 1` };
  return { news: { kind, occupied: value === 1 } };
}

function errorRegister(data: DataView): Part {
  const register = data.getUint8(0);
  return { beside: register === 0 ? {} : { fault: `error register ${register}` } };
}

/** A sensor that was told to sense nothing any more: a fault, for us. */
function deactivated(data: DataView): Part {
  return { beside: data.getUint8(0) === 1 ? { fault: 'deactivated' } : {} };
}
