import * as z from 'zod';
import { toBase64 } from './base64.ts';
import { Base64, Count, DeviceEui, Moment, mismatch } from './protobuf-json.ts';
import type { Unreadable } from './reading.ts';
import { bestRssi, receptionTime, requireApplicationPort, type Uplink } from './uplink.ts';

/** How one antenna heard it; `time` only from gateways that have a clock. */
const RxMetadata = z.object({ time: Moment, rssi: z.number().nullish() });

/** `app_s_key` stands there only when the payload is left encrypted. */
const UplinkMessage = z.object({
  session_key_id: z.string().nullish(),
  f_cnt: Count,
  f_port: Count,
  frm_payload: Base64,
  decoded_payload: z.unknown().optional(),
  rx_metadata: z.array(RxMetadata).nullish(),
  received_at: Moment,
  app_s_key: z.unknown().optional(),
});

/** Source: The Things Stack v3, Data Formats, Uplink Messages. Empty fields, zeros and `false` are left out. */
const UpMessage = z.object({
  end_device_ids: z.object({ dev_eui: DeviceEui }),
  received_at: Moment,
  uplink_message: UplinkMessage,
  simulated: z.boolean().nullish(),
});

/** The payload, parsed from JSON, of `v3/{application}@{tenant}/devices/{device}/up`. */
export function readTtsUp(payload: unknown): Uplink | Unreadable {
  const message = UpMessage.safeParse(payload);
  if (!message.success) return { unreadable: mismatch(message.error) };
  const { end_device_ids: ids, uplink_message: up, received_at, simulated } = message.data;
  if (up.app_s_key !== undefined && up.app_s_key !== null)
    return { unreadable: 'uplink_message.app_s_key: the payload is still encrypted' };
  const heard = up.rx_metadata ?? [];
  const receivedAt = up.received_at ?? received_at;
  return {
    network: 'the-things-stack',
    deviceEui: ids.dev_eui,
    key: `${up.session_key_id || sessionOf(ids.dev_eui, receivedAt)}:${up.f_cnt}`,
    at: receptionTime(
      heard.map(({ time }) => time),
      receivedAt,
    ),
    port: up.f_port,
    bytes: up.frm_payload,
    object: up.decoded_payload ?? null,
    rssiDbm: bestRssi(heard.map(({ rssi }) => rssi)),
    simulated: simulated ?? false,
    frameCount: up.f_cnt,
  };
}

/** A simulated uplink has no session: its time keeps it apart from others with the same count. */
const sessionOf = (deviceEui: string, at: Date | null): string =>
  `${deviceEui}@${at?.toISOString() ?? ''}`;

/**
 * The answer of the storage integration, one JSON message a line, each within `result`: what was missed while we were
 * away, with the same keys as on MQTT. A line that cannot be read takes none of the others with it.
 * Source: The Things Stack v3, Storage Integration, Retrieve Messages.
 */
export function readTtsStorage(lines: string): (Uplink | Unreadable)[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readStored);
}

const StoredLine = z.object({ result: z.unknown() });

function readStored(line: string): Uplink | Unreadable {
  const stored = StoredLine.safeParse(jsonOf(line));
  if (!stored.success || stored.data.result === undefined)
    return { unreadable: `no result in the line: ${line.slice(0, 200)}` };
  return readTtsUp(stored.data.result);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The payload of `…/devices/{device}/down/replace`, JSON: takes the place of what still waits. `id` comes back as
 * correlation id in the events of the downlink. Unconfirmed: the next change corrects what was lost.
 * @throws RangeError for a port outside 1..223.
 */
export function ttsDown({
  fPort,
  bytes,
  id,
}: {
  fPort: number;
  bytes: Uint8Array;
  id?: string;
}): string {
  requireApplicationPort(fPort);
  const downlink = {
    f_port: fPort,
    frm_payload: toBase64(bytes),
    priority: 'NORMAL',
    confirmed: false,
    ...(id === undefined ? {} : { correlation_ids: [id] }),
  };
  return JSON.stringify({ downlinks: [downlink] });
}
