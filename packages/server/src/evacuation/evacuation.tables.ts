import type { AlarmInput } from '@vigie/contracts/alarm-inputs';
import type { CapMessageType } from '@vigie/contracts/cap';
import type {
  AlarmOrigin,
  AlarmSource,
  Camera,
  CameraUse,
  IncidentKind,
  IncidentLine,
  Instructions,
  Room,
  RoomState,
} from '@vigie/contracts/evacuation';
import type { FloorView, PlanDrawing, PlanPicture, Warden } from '@vigie/contracts/floors';
import type { Finding } from '@vigie/contracts/sweeps';
import type { CameraHealth, Crossing, Markings, WatchMode } from '@vigie/contracts/vision';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CapFacts } from './alarm/cap.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const buildings = pgTable('buildings', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  address: text('address').notNull(),
  /** null: open. */
  cameraUse: text('camera_use').$type<CameraUse>(),
});

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (data) => Buffer.from(data),
});

export const floors = pgTable(
  'floors',
  {
    id: text('id').primaryKey(),
    buildingId: text('building_id')
      .notNull()
      .references(() => buildings.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    level: integer('level').notNull(),
    drawing: jsonb('drawing').$type<PlanDrawing>().notNull(),
    revision: integer('revision').notNull().default(0),
  },
  (table) => [unique('floors_by_name').on(table.buildingId, table.name)],
);

/** Apart from the floors, so that nobody reads pictures to list floors. Cleaned before they came here. */
export const floorPlans = pgTable('floor_plans', {
  floorId: text('floor_id')
    .primaryKey()
    .references(() => floors.id, { onDelete: 'cascade' }),
  mediaType: text('media_type').$type<PlanPicture['mediaType']>().notNull(),
  picture: bytes('picture').notNull(),
  size: jsonb('size').$type<NonNullable<FloorView['plan']>>().notNull(),
});

export const assemblyPoints = pgTable('assembly_points', {
  id: text('id').primaryKey(),
  buildingId: text('building_id')
    .notNull()
    .references(() => buildings.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  place: text('place').notNull(),
});

export const wardens = pgTable('wardens', {
  id: text('id').primaryKey(),
  buildingId: text('building_id')
    .notNull()
    .references(() => buildings.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  role: text('role').$type<Warden['role']>().notNull(),
  username: text('username'),
  phone: text('phone').notNull(),
  /** Without a tie: who is there no more is left out when it is read. */
  deputyOf: text('deputy_of'),
  floors: jsonb('floors').$type<string[]>().notNull(),
  rooms: jsonb('rooms').$type<string[]>().notNull(),
});

export const rooms = pgTable(
  'rooms',
  {
    id: text('id').primaryKey(),
    buildingId: text('building_id')
      .notNull()
      .references(() => buildings.id),
    name: text('name').notNull(),
    /** Name of a floor of the building; null: none. */
    floor: text('floor'),
    capacity: integer('capacity'),
    emptyDailyAt: text('empty_daily_at'),
    use: text('use'),
    isFilmFree: boolean('is_film_free'),
    instructions: jsonb('instructions').$type<Instructions>(),
    assemblyPointId: text('assembly_point_id').references(() => assemblyPoints.id, {
      onDelete: 'set null',
    }),
  },
  (table) => [
    index('rooms_by_building').on(table.buildingId),
    foreignKey({
      name: 'rooms_on_floor',
      columns: [table.buildingId, table.floor],
      foreignColumns: [floors.buildingId, floors.name],
    }).onUpdate('cascade'),
  ],
);

export const cameras = pgTable(
  'cameras',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    profile: text('profile').$type<Camera['profile']>().notNull(),
    fps: doublePrecision('fps').notNull(),
    staleMs: integer('stale_ms').notNull(),
    /** The URL with its password, sealed for the workers; the clear text is never stored. */
    sealedSource: text('sealed_source').notNull(),
    watches: text('watches').$type<Camera['watches']>().notNull(),
    markings: jsonb('markings').$type<Markings>().notNull(),
    /** When a person confirmed that the camera looks where it should. */
    viewSince: moment('view_since'),
  },
  (table) => [index('cameras_by_room').on(table.roomId)],
);

/** The link by which a browser may be the camera; one each. */
export const cameraLinks = pgTable('camera_links', {
  cameraId: text('camera_id')
    .primaryKey()
    .references(() => cameras.id, { onDelete: 'cascade' }),
  tokenDigest: text('token_digest').notNull().unique(),
  expiresAt: moment('expires_at').notNull(),
});
/** Who went through the doors of a room since it was last known to be empty; older ones are deleted. */
export const crossings = pgTable(
  'crossings',
  {
    id: uuid('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    cameraId: text('camera_id').notNull(),
    lineId: text('line_id').notNull(),
    direction: text('direction').$type<Crossing['direction']>().notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('crossings_by_room').on(table.roomId, table.at)],
);

/** Moments at which nobody was in a room: who said so, or `schedule`. Append-only. */
export const knownEmpties = pgTable(
  'known_empties',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    declaredBy: text('declared_by').notNull(),
  },
  (table) => [index('known_empties_by_room').on(table.roomId, table.at)],
);

/** Contacts of fire panels on I/O modules. */
export const alarmInputs = pgTable('alarm_inputs', {
  id: text('id').primaryKey(),
  buildingId: text('building_id')
    .notNull()
    .references(() => buildings.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  host: text('host').notNull(),
  port: integer('port').notNull(),
  unit: integer('unit').notNull(),
  register: text('register').$type<AlarmInput['register']>().notNull(),
  address: integer('address').notNull(),
  bit: integer('bit'),
  contact: text('contact').$type<AlarmInput['contact']>().notNull(),
  kind: text('kind').$type<IncidentKind>().notNull(),
});

/** Drills that people planned; open ones are `planned`. */
export const plannedDrills = pgTable(
  'planned_drills',
  {
    id: uuid('id').primaryKey(),
    buildingId: text('building_id')
      .notNull()
      .references(() => buildings.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    startsItself: boolean('starts_itself').notNull(),
    note: text('note').notNull(),
    /** Who planned it or changed it last. */
    plannedBy: text('planned_by').notNull(),
    state: text('state').$type<'planned' | 'started' | 'cancelled'>().notNull().default('planned'),
    closedBy: text('closed_by'),
    /** What it became; no tie: the incident may still be on its way to the database. */
    incidentId: text('incident_id'),
    /** The hour of which people were told by mail. */
    toldFor: moment('told_for'),
    revision: integer('revision').notNull(),
  },
  (table) => [index('planned_drills_by_state').on(table.state, table.at)],
);

/** When people were last reminded by mail that a building waits for its drill. */
export const drillReminders = pgTable('drill_reminders', {
  buildingId: text('building_id')
    .primaryKey()
    .references(() => buildings.id, { onDelete: 'cascade' }),
  at: moment('at').notNull(),
});

/** The building's name is kept as it was: an incident is a record, which outlives the name and the building. */
export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    buildingId: text('building_id').notNull(),
    buildingName: text('building_name').notNull(),
    kind: text('kind').$type<IncidentKind>().notNull(),
    origin: text('origin').$type<AlarmOrigin>().notNull(),
    startedBy: text('started_by').notNull(),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
    endedBy: text('ended_by'),
    /** The server's last sign of life while the incident ran: what came after it and before a restart nobody recorded. */
    recordedUntil: moment('recorded_until'),
    sources: jsonb('sources').$type<AlarmSource[]>().notNull(),
  },
  (table) => [
    uniqueIndex('incidents_one_active_per_building')
      .on(table.buildingId)
      .where(sql`ended_at is null`),
    index('incidents_by_start').on(table.startedAt),
  ],
);

/** The rooms of an incident as they were at T0, without a tie to the registry, which may change later. */
export const incidentRooms = pgTable(
  'incident_rooms',
  {
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    roomId: text('room_id').notNull(),
    room: jsonb('room').$type<Room>().notNull(),
    cameraIds: jsonb('camera_ids').$type<string[]>().notNull(),
    frozen: jsonb('frozen').$type<RoomState>().notNull(),
    /** State when the incident was ended; null while it runs. */
    atEnd: jsonb('at_end').$type<RoomState>(),
    confirmedEmptyAt: moment('confirmed_empty_at'),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.roomId] })],
);

