import type { Display } from '@vigie/contracts/parking';
import type { Bus } from '../platform/bus.ts';
import { messageOf } from '../platform/errors.ts';
import { parseStorable } from '../platform/unstorable.ts';
import {
  chirpStackDown,
  encodeDisplay,
  readChirpStackStatus,
  readChirpStackUp,
  readTtsUp,
  ttsDown,
} from './formats/index.ts';
import type { Heard, Reception } from './reception.service.ts';

/** Port on which a LoRaWAN display expects the day. */
const displayPort = 10;

/** A LoRaWAN network that a town has: the bus of its own broker. */
export interface LoraNetwork {
  listen(reception: Reception): void;
  /** Tells a display the day; `downTopic` as it was learned from the device's own messages. */
  show(device: { deviceEui: string; downTopic: string }, display: Display): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** ChirpStack v4 over MQTT, JSON. Topics: `application/{id}/device/{devEui}/event/{up|status}`, `…/command/down`. */
export function createChirpStack(bus: Bus): LoraNetwork {
  return {
    listen: (reception) => {
      bus.handle('application/+/device/+/event/up', ({ topic, payload }) =>
        reception.uplink(
          heard(payload, {
            read: readChirpStackUp,
            downTopic: topic.replace(/event\/up$/, 'command/down'),
          }),
        ),
      );
      bus.handle('application/+/device/+/event/status', ({ payload }) => {
        const { json } = parse(payload);
        return reception.status(readChirpStackStatus(json));
      });
    },
    show: ({ deviceEui, downTopic }, display) =>
      bus.publish(
        downTopic,
        chirpStackDown({
          devEui: deviceEui,
          fPort: displayPort,
          bytes: encodeDisplay(display),
        }),
      ),
    start: bus.start,
    stop: bus.stop,
  };
}

/** The Things Stack v3 over MQTT 3.1.1, QoS 0. Topics: `v3/{application}/devices/{device}/up`, `…/down/replace`. */
export function createTheThingsStack(bus: Bus): LoraNetwork {
  return {
    listen: (reception) =>
      bus.handle('v3/+/devices/+/up', ({ topic, payload }) =>
        reception.uplink(
          heard(payload, { read: readTtsUp, downTopic: topic.replace(/up$/, 'down/replace') }),
        ),
      ),
    show: ({ downTopic }, display) =>
      bus.publish(downTopic, ttsDown({ fPort: displayPort, bytes: encodeDisplay(display) })),
    start: bus.start,
    stop: bus.stop,
  };
}

interface Reading {
  read: (json: unknown) => Heard['message'];
  downTopic: string;
}

function heard(payload: Uint8Array, { read, downTopic }: Reading): Heard {
  const { json, raw, error } = parse(payload);
  return { message: error === undefined ? read(json) : { unreadable: error }, raw, downTopic };
}

function parse(payload: Uint8Array): { json: unknown; raw: string; error?: string } {
  const raw = new TextDecoder().decode(payload);
  try {
    return { json: parseStorable(raw), raw };
  } catch (error) {
    return { json: undefined, raw, error: messageOf(error) };
  }
}
