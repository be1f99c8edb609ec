import * as z from 'zod';
import { Id } from './ids.ts';
import { Instant } from './time.ts';

/** Body of `POST /api/v1/integrators`: a program of the town that reads over HTTP and on the bus. */
export const NewIntegrator = z.object({ id: Id });
export type NewIntegrator = z.infer<typeof NewIntegrator>;

/**
 * Answer of `POST /api/v1/integrators`, the one time the key is shown. On the bus: user name and key. Over HTTP: the
 * header `Authorization: Bearer` and `token`.
 */
export const IntegratorWithKey = z.object({
  id: Id,
  username: z.string(),
  key: z.string(),
  token: z.string(),
});
export type IntegratorWithKey = z.infer<typeof IntegratorWithKey>;

/** Occupancy as the smart data model of FIWARE says it; `closed` never comes from us. */
export const SpotStatus = z.enum(['free', 'occupied', 'unknown']);
export type SpotStatus = z.infer<typeof SpotStatus>;

const property = <S extends z.ZodType>(value: S) =>
  z.object({ type: z.literal('Property'), value, observedAt: Instant.optional() });

/** A moment as JSON-LD types it. Source: ETSI GS CIM 009, clause 4.6.3. */
const DateTime = z.object({ '@type': z.literal('DateTime'), '@value': Instant });

/** One context or several; the last word is ours at `/ngsi-ld/context.jsonld`. */
const Context = z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]);

/**
 * A space as NGSI-LD says it, normalised. `location` is missing for a space without coordinates; `occupiedSince` and
 * `parkedDays` (1 = day of arrival) are ours and missing when nobody is parked.
 * Source: smart-data-models, dataModel.Parking, ParkingSpot; ETSI GS CIM 009, clause 4.5.
 */
export const ParkingSpot = z.object({
  '@context': Context.optional(),
  id: z.string().regex(/^urn:ngsi-ld:ParkingSpot:/),
  type: z.literal('ParkingSpot'),
  name: property(z.string()),
  address: property(z.object({ streetAddress: z.string() })).optional(),
  location: z
    .object({
      type: z.literal('GeoProperty'),
      value: z.object({
        type: z.literal('Point'),
        coordinates: z
          .tuple([z.number(), z.number()])
          .describe('Longitude, latitude; degrees, WGS 84'),
      }),
    })
    .optional(),
  status: property(SpotStatus),
  category: property(z.array(z.enum(['onStreet', 'offStreet'])).min(1)),
  refParkingSite: z.object({ type: z.literal('Relationship'), object: z.string() }),
  occupiedSince: property(DateTime).optional(),
  parkedDays: property(z.int().positive()).optional(),
});
export type ParkingSpot = z.infer<typeof ParkingSpot>;

const attributeName = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/);

/** A header that goes out with each notification, such as `Authorization`; it never comes back. */
const ReceiverInfo = z.strictObject({
  key: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'a name of an HTTP header'),
  value: z
    .string()
    .max(2000)
    .regex(/^[\x20-\x7e]*$/, 'printable ASCII'),
});

/** How a notification is written. `simplified` is the newer word for `keyValues`. */
export const NotificationFormat = z.enum(['normalized', 'keyValues', 'simplified']);
export type NotificationFormat = z.infer<typeof NotificationFormat>;

/**
 * Body of `POST /ngsi-ld/v1/subscriptions`. What we do not keep (throttling, intervals, geographic queries) is refused,
 * not passed over: nobody shall wait for notifications that never come. Watched is the status alone.
 * Source: ETSI GS CIM 009, clause 5.2.12.
 */
export const NewSubscription = z.strictObject({
  '@context': Context.optional(),
  id: z
    .string()
    .regex(/^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:[A-Za-z0-9._:-]{1,120}$/, 'a URN')
    .optional(),
  type: z.literal('Subscription'),
  subscriptionName: z.string().max(200).optional(),
  description: z.string().max(500).optional(),
  entities: z
    .array(
      z.strictObject({
        type: z.string().min(1).max(200),
        id: z.string().max(200).optional(),
        idPattern: z.never('list the ids, or leave them out for all').optional(),
      }),
    )
    .min(1)
    .max(1000),
  watchedAttributes: z.array(z.literal('status')).min(1).default(['status']),
  q: z.string().max(500).optional(),
  isActive: z.boolean().default(true),
  expiresAt: Instant.optional(),
  notification: z.strictObject({
    attributes: z.array(attributeName).min(1).optional(),
    format: NotificationFormat.default('normalized'),
    endpoint: z.strictObject({
      uri: z.url({ protocol: /^https?$/ }).max(1000),
      accept: z.enum(['application/json', 'application/ld+json']).default('application/json'),
      receiverInfo: z.array(ReceiverInfo).max(10).optional(),
    }),
  }),
});
export type NewSubscription = z.infer<typeof NewSubscription>;