/** Append-only. */
export const incidentLog = pgTable(
  'incident_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    at: moment('at').notNull(),
    actor: text('actor').notNull(),
    what: text('what').$type<IncidentLine['what']>().notNull(),
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /** Of the journal on disk: an entry that is replayed is stored once. */
    entryId: uuid('entry_id').notNull().unique(),
  },
  (table) => [index('incident_log_by_incident').on(table.incidentId, table.id)],
);

/** Messages to the outside by the Common Alerting Protocol, as they were sent. */
export const capMessages = pgTable(
  'cap_messages',
  {
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    n: integer('n').notNull(),
    identifier: text('identifier').notNull(),
    type: text('type').$type<CapMessageType>().notNull(),
    /** Its time as it stands in the message. */
    sent: text('sent').notNull(),
    sentAt: moment('sent_at').notNull(),
    facts: jsonb('facts').$type<CapFacts>().notNull(),
    xml: text('xml').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at'),
    error: text('error'),
    deliveredAt: moment('delivered_at'),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.n] })],
);

/** What people found out during an incident. Append-only; whoever sends one again changes nothing. */
export const incidentFindings = pgTable(
  'incident_findings',
  {
    incidentId: text('incident_id')
      .notNull()
      .references(() => incidents.id),
    id: text('id').notNull(),
    finding: jsonb('finding').$type<Finding>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.id] })],
);

