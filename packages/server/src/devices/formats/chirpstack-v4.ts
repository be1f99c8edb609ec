import * as z from 'zod';
import { toBase64 } from './base64.ts';
import { Base64, Count, DeviceEui, Moment, mismatch } from './protobuf-json.ts';
import type { Unreadable } from './reading.ts';
import { bestRssi, receptionTime, requireApplicationPort, type Uplink } from './uplink.ts';

/** What all events share. `time` is the network server's choice among the times of the gateways. */
const Event = z.object({
  deduplicationId: z.string().min(1),
  time: Moment,
  deviceInfo: z.object({ devEui: DeviceEui }),
});

/** How one gateway heard it. Older versions call `gwTime` just `time` and have no `nsTime`. */
const RxInfo = z.object({
  gwTime: Moment,
  nsTime: Moment,
  time: Moment,
  rssi: z.number().nullish(),
});

/** Event `up`. `object` only where a codec is set. Source: ChirpStack v4, integration.proto, UplinkEvent. */
const UpEvent = Event.extend({
  fCnt: Count,
  fPort: Count,
  data: Base64,
  object: z.unknown().optional(),
  rxInfo: z.array(RxInfo).nullish(),
  joinServerContext: z.unknown().optional(),
});

/** Event `status`. Source: ChirpStack v4, integration.proto, StatusEvent. */
const StatusEvent = Event.extend({
  margin: z.number().nullish(),
  batteryLevel: z.number().nullish(),
  externalPowerSource: z.boolean().nullish(),
  batteryLevelUnavailable: z.boolean().nullish(),
});

/** How a device says it is, asked by the network. */
export interface ChirpStackStatus {
  deviceEui: string;
  /** For deduplication, as in `Uplink`. */
  key: string;
  at: Date | null;
  /** Signal-to-noise ratio of the last request as the device heard it, −32..31 dB. */
  marginDb: number;
  /** 0..100; null: the device cannot tell, or has no battery. */
  batteryPercent: number | null;
  hasExternalPower: boolean;
}

/**
 * The payload, parsed from JSON, of `application/{id}/device/{devEui}/event/up`. A message whose session key the
 * network does not have (`joinServerContext`) is still encrypted: unreadable.
 */
export function readChirpStackUp(payload: unknown): Uplink | Unreadable {
  const event = UpEvent.safeParse(payload);
  if (!event.success) return { unreadable: mismatch(event.error) };
  const { deviceInfo, deduplicationId, time, fCnt, fPort, data, object, ...rest } = event.data;
  if (rest.joinServerContext !== undefined && rest.joinServerContext !== null)
    return { unreadable: 'joinServerContext: the payload is still encrypted' };
  const heard = rest.rxInfo ?? [];
  return {
    network: 'chirpstack',
    deviceEui: deviceInfo.devEui,
    key: deduplicationId,
    at: receptionTime(
      heard.map((one) => one.gwTime ?? one.time),
      earliest(heard.map(({ nsTime }) => nsTime)) ?? time,
    ),
    port: fPort,
    bytes: data,
    object: object ?? null,
    rssiDbm: bestRssi(heard.map(({ rssi }) => rssi)),
    simulated: false,
    frameCount: fCnt,
  };
}

const earliest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((first, at) => (first && (!at || first <= at) ? first : at), null);

/**
 * The payload, parsed from JSON, of `…/event/status`. A level of zero or left out is not an empty battery: devices
 * count from 1 to 254, and their 0 stands for external power. What is no percentage tells nothing, either.
 * Source: LoRaWAN 1.0.4, clause 5.5.
 */
export function readChirpStackStatus(payload: unknown): ChirpStackStatus | Unreadable {
  const event = StatusEvent.safeParse(payload);
  if (!event.success) return { unreadable: mismatch(event.error) };
  const { deviceInfo, deduplicationId, time, margin, batteryLevel, ...rest } = event.data;
  const isLevel = batteryLevel && batteryLevel > 0 && batteryLevel <= 100;
  const isTold = isLevel && !rest.externalPowerSource && !rest.batteryLevelUnavailable;
  return {
    deviceEui: deviceInfo.devEui,
    key: deduplicationId,
    at: time,
    marginDb: margin ?? 0,
    batteryPercent: isTold ? batteryLevel : null,
    hasExternalPower: rest.externalPowerSource ?? false,
  };
}

/**
 * The payload of `…/device/{devEui}/command/down`, JSON. `devEui` must be the one of the topic; `id` comes back in the
 * events `ack` and `txack`. Unconfirmed: the next change corrects what was lost.
 * @throws RangeError for a port outside 1..223.
 */
export function chirpStackDown(down: {
  devEui: string;
  fPort: number;
  bytes: Uint8Array;
  id?: string;
}): string {
  const { bytes, ...rest } = down;
  requireApplicationPort(down.fPort);
  return JSON.stringify({ ...rest, confirmed: false, data: toBase64(bytes) });
}
