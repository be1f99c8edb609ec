import { createHash } from 'node:crypto';
import { BollardState } from '@vigie/contracts/parking';
import { Instant } from '@vigie/contracts/time';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { messageOf } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import { parseStorable, storable } from '../platform/unstorable.ts';
import { modelOf } from './device-models.ts';
import type { Device, DevicesStore } from './devices.store.ts';
import {
  type ChirpStackStatus,
  type Decoded,
  FORMATS,
  isUnreadable,
  readNamedFields,
  type Unreadable,
  type Uplink,
} from './formats/index.ts';
import { type Signal, signalOfReading, signalOfState, signalsOfUplink } from './signals.ts';

interface ReceptionDeps {
  store: Pick<DevicesStore, 'findByEui' | 'addUnread' | 'saveLine'>;
  /** Resolves after the commit. */
  take: (signal: Signal) => Promise<void>;
  clock: Clock;
  log: Log;
}

/** What came from a network, and the topic by which its device is answered. */
export interface Heard {
  message: Uplink | Unreadable;
  /** As it came, for those who look into what could not be read. */
  raw: string;
  downTopic: string | null;
}

/** Body of `POST /api/v1/devices/{id}/events`: named fields of one event; `at` and `id` of the sender, where it has them. */
export const PostedEvent = z.looseObject({
  at: Instant.optional(),
  id: z.union([z.string().min(1).max(200), z.int()]).optional(),
  seq: z.int().nonnegative().optional(),
});
export type PostedEvent = z.infer<typeof PostedEvent>;

/** Distance below which a car stands before the sensor, where nothing else is set. */
const thresholdMm = 1000;

/** Messages of devices in the words of the house; what cannot be read is kept as it came, and never guessed. */
export function createReception({ store, take, clock, log }: ReceptionDeps) {
  async function keepUnread(deviceId: string, reason: string, payload: string): Promise<void> {
    log.warn({ device: deviceId, reason }, 'a message could not be read; it is kept as it came');
    const receivedAt = clock.now().toISOString();
    // A message that could not even be kept would be sent again for ever.
    const kept = { reason: storable(reason), payload: storable(payload.slice(0, 4000)) };
    await store.addUnread({ deviceId, receivedAt, ...kept });
  }

  async function takeUplink(device: Device, uplink: Uplink, raw: string): Promise<void> {
    const decoded = decode(device.model, uplink);
    if (isUnreadable(decoded)) return keepUnread(device.id, decoded.unreadable, raw);
    const receivedAt = clock.now();
    const signals = signalsOfUplink(device.id, { uplink, readings: decoded.readings, receivedAt });
    await Promise.all(signals.map(take));
  }

  return {
    /** A message on `bollards/{id}/state`. */
    ownState: async (deviceId: string, payload: Uint8Array): Promise<void> => {
      const text = new TextDecoder().decode(payload);
      const state = readState(text);
      // Acknowledged all the same: repeating it would not make it better.
      if ('error' in state) return keepUnread(deviceId, state.error, text);
      await take(signalOfState(deviceId, { state, receivedAt: clock.now() }));
    },

    uplink: async ({ message, raw, downTopic }: Heard): Promise<void> => {
      if (isUnreadable(message)) return keepUnread('', message.unreadable, raw);
      if (message.simulated) {
        log.info({ eui: message.deviceEui }, 'a simulated message was passed over');
        return;
      }
      const device = await store.findByEui(message.deviceEui);
      if (!device)
        return keepUnread(message.deviceEui, 'no device has this EUI: pair it with a space', raw);
      if (downTopic !== null && downTopic !== device.downTopic)
        await store.saveLine(device.id, { network: message.network, downTopic });
      await takeUplink(device, message, raw);
    },

    /** What a LoRaWAN network asked the device about its battery: a sign of life that says nothing of the space. */
    status: async (status: ChirpStackStatus | Unreadable): Promise<void> => {
      if (isUnreadable(status)) return;
      const device = await store.findByEui(status.deviceEui);
      if (!device) return;
      const { batteryPercent } = status;
      await take(
        signalOfReading(device.id, {
          reading: {
            kind: 'debug',
            occupied: null,
            ...(batteryPercent === null ? {} : { batteryPercent }),
          },
          receivedAt: clock.now(),
          at: status.at,
          key: status.key,
          seq: null,
          rssiDbm: null,
        }),
      );
    },

    /** An event by HTTP. Gives why it could not be read, or nothing. */
    posted: async (deviceId: string, event: PostedEvent): Promise<Unreadable | undefined> => {
      const { at, id, seq, ...fields } = event;
      const decoded = readNamedFields(fields);
      if (isUnreadable(decoded)) {
        await keepUnread(deviceId, decoded.unreadable, JSON.stringify(event));
        return decoded;
      }
      const receivedAt = clock.now();
      const signals = decoded.readings.map((reading) =>
        signalOfReading(deviceId, {
          reading,
          receivedAt,
          at: at === undefined ? null : new Date(at),
          key: postedKey(event, receivedAt),
          seq: seq ?? null,
          rssiDbm: null,
        }),
      );
      await Promise.all(signals.map(take));
      return undefined;
    },
  };
}

export type Reception = ReturnType<typeof createReception>;

/** By the decoder of the make; where it has none, by what the network decoded. */
function decode(model: string, { port, bytes, object }: Uplink): Decoded {
  const { format } = modelOf(model);
  if (format !== null) return FORMATS[format](port, bytes, { thresholdMm });
  if (object !== null) return readNamedFields(object);
  return { unreadable: `no decoder for the model ${model}, and the network decoded nothing` };
}

/** The sender's own name of the event; else all that it says, if it says when; else each is one of its own. */
function postedKey(event: PostedEvent, receivedAt: Date): string {
  if (event.id !== undefined) return `id ${event.id}`;
  const when = event.at ?? receivedAt.toISOString();
  return `${when} ${createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 16)}`;
}

function readState(text: string): BollardState | { error: string } {
  try {
    const parsed = BollardState.safeParse(parseStorable(text));
    return parsed.success ? parsed.data : { error: z.prettifyError(parsed.error) };
  } catch (error) {
    return { error: messageOf(error) };
  }
}