/** A subscription as it is read: with what became of its notifications, without the headers for the receiver. */
export const Subscription = NewSubscription.extend({
  id: z.string(),
  status: z.enum(['active', 'paused', 'expired']),
  notification: z.object({
    attributes: z.array(attributeName).optional(),
    format: NotificationFormat,
    endpoint: z.object({ uri: z.string(), accept: z.string() }),
    status: z.enum(['ok', 'failed']),
    timesSent: z.int().nonnegative(),
    timesFailed: z.int().nonnegative().describe('Attempts in vain since the last success'),
    lastNotification: Instant.optional(),
    lastSuccess: Instant.optional(),
    lastFailure: Instant.optional(),
  }),
});
export type Subscription = z.infer<typeof Subscription>;

/**
 * What a subscriber gets by POST. `id` is the same when it is sent again; `data` holds an entity once, in the order of
 * the changes, written as the subscription's format says. Source: ETSI GS CIM 009, clause 5.3.1.
 */
export const SpotNotification = z.object({
  '@context': Context.optional(),
  id: z.string(),
  type: z.literal('Notification'),
  subscriptionId: z.string(),
  notifiedAt: Instant,
  data: z.array(z.record(z.string(), z.unknown())).min(1),
});
export type SpotNotification = z.infer<typeof SpotNotification>;

/** Words of the Curb Data Specification that we use. `scheduled_report` is known to readers and not sent yet. */
export const CurbEventType = z.enum([
  'park_start',
  'park_end',
  'scheduled_report',
  'comms_lost',
  'comms_restored',
]);
export type CurbEventType = z.infer<typeof CurbEventType>;

const milliseconds = z.int().nonnegative().describe('Milliseconds since 1970, UTC');

/**
 * Something that happened at a space. All ids are UUIDs that stay the same; the table of the spaces translates them.
 * `event_session_id` ties the end of a stay to its beginning. `event_publication_time` is when the sensor's word came here;
 * the time of the event where it follows from other words. Source: Curb Data Specification 1.0, Events, Curb Event.
 */
export const CurbEvent = z.object({
  event_id: z.uuid(),
  event_type: CurbEventType,
  event_location: z
    .object({
      type: z.literal('Feature'),
      properties: z.object({ timestamp: milliseconds }),
      geometry: z.object({
        type: z.literal('Point'),
        coordinates: z.tuple([z.number(), z.number()]).describe('Longitude, latitude; WGS 84'),
      }),
    })
    .nullable()
    .describe('null: the space has no coordinates'),
  event_time: milliseconds,
  event_publication_time: milliseconds,
  event_session_id: z.uuid().optional(),
  curb_zone_id: z.uuid(),
  curb_space_id: z.uuid(),
  data_source_type: z.literal('above_ground'),
  data_source_operator_name: z.string(),
  data_source_device_id: z.uuid().describe('The sensor’s place, whichever device stands there'),
});
export type CurbEvent = z.infer<typeof CurbEvent>;

/** Answer of `GET /cds/events`, newest first. Source: Curb Data Specification 1.0, General Information. */
export const CurbEvents = z.object({
  version: z.literal('1.0.0'),
  time_zone: z.string(),
  last_updated: milliseconds,
  currency: z.literal('EUR'),
  author: z.string(),
  data: z.object({ events: z.array(CurbEvent) }),
  links: z.object({ next: z.string().nullable().describe('null on the last page') }),
});
export type CurbEvents = z.infer<typeof CurbEvents>;

/**
 * What Home Assistant is told about one value of a bollard or a room, so that it shows it by itself. Templates are
 * Jinja2; `expire_after` is in seconds. Source: Home Assistant, MQTT discovery, sensor and binary sensor.
 */
export const HomeAssistantEntity = z.object({
  name: z.string(),
  unique_id: z.string().regex(/^[a-z0-9_]+$/i),
  state_topic: z.string(),
  value_template: z.string(),
  availability: z
    .array(
      z.object({
        topic: z.string(),
        payload_available: z.literal('online'),
        payload_not_available: z.literal('offline'),
      }),
    )
    .optional(),
  expire_after: z.int().positive().optional(),
  device_class: z.enum(['occupancy', 'enum', 'battery', 'signal_strength']).optional(),
  options: z.array(z.string()).optional(),
  unit_of_measurement: z.string().optional(),
  state_class: z.literal('measurement').optional(),
  entity_category: z.literal('diagnostic').optional(),
  icon: z.string().optional(),
  device: z.object({
    identifiers: z.array(z.string()).min(1),
    name: z.string(),
    manufacturer: z.literal('Vigie'),
    model: z.string(),
    suggested_area: z.string().optional(),
  }),
  origin: z.object({ name: z.literal('Vigie'), support_url: z.string() }),
});
export type HomeAssistantEntity = z.infer<typeof HomeAssistantEntity>;
