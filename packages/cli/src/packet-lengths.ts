import type { Writable } from 'node:stream';
import { writeToStream } from 'mqtt-packet';

/** Below this `mqtt-packet` keeps the encoded form of a length for good. */
const keptLengths = 16_384;
const topic = 't';
/** length of the topic, the topic */
const beforePayload = 2 + topic.length;

/**
 * Keeps a program that speaks MQTT from growing by 64 KB with each new length of a message, up to 1 GB: `mqtt-packet`
 * 9.0.2 keeps each encoded length in a slice of Node's pool of buffers, and the slice keeps the pool's whole block
 * (https://github.com/mqttjs/mqtt-packet/issues/163). Asked for in one go, all lengths share a few blocks. Takes
 * 65 ms, once for each program.
 */
export function packPacketLengths(): void {
  const nowhere = { write: () => true } as unknown as Writable;
  const bytes = Buffer.alloc(keptLengths);
  const rest = { cmd: 'publish', topic, qos: 0, dup: false, retain: false } as const;
  for (let length = beforePayload; length < keptLengths; length++)
    writeToStream({ ...rest, payload: bytes.subarray(0, length - beforePayload) }, nowhere);
}
