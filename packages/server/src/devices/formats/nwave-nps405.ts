import { type Decoded, hexByte, type Reading, unknownPort, wrongLength } from './reading.ts';

/**
 * Nwave parking sensor NPS405 (G4). Port 1: change, 1 byte; 2: heartbeat, 6 bytes; 3: startup, 5 bytes; 6: debug;
 * 10: registration of a permit tag, 5 bytes, or 6 with the battery of the tag. Occupied is bit 0 and the length
 * of the state before bits 7–1. The number of the tag names a person and is not passed on.
 * Source: Nwave, LoRaWAN Parking Sensor – Getting Started, clauses 4.2.1 to 4.2.5;
 * TheThingsNetwork/lorawan-devices, vendor/nwave/nps405 (the maker's decoder and examples).
 */
export function decodeNwaveNps405(port: number, bytes: Uint8Array): Decoded {
  const read = MESSAGES[port];
  if (!read) return unknownPort(port);
  const reading = read(bytes);
  return reading ? { readings: [reading] } : wrongLength(port, bytes);
}

/** By port; `undefined` when the length is wrong. */
const MESSAGES: Readonly<Record<number, (bytes: Uint8Array) => Reading | undefined>> = {
  1: (bytes) => (bytes.length === 1 ? change(byteAt(bytes, 0)) : undefined),
  2: (bytes) => (bytes.length === 6 ? heartbeat(bytes) : undefined),
  3: (bytes) => (bytes.length === 5 ? startup(bytes) : undefined),
  6: () => ({ kind: 'debug', occupied: null }),
  10: (bytes) =>
    bytes.length === 5 || bytes.length === 6 ? registration(byteAt(bytes, 0)) : undefined,
};

const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

const isOccupied = (byte: number): boolean => (byte & 1) === 1;

const change = (byte: number): Reading => ({
  kind: 'change',
  occupied: isOccupied(byte),
  ...previousState(byte >> 1),
});

/** A registration without a car says nothing about the space. */
const registration = (byte: number): Reading =>
  isOccupied(byte)
    ? { ...change(byte), kind: 'registration' }
    : { kind: 'registration', occupied: null };

/** Byte 0 state and health of the hardware, 1 battery (4 mV above 2.5 V), 2 temperature (int8, 0.5 °C above 10). */
function heartbeat(bytes: Uint8Array): Reading {
  const health = byteAt(bytes, 0) >> 1;
  const [halfDegrees = 0] = new Int8Array(bytes.subarray(2, 3));
  return {
    kind: 'heartbeat',
    occupied: isOccupied(byteAt(bytes, 0)),
    batteryVolts: (2500 + byteAt(bytes, 1) * 4) / 1000,
    temperatureC: halfDegrees / 2 + 10,
    ...(health === 0 ? {} : { fault: `hardware health ${hexByte(health)}` }),
  };
}

const RESET_FAULTS: Readonly<Record<number, string>> = { 1: 'watchdog', 6: 'brownout' };

/** Bytes 0–2 firmware, 3 cause of the reset, 4 state. */
function startup(bytes: Uint8Array): Reading {
  const fault = RESET_FAULTS[byteAt(bytes, 3)];
  return {
    kind: 'startup',
    occupied: isOccupied(byteAt(bytes, 4)),
    firmware: bytes.subarray(0, 3).join('.'),
    ...(fault ? { fault } : {}),
  };
}

/** Eleven minutes or more: how much more is not told. */
const OVERFLOW = 127;

/** Steps of 1 s up to 90 s, of 5 s up to 4 min, of 1 min up to 11 min; each tells the least it can have been. */
function previousState(code: number): Pick<Reading, 'previousStateMs'> {
  if (code >= OVERFLOW) return {};
  if (code >= 120) return { previousStateMs: (240 + (code - 120) * 60) * 1000 };
  if (code >= 90) return { previousStateMs: (90 + (code - 90) * 5) * 1000 };
  return { previousStateMs: code * 1000 };
}
