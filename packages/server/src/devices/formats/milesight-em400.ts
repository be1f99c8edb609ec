import { type Decoded, isUnreadable, type Reading, type Unreadable } from './reading.ts';
import { readTlv, type TlvField } from './tlv.ts';

/** How a distance becomes a state. */
export interface DistanceSettings {
  /** A car is there when something is nearer than this, mm. Depends on where the sensor is mounted. */
  thresholdMm: number;
}

/** What the fields of a message say; `isAlarm`: the distance crossed the limit that the sensor itself watches. */
interface Seen {
  batteryPercent?: number;
  temperatureC?: number;
  distanceMm?: number;
  isAlarm?: boolean;
  isTilted?: boolean;
  isPowerOn?: boolean;
  firmware?: string;
}

/**
 * Milesight EM400-MUD, -UDL and -TLD, LoRaWAN: fields of channel, type and data, little-endian, on any port (85 by
 * default, a setting). A distance alarm is a change, a periodic report a heartbeat. A tilted sensor looks
 * elsewhere: it says nothing about the space and reports a fault. So does a distance of 0 or above 32,767 mm, which
 * no model measures.
 * Source: Milesight, EM400-UDL / -TLD / -MUD User Guide, clauses 5.1 and 5.2; Milesight-IoT/SensorDecoders.
 */
export function decodeMilesightEm400(
  _port: number,
  bytes: Uint8Array,
  { thresholdMm }: DistanceSettings,
): Decoded {
  const parts = readTlv(bytes, (channel, type) => FIELDS.get((channel << 8) | type));
  if (isUnreadable(parts)) return parts;
  const seen = parts.reduce<Seen>((all, part) => Object.assign(all, part), {});
  const { batteryPercent, temperatureC, firmware } = seen;
  return {
    readings: [
      {
        kind: kindOf(seen),
        ...stateOf(seen, thresholdMm),
        ...(batteryPercent === undefined ? {} : { batteryPercent }),
        ...(temperatureC === undefined ? {} : { temperatureC }),
        ...(firmware === undefined ? {} : { firmware }),
      },
    ],
  };
}

function kindOf({ isPowerOn, isAlarm, ...seen }: Seen): Reading['kind'] {
  if (isPowerOn) return 'startup';
  if (isAlarm !== undefined) return 'change';
  const isMeasured = seen.distanceMm ?? seen.temperatureC ?? seen.batteryPercent ?? seen.isTilted;
  return isMeasured === undefined ? 'debug' : 'heartbeat';
}

function stateOf(
  { distanceMm, isTilted }: Seen,
  thresholdMm: number,
): Pick<Reading, 'occupied' | 'fault'> {
  if (isTilted) return { occupied: null, fault: 'tilt' };
  if (distanceMm === undefined) return { occupied: null };
  if (distanceMm === 0 || distanceMm > 0x7fff)
    return { occupied: null, fault: `distance ${distanceMm} mm` };
  return { occupied: distanceMm < thresholdMm };
}

/** By channel × 256 + type. */
const FIELDS: ReadonlyMap<number, TlvField<Seen>> = new Map<number, TlvField<Seen>>([
  [0x0175, { length: 1, read: battery }],
  [0x0367, { length: 2, read: temperature }],
  [0x0482, { length: 2, read: (data) => ({ distanceMm: data.getUint16(0, true) }) }],
  [0x0500, { length: 1, read: position }],
  /** Location, NB-IoT models only. */
  [0x0688, { length: 9 }],
  [0x8367, { length: 3, read: temperature }],
  [0x8482, { length: 3, read: distanceAlarm }],
  /** Versions of protocol and hardware. */
  [0xff01, { length: 1 }],
  [0xff09, { length: 2 }],
  [0xff0a, { length: 2, read: firmwareVersion }],
  [0xff0b, { length: 1, read: () => ({ isPowerOn: true }) }],
  /** LoRaWAN class, serial number, reset of the settings, version of the description. */
  [0xff0f, { length: 1 }],
  [0xff16, { length: 8 }],
  [0xfffe, { length: 1 }],
  [0xffff, { length: 2 }],
]);

/** More than full is no measurement; the rest of the message is not lost for it. */
function battery(data: DataView): Seen {
  const batteryPercent = data.getUint8(0);
  return batteryPercent > 100 ? {} : { batteryPercent };
}

function temperature(data: DataView): Seen {
  return { temperatureC: data.getInt16(0, true) / 10 };
}

function position(data: DataView): Seen | Unreadable {
  const value = data.getUint8(0);
  if (value > 1) return { unreadable: `position ${value} is neither 0 nor 1` };
  return { isTilted: value === 1 };
}

function distanceAlarm(data: DataView): Seen | Unreadable {
  const status = data.getUint8(2);
  if (status > 1) return { unreadable: `alarm ${status} is neither 0 nor 1` };
  return { distanceMm: data.getUint16(0, true), isAlarm: status === 1 };
}

/** `01 14` is 1.14: digits, not numbers. */
function firmwareVersion(data: DataView): Seen {
  return { firmware: `${data.getUint8(0).toString(16)}.${data.getUint8(1).toString(16)}` };
}
