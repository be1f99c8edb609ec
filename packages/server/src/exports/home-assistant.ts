import type { HomeAssistantEntity } from '@vigie/contracts/exports';
import { DisplayState } from '@vigie/contracts/parking';
import { topics } from '@vigie/contracts/topics';

/** What is announced on one topic. */
export interface Announcement {
  topic: string;
  entity: HomeAssistantEntity;
}

/** A bollard and where it stands. */
export interface AnnouncedBollard {
  id: string;
  model: string;
  place: string;
  zoneName: string;
}

/** Sensors speak, and displays are sent again, once a day at least; what has not come for three days is no longer true. */
const bollardExpiryS = 3 * 86_400;

/** A room's number is sent again every 2 s: after half a minute without, nobody vouches for it. */
const roomExpiryS = 30;

/** An id as Home Assistant allows it, two ids never the same: what is no letter or digit becomes its code. */
export const plainId = (id: string): string =>
  id.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`);

type Draft = Omit<HomeAssistantEntity, 'unique_id' | 'device' | 'origin'>;

/** The values of a bollard: what its display says, and how its sensor is. `url`: where people find Vigie. */
export function bollardEntities(bollard: AnnouncedBollard, url: string): Announcement[] {
  const { id, model, place, zoneName } = bollard;
  const device = {
    identifiers: [`vigie_bollard_${plainId(id)}`],
    name: place,
    manufacturer: 'Vigie' as const,
    model,
    suggested_area: zoneName,
  };
  const online = { payload_available: 'online', payload_not_available: 'offline' } as const;
  const availability = [{ topic: topics.bollardStatus(id), ...online }];
  return draftsOf(id).map(([word, shape, draft]) => {
    const uniqueId = `vigie_bollard_${plainId(id)}_${word}`;
    const origin = { name: 'Vigie' as const, support_url: url };
    return {
      topic: shape(uniqueId),
      entity: { ...draft, unique_id: uniqueId, availability, device, origin },
    };
  });
}

/** By word: the topic's shape and what is peculiar to the value. */
function draftsOf(id: string): [string, (objectId: string) => string, Draft][] {
  const fromDisplay = { state_topic: topics.bollardDisplay(id), expire_after: bollardExpiryS };
  const fromSensor = {
    state_topic: topics.bollardState(id),
    expire_after: bollardExpiryS,
    state_class: 'measurement',
    entity_category: 'diagnostic',
  } as const;
  const { homeAssistantSensor: sensor, homeAssistantBinarySensor: binarySensor } = topics;
  return [
    ['occupied', binarySensor, { ...fromDisplay, ...occupied }],
    ['stage', sensor, { ...fromDisplay, ...stage }],
    ['day', sensor, { ...fromDisplay, ...day }],
    ['battery', sensor, { ...fromSensor, ...battery }],
    ['signal', sensor, { ...fromSensor, ...signal }],
  ];
}

const occupied = {
  name: 'Occupied',
  device_class: 'occupancy',
  value_template:
    "{{ 'ON' if value_json.state in ['parked', 'overstay'] else 'OFF' if value_json.state == 'free' else 'None' }}",
} as const;

const stage = {
  name: 'Stage',
  device_class: 'enum',
  options: DisplayState.options,
  value_template: '{{ value_json.state }}',
} as const;

const day = {
  name: 'Day',
  icon: 'mdi:calendar-today',
  value_template: '{{ value_json.day }}',
} as const;

const battery = {
  name: 'Battery',
  device_class: 'battery',
  unit_of_measurement: '%',
  value_template: '{{ value_json.batteryPercent | default(none) }}',
} as const;

const signal = {
  name: 'Signal',
  device_class: 'signal_strength',
  unit_of_measurement: 'dBm',
  value_template: '{{ value_json.rssiDbm | default(none) }}',
} as const;

/** The number of people in a room; unknown is no number. */
export function roomEntity(
  { id, name, buildingName }: { id: string; name: string; buildingName: string },
  url: string,
): Announcement {
  const uniqueId = `vigie_room_${plainId(id)}_people`;
  return {
    topic: topics.homeAssistantSensor(uniqueId),
    entity: {
      name: 'People',
      unique_id: uniqueId,
      state_topic: topics.roomPerson(id),
      value_template: "{{ 'None' if value == 'unknown' else value }}",
      expire_after: roomExpiryS,
      state_class: 'measurement',
      icon: 'mdi:account-group',
      device: {
        identifiers: [`vigie_room_${plainId(id)}`],
        name,
        manufacturer: 'Vigie',
        model: 'room',
        suggested_area: buildingName,
      },
      origin: { name: 'Vigie', support_url: url },
    },
  };
}
