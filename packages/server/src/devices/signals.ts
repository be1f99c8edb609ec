import type { BollardState } from '@vigie/contracts/parking';
import type { Health } from './fault-rules.ts';
import type { Reading, Uplink } from './formats/index.ts';

/** What a device said, whatever its network and make. */
export interface Signal {
  deviceId: string;
  key: string;
  kind: Reading['kind'];
  occupied: boolean | null;
  at: Date | null;
  receivedAt: Date;
  seq: number | null;
  previousStateMs: number | null;
  isNewVehicle: boolean;
  health: Health;
}

/** A message of an own bollard. The same state told twice with the same time and count is the same message. */
export function signalOfState(
  deviceId: string,
  { state, receivedAt }: { state: BollardState; receivedAt: Date },
): Signal {
  const at = new Date(state.at);
  const { kind = 'change', occupied, seq = null } = state;
  const { previousStateMs = null, isNewVehicle = false } = state;
  const { batteryPercent, rssiDbm, temperatureC, firmware, fault } = state;
  return {
    ...{ deviceId, kind, occupied, at, receivedAt, seq, previousStateMs, isNewVehicle },
    key: `${at.toISOString()} ${occupied ? 1 : 0} ${seq ?? '-'} ${kind}`,
    health: { batteryPercent, rssiDbm, temperatureC, firmware, fault },
  };
}

/** The readings of one uplink, each with a key of its own. */
export function signalsOfUplink(
  deviceId: string,
  { uplink, readings, receivedAt }: { uplink: Uplink; readings: Reading[]; receivedAt: Date },
): Signal[] {
  return readings.map((reading, index) =>
    signalOfReading(deviceId, {
      reading,
      receivedAt,
      at: uplink.at,
      key: index === 0 ? uplink.key : `${uplink.key} ${index}`,
      seq: uplink.frameCount,
      rssiDbm: uplink.rssiDbm,
    }),
  );
}

/** What a reading says, with what its network knows of it. */
export function signalOfReading(
  deviceId: string,
  known: {
    reading: Reading;
    receivedAt: Date;
    at: Date | null;
    key: string;
    seq: number | null;
    rssiDbm: number | null;
  },
): Signal {
  const { reading, receivedAt, at, key, seq, rssiDbm } = known;
  const { batteryPercent, temperatureC, firmware, fault } = reading;
  return {
    ...{ deviceId, key, at, receivedAt, seq },
    kind: reading.kind,
    occupied: reading.occupied,
    previousStateMs: reading.previousStateMs ?? null,
    isNewVehicle: reading.isNewVehicle ?? false,
    health: {
      ...{ batteryPercent, temperatureC, firmware, fault },
      rssiDbm: rssiDbm ?? reading.rssiDbm,
    },
  };
}
