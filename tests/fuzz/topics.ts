import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { connectAsync, type MqttClient } from 'mqtt';
import * as z from 'zod';
import { asyncApi } from '../../packages/contracts/src/asyncapi.ts';
import { DeviceKind } from '../../packages/contracts/src/devices.ts';
import { filterCovers, topicRights, usernameOf } from '../../packages/contracts/src/topics.ts';
import { encodeFedPicture, encodeFrame } from '../../packages/contracts/src/vision.ts';
import { bytesOf } from './bytes.ts';
import { bytesLike, hostileValue, jsonTextsOf, mutantsOf } from './hostile.ts';
import { ttsUp, upOfChirpStack } from './samples.ts';
import { type JsonSchema, valuesBy } from './schema-inputs.ts';
import { type Target, targetOf, type Verdict } from './target.ts';
import type { DeviceKeys, TownUnderFire } from './town.ts';

interface Message {
  isOwn: boolean;
  payload: Uint8Array;
}

const ids = ['a', 'b', 'school-2'];

/** What is sent where no JSON is: of the right form, damaged, or neither. */
const otherPayloads: Readonly<Record<string, fc.Arbitrary<Uint8Array>>> = {
  cameraFrame: bytesLike(
    encodeFrame(
      { at: '2026-11-24T10:00:00Z', width: 2, height: 2, mode: 'private', count: 0, people: [] },
      Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
    ),
  ),
  cameraPicture: bytesLike(encodeFedPicture({ ageMs: 1, jpeg: Uint8Array.of(0xff, 0xd8) })),
};

/** What may come on the topic of this name; `ids` stand where the schema has texts. */
export function payloadsOf(
  name: string,
  schema: JsonSchema,
  ids: readonly string[],
): fc.Arbitrary<Uint8Array> {
  const other = otherPayloads[name];
  if (other) return other;
  const texts = jsonTextsOf(mutantsOf(valuesBy(schema, ids))).map((text) => bytesOf(text));
  return fc.oneof(
    { weight: 5, arbitrary: texts },
    bytesLike(bytesOf('{"v":1}'), bytesOf('online')),
  );
}

/** One target for each topic of the bus, so that none can be forgotten. */
export async function topicTargets(town: TownUnderFire, weight: number): Promise<Target[]> {
  const keys = await town.deviceKeys();
  const lines = createLines(town.mqttUrl, keys);
  town.onStop(lines.stop);
  return Object.entries(asyncApi.channels).map(([name, channel]) => {
    const topic = (channel as { address: string }).address.replace('{id}', 'own');
    const { payload } = asyncApi.components.messages[name] as { payload: JsonSchema };
    return targetOf<Message>({
      name: `topic ${name}`,
      weight,
      inputs: fc.record({
        isOwn: fc.constantFrom(...Array<boolean>(9).fill(true), false),
        payload: payloadsOf(name, payload, ids),
      }),
      run: (message) => say({ town, lines, topic, schema: payload, ...message }),
    });
  });
}

const mayPublish = (kind: DeviceKind, topic: string): boolean =>
  topicRights[kind]('own').publish.some((filter) => filterCovers(filter, topic));

interface Saying extends Message {
  town: TownUnderFire;
  lines: Lines;
  topic: string;
  schema: JsonSchema;
}

/** @throws Error when the right device is not heard, the wrong one is, or rubbish changes something. */
async function say({ town, lines, topic, schema, isOwn, payload }: Saying): Promise<Verdict> {
  const kind = DeviceKind.options.find((one) => mayPublish(one, topic) === isOwn) ?? 'bollard';
  const isAllowed = mayPublish(kind, topic);
  const isRubbish = !isAllowed || !fits(schema, payload);
  if (isRubbish) await town.state.before();
  const isTaken = await lines.publish(kind, topic, payload);
  const errors = town.errors().join('\n');
  if (isTaken !== isAllowed)
    throw new Error(`a ${kind} is ${isTaken ? '' : 'not '}heard: ${errors}`);
  if (errors !== '') throw new Error(errors);
  if (!isRubbish) return 'taken';
  const changes = await town.state.changes();
  if (changes.length === 0) return 'refused';
  const blamed = await town.state.changedBy(() => lines.publish(kind, topic, payload));
  if (blamed.length > 0) throw new Error(`rubbish, and yet it changed ${blamed.join(', ')}`);
  return 'refused';
}

