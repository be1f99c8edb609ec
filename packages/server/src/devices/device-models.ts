import type { cameraModel, knownModels } from '@vigie/contracts/devices';
import type { FORMATS } from './formats/index.ts';

/** What is known of a make. Sources: the makers' manuals named in `formats/`; where a maker lets one choose, its default. */
export interface DeviceModel {
  /** Longest time between two signs of life; `null`: none is promised. Real time. */
  heartbeatMs: number | null;
  /** Battery at or below which it must be looked after; `null`: it does not tell. */
  lowBatteryPercent: number | null;
  /** How long it must learn its place before its word counts. */
  learningMs: number;
  /** Decoder of its LoRaWAN messages; `null`: it speaks MQTT or HTTP. */
  format: keyof typeof FORMATS | null;
  /** It shows the day that LoRaWAN brings it, see `formats/display-downlink.ts`. */
  hasLoraDisplay: boolean;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const own: DeviceModel = {
  heartbeatMs: 15 * minuteMs,
  lowBatteryPercent: 20,
  learningMs: 0,
  format: null,
  hasLoraDisplay: false,
};

/** A camera speaks every minute; so often it is written down that it still sees the same. */
export const CAMERA_HEARTBEAT_MS = 5 * minuteMs;

/** By model id. */
const models: Readonly<Record<(typeof knownModels)[number] | typeof cameraModel, DeviceModel>> = {
  vigie: own,
  'vigie-lorawan': { ...own, heartbeatMs: 12 * hourMs, hasLoraDisplay: true },
  'bosch-tps110': {
    ...own,
    heartbeatMs: 24 * hourMs,
    lowBatteryPercent: null,
    format: 'bosch-tps110',
  },
  'nwave-nps405': { ...own, heartbeatMs: 24 * hourMs, format: 'nwave-nps405' },
  'pni-placepod': { ...own, heartbeatMs: 12 * hourMs, format: 'pni-placepod' },
  cicicom: { ...own, heartbeatMs: 24 * hourMs, lowBatteryPercent: null, format: 'cicicom' },
  camera: { ...own, heartbeatMs: CAMERA_HEARTBEAT_MS, lowBatteryPercent: null },
  'milesight-em400': { ...own, heartbeatMs: 24 * hourMs, format: 'milesight-em400' },
};

/** A make that is not in the table promises nothing, so that it is never called silent for nothing. */
const unknownModel: DeviceModel = { ...own, heartbeatMs: null, lowBatteryPercent: null };

export const modelOf = (id: string): DeviceModel =>
  (models as Readonly<Record<string, DeviceModel>>)[id] ?? unknownModel;

/** Late beyond 1.5 heartbeats, silent beyond 3. */
const LATE = 1.5;
const SILENT = 3;

/** A device and what it promises itself, where that differs from its model. */
interface Promised {
  model: string;
  heartbeatMs: number | null;
}

export const heartbeatOf = ({ model, heartbeatMs }: Promised): number | null =>
  heartbeatMs ?? modelOf(model).heartbeatMs;

/** After how long a silence it counts as late and as silent, real time; `null`: never. */
export function patienceWith(device: Promised): { lateMs: number; silentMs: number } | null {
  const heartbeatMs = heartbeatOf(device);
  return heartbeatMs === null
    ? null
    : { lateMs: LATE * heartbeatMs, silentMs: SILENT * heartbeatMs };
}
