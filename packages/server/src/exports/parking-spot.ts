import type { ParkingSpot, SpotStatus } from '@vigie/contracts/exports';
import type { DisplayState } from '@vigie/contracts/parking';
import type { SpaceRecord } from '../parking/index.ts';

const urn = 'urn:ngsi-ld:ParkingSpot:';

/** The names an entity of ours goes by; the second is what the first stands for in our context. */
export const spotTypes: readonly string[] = [
  'ParkingSpot',
  'https://smartdatamodels.org/dataModel.Parking/ParkingSpot',
];

export const spotId = (spaceId: string): string => urn + spaceId;

/** The space behind an entity's id; `undefined` for any other entity. */
export const spaceIdOf = (id: string): string | undefined =>
  id.startsWith(urn) ? id.slice(urn.length) : undefined;

const statuses: Readonly<Record<DisplayState, SpotStatus>> = {
  free: 'free',
  parked: 'occupied',
  overstay: 'occupied',
  unknown: 'unknown',
  fault: 'unknown',
};

/** A space whose sensor never spoke is unknown, not free. */
export const statusOf = ({ display }: Pick<SpaceRecord, 'display'>): SpotStatus =>
  display ? statuses[display.state] : 'unknown';

/** A space as an entity, normalised, without its context. Every zone counts as on-street: nothing says otherwise. */
export function spotOf(record: SpaceRecord): ParkingSpot {
  const { space, display, observedAt } = record;
  const seen = observedAt ? { observedAt: observedAt.toISOString() } : {};
  return {
    id: spotId(space.id),
    type: 'ParkingSpot',
    name: property(space.label),
    ...(space.address && { address: property({ streetAddress: space.address }) }),
    ...placeOf(space),
    status: { ...property(statusOf(record)), ...seen },
    category: property(['onStreet' as const]),
    refParkingSite: {
      type: 'Relationship',
      object: `urn:ngsi-ld:OnStreetParking:${space.zoneId}`,
    },
    ...(display?.since && {
      occupiedSince: property({ '@type': 'DateTime' as const, '@value': display.since }),
    }),
    ...(display?.day && { parkedDays: property(display.day) }),
  };
}

function placeOf({ latitude, longitude }: SpaceRecord['space']): Pick<ParkingSpot, 'location'> {
  if (latitude === null || longitude === null) return {};
  const coordinates: [number, number] = [longitude, latitude];
  return { location: { type: 'GeoProperty', value: { type: 'Point', coordinates } } };
}

const property = <V>(value: V) => ({ type: 'Property' as const, value });

/** Only these attributes; `undefined`: all. `id` and `type` always stay. */
export function withAttributes(
  spot: ParkingSpot,
  attributes: readonly string[] | undefined,
): ParkingSpot {
  if (!attributes) return spot;
  const kept = new Set(['id', 'type', ...attributes]);
  return Object.fromEntries(Object.entries(spot).filter(([name]) => kept.has(name))) as ParkingSpot;
}

/** The simplified form: each attribute is its bare value. Source: ETSI GS CIM 009, clause 4.5.4. */
export function keyValuesOf(spot: ParkingSpot): Record<string, unknown> {
  const entries = Object.entries(spot).map(([name, attribute]) => [name, bareValue(attribute)]);
  return Object.fromEntries(entries);
}

function bareValue(attribute: unknown): unknown {
  if (typeof attribute !== 'object' || attribute === null) return attribute;
  if ('value' in attribute) return attribute.value;
  return 'object' in attribute ? attribute.object : attribute;
}

const model = 'https://smartdatamodels.org/dataModel.Parking/';

/** The version of the standard's own context that ours ends with. */
const coreContext = 'https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld';

/** What our words stand for, as a JSON-LD document. Ours alone are `occupiedSince` and `parkedDays`. */
export const spotContext = {
  '@context': [
    {
      ParkingSpot: `${model}ParkingSpot`,
      OnStreetParking: `${model}OnStreetParking`,
      name: 'https://smartdatamodels.org/name',
      address: 'https://smartdatamodels.org/address',
      streetAddress: 'https://smartdatamodels.org/streetAddress',
      status: 'https://uri.etsi.org/ngsi-ld/status',
      category: `${model}category`,
      refParkingSite: { '@id': `${model}refParkingSite`, '@type': '@id' },
      occupiedSince: 'urn:vigie:parking:occupiedSince',
      parkedDays: 'urn:vigie:parking:parkedDays',
    },
    coreContext,
  ],
};