/** by schema */
const parsers = new WeakMap<object, z.ZodType>();

/** Whether the payload is what the schema says. */
export function fits(schema: JsonSchema, payload: Uint8Array): boolean {
  const parser = parsers.get(schema) ?? z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema);
  parsers.set(schema, parser);
  const text = new TextDecoder().decode(payload);
  try {
    return parser.safeParse(JSON.parse(text)).success || parser.safeParse(text).success;
  } catch {
    return parser.safeParse(text).success;
  }
}

/** Connections of devices, opened anew when the broker ended them. */
interface Lines {
  /** `false`: the broker ended the connection instead of an acknowledgement. */
  publish(kind: DeviceKind, topic: string, payload: Uint8Array): Promise<boolean>;
  stop(): Promise<void>;
}

function createLines(mqttUrl: string, keys: DeviceKeys): Lines {
  const open = new Map<DeviceKind, MqttClient>();

  async function lineOf(kind: DeviceKind): Promise<MqttClient> {
    const known = open.get(kind);
    if (known?.connected) return known;
    const made = await connectAsync(mqttUrl, {
      username: usernameOf(kind, 'own'),
      password: keys[kind],
      reconnectPeriod: 0,
      protocolVersion: kind === 'worker' ? 5 : 4,
    });
    made.on('error', () => undefined);
    open.set(kind, made);
    return made;
  }

  return {
    publish: async (kind, topic, payload) => {
      const line = await lineOf(kind);
      const acknowledged = line.publishAsync(topic, Buffer.from(payload), { qos: 1 }).then(
        () => true,
        () => false,
      );
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const closed = () => resolve(false);
      line.once('close', closed);
      const isTaken = await Promise.race([
        acknowledged,
        promise,
        delay(10_000, undefined, { ref: false }),
      ]);
      line.off('close', closed);
      if (isTaken === undefined) throw new Error('no acknowledgement within 10 s');
      if (!isTaken) await line.endAsync(true);
      return isTaken;
    },
    stop: async () => {
      for (const line of open.values()) await line.endAsync(true);
    },
  };
}

/** What LoRaWAN networks say, by the broker that is theirs. */
export async function networkTargets(town: TownUnderFire, weight: number): Promise<Target[]> {
  const client = await connectAsync(town.networkUrl);
  town.onStop(() => client.endAsync(true));
  const kinds = [
    ['chirpstack up', 'application/a/device/a/event/up', upOfChirpStack],
    [
      'chirpstack status',
      'application/a/device/a/event/status',
      { ...upOfChirpStack, margin: 5, batteryLevel: 50 },
    ],
    ['the things stack', 'v3/a@ttn/devices/a/up', ttsUp],
  ] as const;
  return kinds.map(([name, topic, sample]) =>
    targetOf<string>({
      name: `network ${name}`,
      weight,
      inputs: jsonTextsOf(
        mutantsOf(
          fc.oneof(fc.constant<unknown>(sample), fc.constant<unknown>(sample), hostileValue),
        ),
      ),
      run: async (text) => {
        await client.publishAsync(topic, text, { qos: 1 });
        await delay(2);
        mustBeSilent(town);
        return 'taken';
      },
      settle: async () => {
        await delay(300);
        mustBeSilent(town);
      },
    }),
  );
}

function mustBeSilent(town: TownUnderFire): void {
  const errors = town.errors();
  if (errors.length > 0) throw new Error(errors.join('\n'));
}
