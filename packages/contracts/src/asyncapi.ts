import * as z from 'zod';
import { WorkerAnswer, WorkerEnquiry } from './camera-enquiries.ts';
import { CaseNotice } from './case-notice.ts';
import { DeviceKind } from './devices.ts';
import { AlarmSignal, RoomState } from './evacuation.ts';
import { HomeAssistantEntity } from './exports.ts';
import { BollardState, Display } from './parking.ts';
import { filterCovers, homeAssistantStatus, topicRights, topics } from './topics.ts';
import {
  CameraConfig,
  Crossing,
  FrameHeader,
  Headcount,
  Occupancy,
  Watch,
  WorkerStatus,
} from './vision.ts';

/** Every kind of message on the bus, by the name of its topic. */
type MessageName = keyof typeof topics | 'homeAssistantStatus';

/** How a message is written. `retained`: the broker keeps the newest; an empty one removes what it keeps. */
interface BusMessage {
  says: string;
  schema: z.ZodType;
  form: 'json' | 'text' | 'xml' | 'binary';
  retained: boolean;
  qos: 0 | 1;
}

/** A word by itself, without quotes. */
const presence = z.enum(['online', 'offline']);
const personCount = z.string().regex(/^(\d+|unknown)$/);
const frame = z
  .string()
  .meta({ format: 'binary' })
  .describe('uint32 big-endian length of the header, the header as JSON in UTF-8, a JPEG');

const capXml = z.string().describe('An alert element. Source: OASIS Common Alerting Protocol 1.2');

const fedPicture = z
  .string()
  .meta({ format: 'binary' })
  .describe('uint32 big-endian age of the picture in milliseconds, then a JPEG');

const message = (
  says: string,
  schema: z.ZodType,
  rest: Partial<Omit<BusMessage, 'says' | 'schema'>> = {},
): BusMessage => ({ says, schema, form: 'json', retained: false, qos: 1, ...rest });

const retained = { retained: true } as const;
const word = { form: 'text', retained: true } as const;

const messages: Readonly<Record<MessageName, BusMessage>> = {
  bollardState: message('A bollard senses a car, or no car', BollardState),
  bollardStatus: message('A bollard is connected, or its connection broke', presence, word),
  bollardDisplay: message('What a bollard shows', Display, retained),
  workerStatus: message('A worker and what it counts for', WorkerStatus, retained),
  workerEnquiry: message('A worker is asked to look where cameras are', WorkerEnquiry),
  workerAnswer: message('What a worker found out so far', WorkerAnswer, { qos: 0 }),
  cameraConfig: message('A camera to be counted', CameraConfig, retained),
  cameraHeadcount: message('The people that a camera sees', Headcount, retained),
  cameraCrossings: message('Somebody went through a door', Crossing),
  cameraOccupancy: message('The parking spaces that a camera sees', Occupancy),
  cameraWatch: message('Somebody watches a camera: send pictures', Watch),
  cameraFrame: message('A picture of a camera', frame, { form: 'binary', qos: 0 }),
  cameraPicture: message('A picture that a browser films for a camera', fedPicture, {
    form: 'binary',
    qos: 0,
  }),
  roomState: message('The people in a room', RoomState, retained),
  roomPerson: message('The people in a room, as a bare number', personCount, word),
  caseNotice: message('A recipient is told about a case', CaseNotice),
  buildingAlarm: message('The fire panel of a building', AlarmSignal),
  buildingCap: message('An incident, told by the Common Alerting Protocol', capXml, {
    form: 'xml',
    retained: true,
  }),
  homeAssistantSensor: message('A value for Home Assistant', HomeAssistantEntity, retained),
  homeAssistantBinarySensor: message(
    'A yes or no for Home Assistant',
    HomeAssistantEntity,
    retained,
  ),
  homeAssistantStatus: message('A Home Assistant has started, or ends', presence, {
    form: 'text',
  }),
};

const contentTypes = {
  json: 'application/json',
  text: 'text/plain',
  xml: 'application/cap+xml',
  binary: 'application/octet-stream',
} as const;

const addressOf = (name: MessageName, id: string): string =>
  name === 'homeAssistantStatus' ? homeAssistantStatus : topics[name](id);

/** Kinds of devices that may publish to, or subscribe to, a topic. */
const kindsThat = (act: 'publish' | 'subscribe', name: MessageName): DeviceKind[] =>
  DeviceKind.options.filter((kind) =>
    topicRights[kind]('+')[act].some((filter) => filterCovers(filter, addressOf(name, '+'))),
  );

/** The server takes what a device may publish, and publishes everything else. */
const isTaken = (name: MessageName): boolean => kindsThat('publish', name).length > 0;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A receiver tolerates what it does not know; what we send is exactly so. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io });
  return rest;
}

const idDescription = (name: MessageName): string =>
  name.startsWith('homeAssistant')
    ? 'Letters, digits and _ only; stays the same for the same value'
    : 'Letters, digits, - _ . only; 64 characters at most';

const channelOf = (name: MessageName) => ({
  address: addressOf(name, '{id}'),
  description: `${messages[name].says}.`,
  ...(addressOf(name, 'a') !== addressOf(name, 'b') && {
    parameters: { id: { description: idDescription(name) } },
  }),
  messages: { [name]: { $ref: `#/components/messages/${name}` } },
});

function operationOf(name: MessageName): [string, object] {
  const action = isTaken(name) ? 'receive' : 'send';
  const { retained: retain, qos } = messages[name];
  const operation = {
    action,
    channel: { $ref: `#/channels/${name}` },
    'x-publishers': action === 'send' ? ['server'] : kindsThat('publish', name),
    'x-subscribers': [...(action === 'send' ? [] : ['server']), ...kindsThat('subscribe', name)],
    bindings: { mqtt: { qos, retain, bindingVersion: '0.2.0' } },
  };
  return [`${action}${capital(name)}`, operation];
}

function messageOf(name: MessageName): object {
  const { form, schema } = messages[name];
  return {
    name,
    contentType: contentTypes[form],
    payload: jsonSchema(schema, isTaken(name) ? 'input' : 'output'),
  };
}

const names = Object.keys(messages) as MessageName[];
const byName = <T>(partOf: (name: MessageName) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, partOf(name)]));

/**
 * Every topic of the bus with its payload and its rights, from the server's side. The header of a frame, which no
 * payload schema can reach, is `FrameHeader` among the schemas. Source: AsyncAPI 3.0.0.
 */
export const asyncApi = {
  asyncapi: '3.0.0',
  info: {
    title: 'Vigie',
    version: '1',
    description:
      'What bollards, counting workers, fire panels and other programs say to the server, and the server to them, over MQTT 3.1.1 or 5. Times are RFC 3339. An empty retained message removes the one before. Each device signs in with a key of its own and is confined to its own topics.',
    license: { name: 'AGPL-3.0-or-later' },
  },
  defaultContentType: contentTypes.json,
  servers: {
    embedded: {
      host: 'localhost:1883',
      protocol: 'mqtt',
      description: 'The broker within the server, unless MQTT_URL names another',
      security: [{ $ref: '#/components/securitySchemes/device' }],
    },
  },
  channels: byName(channelOf),
  operations: Object.fromEntries(names.map(operationOf)),
  components: {
    messages: byName(messageOf),
    schemas: { FrameHeader: jsonSchema(FrameHeader, 'input') },
    securitySchemes: {
      device: { type: 'userPassword', description: 'User name by kind and id; the key' },
    },
  },
} as const;
