import { type Decoded, unknownPort, wrongLength } from './reading.ts';

/**
 * Bosch Parking Lot Sensor TPS110. Port 1: change; 2: heartbeat, with the temperature (int8, °C) since firmware
 * 0.29; 3: startup, 17 bytes; 6: debug, 10 bytes. Occupied is bit 0 of the only or last byte, the bits above it
 * are reserved. There is no battery field. The cause of a reset (byte 15) is not passed on: two descriptions
 * of different firmware number it differently.
 * Source: Bosch Connected Devices and Solutions, Parking Lot Sensor, Communication Interface, v0.23.3 and
 * v0.29.4; TheThingsNetwork/lorawan-devices, vendor/bosch (examples).
 */
export function decodeBoschTps110(port: number, bytes: Uint8Array): Decoded {
  switch (port) {
    case 1:
      return bytes.length === 1 ? state('change', bytes, 0) : wrongLength(port, bytes);
    case 2:
      return heartbeat(bytes);
    case 3:
      return startup(bytes);
    case 6:
      return bytes.length === 10
        ? { readings: [{ kind: 'debug', occupied: null }] }
        : wrongLength(port, bytes);
    default:
      return unknownPort(port);
  }
}

const isOccupied = (byte: number | undefined): boolean => ((byte ?? 0) & 1) === 1;

const state = (kind: 'change' | 'heartbeat', bytes: Uint8Array, at: number): Decoded => ({
  readings: [{ kind, occupied: isOccupied(bytes[at]) }],
});

function heartbeat(bytes: Uint8Array): Decoded {
  if (bytes.length === 1) return state('heartbeat', bytes, 0);
  if (bytes.length !== 2) return wrongLength(2, bytes);
  const [temperatureC = 0] = new Int8Array(bytes.subarray(1));
  return { readings: [{ kind: 'heartbeat', occupied: isOccupied(bytes[0]), temperatureC }] };
}

/** Bytes 0–11 three debug codes, 12–14 firmware, 15 cause of the reset, 16 state. */
function startup(bytes: Uint8Array): Decoded {
  if (bytes.length !== 17) return wrongLength(3, bytes);
  const firmware = bytes.subarray(12, 15).join('.');
  return { readings: [{ kind: 'startup', occupied: isOccupied(bytes[16]), firmware }] };
}
