import type { DeviceKind } from './devices.ts';

/** Topics of the bus. Payloads are named beside each; JSON, UTC times. */
export const topics = {
  /** `BollardState` */
  bollardState: (id: string) => `vigie/bollards/${id}/state`,
  /** the word `online` or `offline`, retained, last will */
  bollardStatus: (id: string) => `vigie/bollards/${id}/status`,
  /** `Display`, retained */
  bollardDisplay: (id: string) => `vigie/bollards/${id}/display`,
  /** `WorkerStatus`, retained, last will */
  workerStatus: (worker: string) => `vigie/vision/${worker}/status`,
  /** `WorkerEnquiry` */
  workerEnquiry: (worker: string) => `vigie/vision/${worker}/enquiry`,
  /** `WorkerAnswer` */
  workerAnswer: (worker: string) => `vigie/vision/${worker}/answer`,
  /** `CameraConfig`, retained */
  cameraConfig: (id: string) => `vigie/cameras/${id}/config`,
  /** `Headcount`, retained */
  cameraHeadcount: (id: string) => `vigie/cameras/${id}/headcount`,
  /** `Crossing` */
  cameraCrossings: (id: string) => `vigie/cameras/${id}/crossings`,
  /** `Occupancy` */
  cameraOccupancy: (id: string) => `vigie/cameras/${id}/occupancy`,
  /** `Watch` */
  cameraWatch: (id: string) => `vigie/cameras/${id}/watch`,
  /** binary, see `encodeFrame` */
  cameraFrame: (id: string) => `vigie/cameras/${id}/frame`,
  /** binary, see `encodeFedPicture`: what a browser films */
  cameraPicture: (id: string) => `vigie/cameras/${id}/picture`,
  /** `RoomState`, retained */
  roomState: (id: string) => `vigie/rooms/${id}/state`,
  /** the bare number of people, or `unknown`, retained */
  roomPerson: (id: string) => `vigie/rooms/${id}/person`,
  /** `CaseNotice`: for a recipient by MQTT; id of the zone, unless the recipient has an address of its own */
  caseNotice: (zoneId: string) => `vigie/cases/${zoneId}`,
  /** `AlarmSignal` */
  buildingAlarm: (id: string) => `vigie/buildings/${id}/alarm`,
  /** the newest message of the Common Alerting Protocol about the building, XML, retained */
  buildingCap: (id: string) => `vigie/buildings/${id}/cap`,
  /** `HomeAssistantEntity`, retained; empty: it is gone */
  homeAssistantSensor: (objectId: string) => `homeassistant/sensor/${objectId}/config`,
  /** `HomeAssistantEntity`, retained; empty: it is gone */
  homeAssistantBinarySensor: (objectId: string) => `homeassistant/binary_sensor/${objectId}/config`,
} as const;

/** The word `online` or `offline` of a Home Assistant about itself. Source: Home Assistant, MQTT, birth and will. */
export const homeAssistantStatus = 'homeassistant/status';

/**
 * What each kind of device may do: topic filters by id of the device. A device gets nothing beyond them.
 * Worker ids come from its user name `worker:{id}`, panel building ids from `panel:{building}`.
 */
export const topicRights: Readonly<
  Record<DeviceKind, (id: string) => { publish: string[]; subscribe: string[] }>
> = {
  bollard: (id) => ({
    publish: [topics.bollardState(id), topics.bollardStatus(id)],
    subscribe: [topics.bollardDisplay(id)],
  }),
  worker: (id) => ({
    publish: [
      topics.workerStatus(id),
      topics.workerAnswer(id),
      topics.cameraHeadcount('+'),
      topics.cameraCrossings('+'),
      topics.cameraOccupancy('+'),
      topics.cameraFrame('+'),
    ],
    subscribe: [
      topics.workerStatus('+'),
      topics.workerEnquiry(id),
      topics.cameraConfig('+'),
      topics.cameraWatch('+'),
      topics.cameraHeadcount('+'),
      topics.cameraPicture('+'),
    ],
  }),
  panel: (building) => ({ publish: [topics.buildingAlarm(building)], subscribe: [] }),
  integrator: () => ({
    publish: [homeAssistantStatus],
    subscribe: [
      topics.roomState('+'),
      topics.roomPerson('+'),
      topics.bollardDisplay('+'),
      topics.bollardState('+'),
      topics.bollardStatus('+'),
      // As Home Assistant asks: every kind of entity, with and without a node in between.
      'homeassistant/+/+/config',
      'homeassistant/+/+/+/config',
      homeAssistantStatus,
      topics.caseNotice('+'),
      topics.buildingCap('+'),
    ],
  }),
};

/** MQTT user name of a device. Bollards use their bare id. */
export const usernameOf = (kind: DeviceKind, id: string): string =>
  kind === 'bollard' ? id : `${kind}:${id}`;

/**
 * `true` when the MQTT topic filter (`+`, `#`) covers the topic, or every topic of a narrower filter. A filter that begins
 * with a wildcard covers no topic that begins with `$`; a `#` that is not the last level covers nothing.
 * Source: MQTT 3.1.1, clause 4.7.
 */
export function filterCovers(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '#') return i === wanted.length - 1;
    if (given[i] === undefined || (wanted[i] !== '+' && wanted[i] !== given[i])) return false;
    if (wanted[i] === '+' && given[i] === '#') return false;
  }
  return wanted.length === given.length;
}

/** The id in a topic of the given shape, e.g. `idIn(topics.bollardState, t)`; `undefined` when it has another shape. */
export function idIn(shape: (id: string) => string, topic: string): string | undefined {
  const [before = '', after = ''] = shape('\0').split('\0');
  if (!topic.startsWith(before) || !topic.endsWith(after)) return undefined;
  const id = topic.slice(before.length, topic.length - after.length);
  return id.length > 0 && !id.includes('/') ? id : undefined;
}