/** Links by which somebody without an account reads the board of one incident; only the digest of a token is kept. */
export const boardLinks = pgTable('board_links', {
  id: text('id').primaryKey(),
  incidentId: text('incident_id')
    .notNull()
    .references(() => incidents.id),
  tokenDigest: text('token_digest').notNull().unique(),
  drawnBy: text('drawn_by').notNull(),
  drawnAt: moment('drawn_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
});

/** Moments that people labelled to measure a camera; numbers only, never a picture. */
export const commissioningMoments = pgTable(
  'commissioning_moments',
  {
    id: text('id').primaryKey(),
    cameraId: text('camera_id')
      .notNull()
      .references(() => cameras.id, { onDelete: 'cascade' }),
    at: moment('at').notNull(),
    people: integer('people').notNull(),
    count: integer('count'),
    min: integer('min'),
    max: integer('max'),
    health: text('health').$type<CameraHealth>().notNull(),
  },
  (table) => [index('commissioning_moments_by_camera').on(table.cameraId, table.at)],
);

/** Webhooks that were taken, by their `webhook-id`, so that a repeated delivery changes nothing. */
export const alarmReceipts = pgTable('alarm_receipts', {
  webhookId: text('webhook_id').primaryKey(),
  buildingId: text('building_id').notNull(),
  receivedAt: moment('received_at').notNull(),
});

/** Who watched which camera; append-only but for the end, which is written once. */
export const cameraViews = pgTable(
  'camera_views',
  {
    id: text('id').primaryKey(),
    cameraId: text('camera_id').notNull(),
    username: text('username').notNull(),
    mode: text('mode').$type<WatchMode>().notNull(),
    reason: text('reason').notNull(),
    /** The incident that opened the clear view, if one did. */
    incidentId: text('incident_id'),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [index('camera_views_by_start').on(table.startedAt)],
);
