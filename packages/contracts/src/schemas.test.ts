import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as accounts from './accounts.ts';
import * as alarmInputs from './alarm-inputs.ts';
import * as apiTokens from './api-tokens.ts';
import * as audit from './audit.ts';
import * as cameraAddress from './camera-address.ts';
import * as cameraEnquiries from './camera-enquiries.ts';
import * as cap from './cap.ts';
import * as caseNotice from './case-notice.ts';
import * as commissioning from './commissioning.ts';
import * as demo from './demo.ts';
import * as devices from './devices.ts';
import * as directory from './directory.ts';
import * as directoryRefusal from './directory-refusal.ts';
import * as drills from './drills.ts';
import * as errors from './errors.ts';
import * as evacuation from './evacuation.ts';
import * as exports from './exports.ts';
import * as floors from './floors.ts';
import * as ids from './ids.ts';
import * as inventory from './inventory.ts';
import * as models from './models.ts';
import * as notifications from './notifications.ts';
import * as ownAccount from './own-account.ts';
import * as parking from './parking.ts';
import * as parkingCameras from './parking-cameras.ts';
import * as parkingStatistics from './parking-statistics.ts';
import * as passkeys from './passkeys.ts';
import * as persons from './persons.ts';
import * as privacy from './privacy.ts';
import * as provider from './provider.ts';
import * as publicSpace from './public-space.ts';
import * as recipients from './recipients.ts';
import * as report from './report.ts';
import * as retention from './retention.ts';
import * as setup from './setup.ts';
import * as sweeps from './sweeps.ts';
import * as time from './time.ts';
import * as town from './town.ts';
import * as vision from './vision.ts';

const at = '2026-03-29T01:00:00.000Z';

const workerModel = {
  ...{ name: 'm.onnx', sha256: 'ab'.repeat(32), msPerLook: 40.5, isMeasured: true },
  uses: ['quick', 'parking'],
};
const modelFacts = {
  ...{ name: 'm.onnx', sha256: workerModel.sha256, bytes: 7, head: 'yolov8', isQuantised: true },
  ...{ input: { width: 640, height: 384 }, standing: 'unknown', licence: null },
};
const installedModel = { ...modelFacts, isOwn: true };
const waitingModel = { ...modelFacts, id: 'u1', by: 'ada', at };
const auditHash = 'a'.repeat(64);
const auditEntry = {
  seq: 1,
  at,
  actor: 'account:1',
  act: 'change',
  subject: 'zones:z1',
  details: { n: 1, list: ['a'], nothing: null },
  commitments: { actorName: auditHash },
};
const auditRow = {
  ...auditEntry,
  previous: auditHash,
  hash: auditHash,
  told: { actorName: { value: 'ada', salt: 's' } },
};

const zone = { id: 'z1', name: 'Centre', allowedDays: 7 };
const space = { id: 's1', zoneId: 'z1', label: '12' };
const display = {
  v: 1,
  state: 'parked',
  day: 2,
  colour: '#2a9d8f',
  label: '2',
  since: at,
  until: at,
  allowedDays: 7,
  dayRule: 'arrival',
  paletteVersion: '1',
};
const spaceView = { ...space, zoneName: 'Centre', display, caseId: null };
const stay = {
  id: 's1@x',
  spaceId: 's1',
  since: at,
  until: null,
  days: 3,
  gaps: [{ from: at, until: null }],
  isArrivalInferred: false,
};
const exemption = {
  id: 'e1',
  spaceId: 's1',
  from: at,
  until: at,
  reason: 'tournage autorisé',
  by: 'police',
  endedAt: null,
};
const zoneOnPicture = {
  id: 'desk',
  kind: 'exclude',
  points: [
    [0, 0],
    [0.5, 0],
    [0.5, 1],
  ],
};
const doorLine = { id: 'door', from: [0.4, 0.5], to: [0.6, 0.5] };
const calibration = [
  { image: [0.3, 0.4], plan: [0, 0] },
  { image: [0.7, 0.4], plan: [4, 0] },
  { image: [0.9, 0.9], plan: [4, 4] },
  { image: [0.1, 0.9], plan: [0, 4] },
];
const triangle = [
  [0, 0],
  [0.5, 0],
  [0.5, 1],
];
const drawnCamera = { cameraId: 'c1', at: [0, 0], towards: [0.2, 0.2] };
const drawnDoor = { id: 'd1', kind: 'exit', from: [0, 0], to: [0, 0.1] };
const planPicture = { mediaType: 'image/png', base64: 'AAAA' };
const drawing = {
  rooms: [{ roomId: 'r1', outline: triangle }],
  cameras: [drawnCamera],
  doors: [drawnDoor],
  assemblyPoints: [{ id: 'p1', at: [1, 1] }],
};
const floor = { id: 'f1', buildingId: 'b1', name: 'RDC', level: 0 };
const floorView = {
  ...floor,
  drawing,
  plan: { width: 9, height: 9, digest: 'a' },
  revision: 0,
};
const assemblyPoint = { id: 'p1', buildingId: 'b1', name: 'Parvis' };
const warden = { id: 'w1', buildingId: 'b1', name: 'Accueil', role: 'guide' };
const crossing = {
  v: 1,
  id: '0190a5d8-3f6c-7c3e-8d5b-1f2e3d4c5b6a',
  lineId: 'door',
  direction: 'in',
  at,
  track: 3,
};
const doorCount = {
  in: 3,
  out: 2,
  inside: 1,
  drift: 1,
  unexplained: 0,
  knownEmptyAt: at,
  isWatched: true,
};
const fault = {
  id: 'f1',
  deviceId: 'p1',
  kind: 'silent',
  detail: '',
  openedAt: at,
  closedAt: null,
  ticket: null,
};
const inventoryFault = { line: 2, problem: 'space-unknown', value: 's9', remedy: 'correct it' };
const inventoryChange = {
  line: 2,
  id: 'b1',
  isNew: false,
  fields: [{ column: 'spaces', from: 's1', to: 's2' }],
};
const legendDay = { day: 1, colour: '#2a9d8f', nameFr: 'vert', nameEn: 'green' };
const step = { status: 'open', at, actor: 'system', reason: '' };
const room = { id: 'r1', buildingId: 'b1', name: 'Salle 1' };
const camera = { id: 'c1', roomId: 'r1', name: 'Entrée' };
const enquiryId = '0b8f4f5e-0c1c-4b61-8f6c-7d3f0f1a2b3c';
const trial = { codec: 'h264', width: 640, height: 360, fps: 5, jpeg: '/9j/' };
const foundDevice = {
  ...{ service: 'http://10.0.0.5/onvif/device_service', host: '10.0.0.5' },
  ...{ name: 'Hall', hardware: 'X1', isForbidden: false },
};
const deviceStream = {
  ...{ name: 'sub', codec: 'H264', width: 640, height: 360, fps: 10, trouble: null },
  ...{ shown: 'rtsp://10.0.0.5/sub', source: 'sealed:v1.AAAA', snapshot: null },
};
const make = { maker: 'Acme', model: 'X1', firmware: '1.2' };
const answer = {
  ...{ id: enquiryId, step: 'done', trouble: null, trial, make, streams: [deviceStream] },
};
const login = { username: 'hall', password: 's3cret' };
const newCamera = { ...camera, source: 'rtsp://10.0.0.5:554/stream1' };
const building = { id: 'b1', name: 'Mairie' };
const estimate = { value: 0.2, low: 0, high: 0.5 };
const accuracy = {
  moments: 20,
  unknown: 1,
  meanError: estimate,
  bias: { value: -0.2, low: -0.5, high: 0.1 },
  missRate: estimate,
  falseEmptyRate: null,
  inRange: estimate,
  until: at,
};
const moment = { id: 'm1', at, people: 3, count: 2, min: 2, max: 4, health: 'ok' };
const roomSource = { cameraId: 'c1', health: 'ok', count: 2, at };
const roomState = {
  v: 1,
  roomId: 'r1',
  state: 'people',
  reason: null,
  count: 2,
  min: 2,
  max: 3,
  since: at,
  at,
  lastSeenAt: at,
  sources: [roomSource],
};
const alarmInput = {
  id: 'panel-1',
  buildingId: 'b1',
  name: 'Panel',
  host: '10.0.0.9',
  address: 0,
  contact: 'normally-closed',
};
const incident = {
  id: 'i1',
  buildingId: 'b1',
  buildingName: 'Mairie',
  kind: 'drill',
  origin: 'button',
  startedBy: 'anna',
  startedAt: at,
  endedAt: null,
  endedBy: null,
};
const found = { id: 'f1', by: 'ada', at, madeAt: at, receivedAt: at };
const sweep = { what: 'sweep', ...found, roomId: 'r1', result: 'people', people: 2 };
const override = { what: 'override', ...found, roomId: 'r1', reason: 'a coat', upTo: 1 };
const assemblyCount = { what: 'assembly', ...found, point: 'Parvis', how: 'add', people: -1 };
const newSweep = { id: 'f1', roomId: 'r1', result: 'clear', at, sentAt: at };
const assembledPeople = {
  point: 'Parvis',
  people: 3,
  by: 'ada',
  at,
  seen: { min: 2, max: 4 },
};
const assemblyTally = {
  kind: 'missing',
  people: 1,
  assembled: 3,
  seen: { min: 0, max: null },
};
const blindCamera = { cameraId: 'c1', name: 'Hall', roomId: 'hall', health: 'covered' };
const boardLink = { id: 'l1', drawnBy: 'ada', drawnAt: at, until: at, revokedAt: null };
const boardRoom = {
  room,
  frozen: roomState,
  live: roomState,
  standing: { kind: 'people', by: null, min: 2, max: null, at },
  sweep,
  confirmedEmptyAt: null,
  cameraIds: ['c1'],
};
const totals = {
  peopleMin: 2,
  peopleMax: null,
  roomsWithPeople: 1,
  roomsInContradiction: 0,
  roomsSwept: 0,
  frozenMax: null,
  roomsUnknown: 0,
  roomsEmpty: 0,
  frozenPeople: 2,
};

const reportPeriod = {
  from: at,
  until: at,
  state: 'unknown',
  reason: 'not-recorded',
  count: null,
  min: null,
  max: null,
};
const incidentReport = {
  incident,
  until: at,
  durationSeconds: 60,
  endReason: null,
  start: { people: 3, roomsUnknown: 1 },
  inputs: [{ at, by: 'bob', what: 'started', origin: 'button' }],
  rooms: [],
  curve: [],
  out: { half: null, ninety: null, all: null },
  firstOut: null,
  lastOut: null,
  neverConfirmed: ['hall'],
  blind: [],
  sweeps: [],
  contradictions: [],
  assembly: [],
  observations: [],
  signatures: [{ at, by: 'eve' }],
};
const registerEntry = {
  incident,
  durationSeconds: null,
  endReason: null,
  observations: [],
  isSigned: false,
};
const plannedDrill = {
  id: '3b241101-e2bb-4255-8caf-4136c566a962',
  buildingId: 'b',
  buildingName: 'B',
  at,
  startsItself: false,
  note: '',
  plannedBy: 'ada',
  state: 'ahead',
};
const drillDue = {
  buildingId: 'b1',
  buildingName: 'Mairie',
  lastDrillAt: null,
  dueAt: null,
  isOverdue: true,
};
const bollard = {
  id: 'p1',
  spaceId: 's1',
  spaceIds: ['s1'],
  model: 'vigie',
  deviceEui: null,
  life: 'in-service',
  online: true,
  lastSeenAt: at,
  heartbeatMs: 900_000,
  batteryPercent: 80,
  rssiDbm: -70,
  temperatureC: null,
  firmware: null,
  replacedBy: null,
};
const newBollard = { id: 'p1', spaceId: 's1', key: 'k'.repeat(24) };
const person = { box: [0.1, 0.1, 0.2, 0.5], score: 0.9 };
const outline = [
  [0.1, 0.1],
  [0.3, 0.1],
  [0.3, 0.3],
];
const spaceOccupancy = { spaceId: 'p1', occupied: true, score: 0.7, since: at, seenAt: at };
const frameHeader = { at, width: 640, height: 360, mode: 'clear', count: 1, people: [person] };
const ms = { decode: 1, prepare: 1, infer: 50, post: 1 };
const pixels = { box: [10, 20, 30, 40], score: 0.9 };
const detectLine = {
  source: 'a.mp4',
  frame: 0,
  t: 0,
  width: 640,
  height: 360,
  count: 1,
  detections: [pixels],
  ms,
};
const wholeTown = { zoneIds: null, buildingIds: null };
const newAccount = { username: 'anna', name: 'Anna', role: 'viewer', scope: wholeTown };
const account = {
  ...newAccount,
  id: '1',
  isDisabled: false,
  hasSecondFactor: true,
  hasPasskey: false,
  mustChangePassword: false,
  directory: { checkedAt: at, refusal: null },
  provider: { email: 'anna@ville.example', isLinked: true, invitedUntil: at },
  createdAt: at,
};
const groupRole = { group: 'GG-Police', role: 'police-officer', scope: wholeTown };
const directoryRights = { role: 'police-officer', scope: wholeTown, by: ['GG-Police'] };
const directoryCheck = {
  username: 'anna',
  dn: null,
  name: 'Anna',
  groups: ['GG-Police'],
  rights: directoryRights,
  refusal: null,
};
const assertion = {
  id: 'abc',
  rawId: 'abc',
  type: 'public-key',
  response: {
    clientDataJSON: 'abc',
    authenticatorData: 'abc',
    signature: 'abc',
    userHandle: 'abc',
  },
};
const apiToken = {
  id: '1',
  name: 'map',
  permissions: ['parking.read'],
  scope: wholeTown,
  createdBy: 'admin',
  createdAt: at,
  expiresAt: at,
  lastUsedAt: null,
};
const me = {
  username: 'anna',
  name: 'Anna',
  role: 'viewer',
  permissions: ['rooms.read'],
  scope: { zoneIds: null, buildingIds: ['b1'] },
  duties: [],
  hasSecondFactor: false,
  hasPasskey: false,
  isFromDirectory: false,
  isFromProvider: false,
  mustKeepSecondFactor: false,
  town: 'Drancy',
  timeZone: 'Europe/Paris',
  isDemo: false,
  passwordMinLength: 8,
};

const spot = {
  id: 'urn:ngsi-ld:ParkingSpot:s1',
  type: 'ParkingSpot',
  name: { type: 'Property', value: '12' },
  location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [2.44, 48.92] } },
  status: { type: 'Property', value: 'occupied', observedAt: at },
  category: { type: 'Property', value: ['onStreet'] },
  refParkingSite: { type: 'Relationship', object: 'urn:ngsi-ld:OnStreetParking:z1' },
  occupiedSince: { type: 'Property', value: { '@type': 'DateTime', '@value': at } },
  parkedDays: { type: 'Property', value: 2 },
};
const newSubscription = {
  type: 'Subscription',
  entities: [{ type: 'ParkingSpot' }],
  notification: {
    endpoint: {
      uri: 'https://broker.example/notify',
      receiverInfo: [{ key: 'Authorization', value: 'Bearer x' }],
    },
  },
};
const subscription = {
  id: 'urn:ngsi-ld:Subscription:1',
  type: 'Subscription',
  entities: [{ type: 'ParkingSpot' }],
  status: 'active',
  notification: {
    format: 'normalized',
    endpoint: { uri: 'https://broker.example/notify', accept: 'application/json' },
    status: 'ok',
    timesSent: 0,
    timesFailed: 0,
  },
};

const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
const curbEvent = {
  event_id: uuid,
  event_type: 'park_start',
  event_location: {
    type: 'Feature',
    properties: { timestamp: 1 },
    geometry: { type: 'Point', coordinates: [2.44, 48.92] },
  },
  event_time: 1,
  event_publication_time: 1,
  event_session_id: uuid,
  curb_zone_id: uuid,
  curb_space_id: uuid,
  data_source_type: 'above_ground',
  data_source_operator_name: 'Drancy',
  data_source_device_id: uuid,
};
const sensor = { lastHeardAt: at, batteryPercent: 80 };
const notice = {
  v: 1,
  id: 'case-c1-opened',
  kind: 'opened',
  caseId: 'c1',
  number: 1,
  zone: { id: 'z1', name: 'Centre', allowedDays: 7, timeZone: 'Europe/Paris', legalBasis: '' },
  space: { id: 's1', label: '12', address: '', latitude: null, longitude: null },
  since: at,
  sinceUncertaintySeconds: null,
  sinceBy: 'device',
  days: 8,
  colour: '#000000',
  colourName: { fr: 'noir', en: 'black' },
  gaps: [{ from: at, until: null }],
  sensor,
  link: 'https://vigie.example/cases/c1',
};
const caseEvent = {
  specversion: '1.0',
  id: 'case-c1-opened',
  source: 'https://vigie.example',
  type: 'vigie.case.opened',
  subject: 'c1',
  time: at,
  datacontenttype: 'application/json',
  data: notice,
};
const zoneStatistics = {
  zoneId: 'z1',
  zoneName: 'Centre',
  spaces: 4,
  occupancy: [{ occupiedMs: 1, observedMs: 2 }],
  stays: 3,
  overstays: 1,
  ended: 2,
  lengthMs: { mean: 1, median: 1, p90: 1, longest: 1 },
  lengths: Array.from({ length: 11 }, () => 0),
};
const statistics = {
  from: '2026-03-01',
  to: '2026-03-30',
  timeZone: 'Europe/Paris',
  step: 'day',
  starts: [at],
  until: at,
  zones: [zoneStatistics],
  outcomes: [{ outcome: null, count: 1 }],
  sensors: { ok: 1, 'battery-low': 0, offline: 0, 'never-heard': 0 },
};
const openSpace = {
  id: 's1',
  label: '12',
  address: '',
  zoneName: 'Centre',
  state: 'parked',
  day: 2,
  colour: '#2a9d8f',
  colourNameFr: 'vert',
  colourNameEn: 'green',
  daysLeft: 5,
  blackOn: '2026-03-29',
  allowedDays: 7,
  dayRule: 'arrival',
  legalBasis: '',
};

type Change = [path: string, value: unknown];

/** By name of the schema: a good value, and changes to it (path, bad value) that must be refused at that very path. */
const tried: Record<string, { good: unknown; bad: Change[] }> = {
  Me: {
    good: me,
    bad: [
      ['role', 'mayor'],
      ['scope.buildingIds.0', 'a/b'],
      ['permissions.0', 'everything'],
      ['isDemo', 'no'],
    ],
  },
  Role: { good: 'warden', bad: [['', 'admin']] },
  SecondFactorRule: { good: 'everybody', bad: [['', 'required']] },
  PersonRole: { good: 'warden', bad: [['', 'device']] },
  Scope: {
    good: { zoneIds: ['z1'], buildingIds: null },
    bad: [
      ['zoneIds', 'z1'],
      ['buildingIds', undefined],
    ],
  },
  Permission: { good: 'alarm.end', bad: [['', 'alarm.silence']] },
  Duty: { good: 'second-factor', bad: [['', 'third-factor']] },
  Username: { good: 'anna.petit@ville', bad: [['', '.anna']] },
  NewAccount: {
    good: newAccount,
    bad: [
      ['username', 'a b'],
      ['role', 'device'],
      ['name', ' '],
    ],
  },
  AccountChange: {
    good: { name: 'Anna', role: 'viewer', scope: wholeTown, isDisabled: false },
    bad: [
      ['isDisabled', undefined],
      ['scope', undefined],
    ],
  },
  Account: {
    good: account,
    bad: [
      ['createdAt', 'yesterday'],
      ['directory', undefined],
      ['provider', undefined],
      ['provider.invitedUntil', 'soon'],
      ['role', 'device'],
    ],
  },
  AccountWithPassword: { good: { ...account, password: 'x' }, bad: [['password', undefined]] },
  NewDeviceKey: {
    good: { kind: 'panel', id: 'mairie' },
    bad: [
      ['kind', 'bollard'],
      ['id', ''],
    ],
  },
  DeviceKey: {
    good: { kind: 'worker', id: 'w2', username: 'worker:w2', drawnAt: '2026-03-29T10:00:00.000Z' },
    bad: [
      ['kind', 'bollard'],
      ['drawnAt', 'yesterday'],
    ],
  },
  DrawnDeviceKey: {
    good: { kind: 'worker', id: 'w2', username: 'worker:w2', key: 'k' },
    bad: [['key', undefined]],
  },
  AccountResetWish: { good: { lostSecondFactor: true }, bad: [['lostSecondFactor', 'yes']] },
  AccountReset: { good: { ...account, password: null }, bad: [['password', undefined]] },
  ProviderOffer: {
    good: { name: 'ProConnect', isProConnect: true },
    bad: [['name', undefined]],
  },
  ProviderInvitation: {
    good: { email: 'Anna@ville.example', name: 'Anna', role: 'viewer', scope: wholeTown },
    bad: [
      ['email', 'anna'],
      // A Kelvin sign, which is a small k in lower case.
      ['email', '\u212Aarl@ville.example'],
      ['role', 'device'],
    ],
  },
  SignedOut: {
    good: { ok: true, goTo: 'https://id.ville.example/end?state=x' },
    bad: [['goTo', 'over there']],
  },
  DirectoryRefusal: { good: 'no-group', bad: [['', '52e']] },
  GroupRole: {
    good: groupRole,
    bad: [
      ['group', ' '],
      ['role', 'device'],
      ['scope', undefined],
    ],
  },
  DirectoryView: {
    good: {
      isSet: true,
      canLook: true,
      servers: ['ldaps://dc1.ville.example'],
      groups: [groupRole],
      version: 1,
      changedBy: 'admin',
      changedAt: at,
      refreshedAt: null,
      failure: null,
    },
    bad: [
      ['version', -1],
      ['groups.0.role', 'chief'],
    ],
  },
  GroupRolesChange: { good: { version: 0, groups: [groupRole] }, bad: [['version', undefined]] },
  DirectoryRights: { good: directoryRights, bad: [['role', null]] },
  DirectoryQuestion: { good: { username: 'anna' }, bad: [['username', ' ']] },
  DirectoryCheck: {
    good: directoryCheck,
    bad: [
      ['refusal', 'tired'],
      ['groups', null],
    ],
  },
  DirectoryPreviewQuestion: { good: { groups: [groupRole] }, bad: [['groups', groupRole]] },
  DirectoryPreview: {
    good: { people: [directoryCheck], unknownGroups: [], isCut: false },
    bad: [
      ['people.0.rights', 'all'],
      ['isCut', undefined],
    ],
  },
  TokenPermission: {
    good: 'parking.read',
    bad: [
      ['', 'accounts.write'],
      ['', 'alarm.end'],
    ],
  },
  NewApiToken: {
    good: { name: 'map', permissions: ['parking.read'], scope: wholeTown },
    bad: [
      ['permissions', []],
      ['permissions.0', 'cameras.view-clear'],
      ['expiresInDays', 400],
    ],
  },
  ApiToken: {
    good: apiToken,
    bad: [
      ['expiresAt', null],
      ['permissions.0', 'accounts.write'],
    ],
  },
  ApiTokenWithKey: { good: { ...apiToken, token: 'vigie_x' }, bad: [['token', undefined]] },
  SignInAnswer: { good: { secondFactor: true }, bad: [['secondFactor', 'yes']] },
  SecondFactorCode: {
    good: { code: '123456' },
    bad: [
      ['code', '12'],
      ['kind', 'sms'],
    ],
  },
  OwnPassword: { good: { password: 'x' }, bad: [['password', '']] },
  SecondFactorSetup: {
    good: { uri: 'otpauth://totp/x', secret: 'ABC', qr: 'data:', backupCodes: ['a'] },
    bad: [['backupCodes', 'a']],
  },
  OwnSecondFactor: { good: { backupCodesLeft: 10 }, bad: [['backupCodesLeft', -1]] },
  BackupCodes: { good: { backupCodes: ['a'] }, bad: [['backupCodes', 'a']] },
  PasskeyOffer: { good: { origin: 'https://vigie.example' }, bad: [['origin', undefined]] },
  PasskeyRequest: {
    good: {
      challenge: 'abc',
      rpId: 'vigie.example',
      timeout: 300_000,
      userVerification: 'required',
    },
    bad: [
      ['challenge', 'a+b'],
      ['userVerification', 'preferred'],
    ],
  },
  PasskeyAssertion: {
    good: assertion,
    bad: [
      ['id', 'a/b'],
      ['type', 'password'],
      ['response.userHandle', undefined],
    ],
  },
  OwnProof: { good: {}, bad: [['password', '']] },
  PasskeyCreation: {
    good: {
      challenge: 'abc',
      rp: { id: 'vigie.example', name: 'Vigie' },
      user: { id: 'abc', name: 'anna', displayName: 'Anna' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      excludeCredentials: [{ type: 'public-key', id: 'abc', transports: ['usb'] }],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
      timeout: 300_000,
    },
    bad: [
      ['attestation', 'direct'],
      ['authenticatorSelection.userVerification', 'preferred'],
    ],
  },
  PasskeyName: { good: { name: 'Clé bleue' }, bad: [['name', ' ']] },
  NewPasskey: {
    good: {
      name: 'Clé bleue',
      credential: {
        ...assertion,
        response: { clientDataJSON: 'abc', attestationObject: 'abc', transports: ['usb'] },
      },
    },
    bad: [
      ['name', ''],
      ['credential.response.attestationObject', undefined],
    ],
  },
  OwnPasskey: {
    good: { id: '1', name: 'Clé bleue', createdAt: at, lastUsedAt: null },
    bad: [['lastUsedAt', undefined]],
  },
  TotpCode: {
    good: { code: '012345' },
    bad: [
      ['code', '12345'],
      ['code', 'abcdef'],
    ],
  },
  PasswordChange: { good: { current: 'a', next: 'b' }, bad: [['next', '']] },
  OwnSession: {
    good: {
      id: '1',
      createdAt: at,
      expiresAt: at,
      address: null,
      userAgent: null,
      isCurrent: true,
    },
    bad: [
      ['isCurrent', undefined],
      ['expiresAt', 'soon'],
    ],
  },
  Credentials: {
    good: { username: 'anna', password: 'x' },
    bad: [
      ['username', ''],
      ['password', ''],
    ],
  },
  InboxMail: {
    good: {
      id: '1',
      messageId: '<1@x>',
      from: 'a@b.fr',
      to: 'c@d.fr',
      subject: 'x',
      date: at,
      text: 'x',
      html: '',
    },
    bad: [['date', 'today']],
  },
  DeviceLife: { good: 'late', bad: [['', 'asleep']] },
  DeviceEui: { good: '0011223344556677', bad: [['', '00112233445566ZZ']] },
  Replacement: { good: { id: 'p2' }, bad: [['deviceEui', '12']] },
  FaultKind: { good: 'battery-low', bad: [['', 'sad']] },
  Fault: { good: fault, bad: [['openedAt', 'now']] },
  UnreadMessage: {
    good: { id: 1, deviceId: 'p1', receivedAt: at, reason: 'no json', payload: '{' },
    bad: [['receivedAt', '']],
  },
  DeviceKind: { good: 'panel', bad: [['', 'toaster']] },
  Bollard: {
    good: bollard,
    bad: [
      ['batteryPercent', 101],
      ['lastSeenAt', 'yesterday'],
      ['spaceId', 'a/b'],
    ],
  },
  NewBollard: {
    good: newBollard,
    bad: [
      ['key', 'short'],
      ['id', 'p#1'],
    ],
  },
  DisplayToken: {
    good: { bollardId: 'p1', token: 'x', path: '/display/p1?token=x' },
    bad: [['bollardId', 'a/b']],
  },
  NewBrowserCamera: { good: { name: 'Téléphone' }, bad: [['name', '']] },
  CameraLink: {
    good: { cameraId: 'c1', token: 'x', path: '/camera/x', until: '2026-06-01T20:00:00.000Z' },
    bad: [
      ['cameraId', 'a/b'],
      ['until', 'tomorrow'],
    ],
  },
  CameraFeedView: {
    good: { camera: 'T', room: 'Hall', building: 'Mairie', until: '2026-06-01T20:00:00.000Z' },
    bad: [['until', 'tomorrow']],
  },
  InventoryColumn: { good: 'spaces', bad: [['', 'colour']] },
  InventoryProblem: { good: 'eui-taken', bad: [['', 'ugly']] },
  InventoryFault: { good: inventoryFault, bad: [['line', 0]] },
  InventoryChange: {
    good: inventoryChange,
    bad: [
      ['line', 1.5],
      ['fields.0.column', 'colour'],
    ],
  },
  InventoryAnswer: {
    good: {
      isDryRun: true,
      changes: [inventoryChange],
      unchanged: 3,
      wrong: [inventoryFault],
      keys: [{ id: 'b1', key: 'k' }],
    },
    bad: [
      ['unchanged', -1],
      ['wrong.0.problem', 'ugly'],
      ['keys.0.key', undefined],
    ],
  },
  BollardWithKey: { good: { ...bollard, key: 'k' }, bad: [['key', undefined]] },
  Problem: {
    good: { type: 'urn:x', title: 'x', status: 404, code: 'x', detail: 'x' },
    bad: [['status', '404']],
  },
  IncidentKind: { good: 'fire', bad: [['', 'flood']] },
  RoomStateName: { good: 'unknown', bad: [['', 'safe']] },
  UnknownReason: { good: 'camera-lost', bad: [['', 'because']] },
  RoomSource: {
    good: roomSource,
    bad: [
      ['count', -1],
      ['warnings', ['tired']],
      ['cameraId', ''],
    ],
  },
  RoomState: {
    good: roomState,
    bad: [
      ['v', 2],
      ['state', 'safe'],
      ['count', 1.5],
      ['sources.0.count', '2'],
      ['since', '10:42'],
      ['doors', { ...doorCount, drift: -1 }],
    ],
  },
  DoorCount: {
    good: doorCount,
    bad: [
      ['in', -1],
      ['inside', -1],
      ['knownEmptyAt', 'yesterday'],
    ],
  },
  Camera: {
    good: camera,
    bad: [
      ['fps', 0],
      ['fps', 31],
      ['staleMs', 499],
      ['name', ''],
      ['watches', 'window'],
    ],
  },
  NewCameraEnquiry: {
    good: { kind: 'try', cameraId: 'c1', login },
    bad: [
      ['kind', 'look'],
      ['source', 'file:///etc/passwd'],
      ['roomId', '+'],
      ['login.username', ''],
    ],
  },
  WorkerEnquiry: {
    good: { v: 1, id: enquiryId, kind: 'try', source: 'v1.AAAA', isWithheld: true },
    bad: [
      ['v', 2],
      ['isWithheld', 'yes'],
      ['id', 'one'],
      ['source', null],
    ],
  },
  EnquiryTrouble: { good: 'login', bad: [['', 'tired']] },
  CameraTrial: {
    good: trial,
    bad: [
      ['width', 0],
      ['fps', 0],
      ['jpeg', 'x'.repeat(200_001)],
    ],
  },
  FoundDevice: {
    good: foundDevice,
    bad: [
      ['service', '10.0.0.5'],
      ['isForbidden', null],
    ],
  },
  DeviceStream: {
    good: deviceStream,
    bad: [
      ['height', -1],
      ['trouble', 'tired'],
    ],
  },
  DeviceMake: { good: make, bad: [['maker', null]] },
  WorkerAnswer: {
    good: { v: 1, ...answer, found: [foundDevice] },
    bad: [
      ['step', 'begun'],
      ['found.0.host', null],
      ['streams', Array.from({ length: 65 }, () => deviceStream)],
    ],
  },
  CameraEnquiry: {
    good: { ...answer, found: [{ ...foundDevice, cameraIds: ['c1'] }] },
    bad: [
      ['id', '1'],
      ['found.0.cameraIds', ['+']],
    ],
  },
  CameraLogin: {
    good: login,
    bad: [
      ['username', ''],
      ['password', 7],
    ],
  },
  CameraSource: {
    good: 'browser:',
    bad: [
      ['', 'ftp://10.0.0.5/x'],
      ['', 'stream1'],
    ],
  },
  TypedSource: {
    good: 'rtsps://camera.example/sub',
    bad: [
      ['', 'file:///etc/passwd'],
      ['', 'browser:'],
      ['', `rtsp://10.0.0.5/${'x'.repeat(2000)}`],
    ],
  },
  CameraChange: {
    good: { name: 'Porte', roomId: 'r1', login, source: 'https://10.0.0.5/picture.jpg' },
    bad: [
      ['name', ''],
      ['roomId', '+'],
      ['source', 'file:///etc/passwd'],
      ['login.username', ''],
      ['watches', 'window'],
    ],
  },
  NewCamera: {
    good: newCamera,
    bad: [
      ['source', 'exec:rm'],
      ['source', 'ftp://10.0.0.5/x'],
      ['source', 'stream1'],
    ],
  },
  Room: {
    good: room,
    bad: [
      ['capacity', 0],
      ['buildingId', '+'],
      ['emptyDailyAt', '24:00'],
    ],
  },
  PlanPicture: {
    good: planPicture,
    bad: [
      ['mediaType', 'image/gif'],
      ['base64', ''],
      ['base64', 'é'],
    ],
  },
  DrawnRoom: {
    good: { roomId: 'r1', outline: triangle },
    bad: [
      ['outline', triangle.slice(1)],
      ['outline.0.0', 1.1],
      ['outline', [...triangle, [0, 0.9], [0.9, 0.1]]],
    ],
  },
  DrawnCamera: { good: drawnCamera, bad: [['towards', [0, 0.001]]] },
  DrawnDoor: {
    good: drawnDoor,
    bad: [
      ['kind', 'window'],
      ['to', [0, 0]],
    ],
  },
  PlanDrawing: {
    good: drawing,
    bad: [
      ['cameras', [drawnCamera, drawnCamera]],
      ['doors', [drawnDoor, drawnDoor]],
    ],
  },
  Floor: {
    good: floor,
    bad: [
      ['name', ''],
      ['level', 0.5],
    ],
  },
  NewFloor: { good: { ...floor, plan: null }, bad: [['plan', 'plan.png']] },
  FloorChange: {
    good: { name: 'RDC', level: 0, drawing, revision: 3 },
    bad: [
      ['revision', -1],
      ['drawing', undefined],
    ],
  },
  FloorView: {
    good: floorView,
    bad: [
      ['plan.width', 0],
      ['revision', null],
    ],
  },
  AssemblyPoint: { good: assemblyPoint, bad: [['name', '']] },
  Warden: {
    good: warden,
    bad: [
      ['role', 'hero'],
      ['floors', 'all'],
      ['phone', '0'.repeat(41)],
      ['deputyOf', ''],
    ],
  },
  EvacuationPlan: {
    good: { floors: [floorView], assemblyPoints: [assemblyPoint], wardens: [warden] },
    bad: [['wardens.0.name', '']],
  },
  BoardPlan: {
    good: { floors: [floorView], assemblyPoints: [assemblyPoint] },
    bad: [['floors.0.revision', -1]],
  },
  Instructions: { good: { fr: 'Par la cour' }, bad: [['en', 'x'.repeat(1001)]] },
  Building: { good: building, bad: [['name', 'x'.repeat(121)]] },
  RoomView: {
    good: { ...room, cameras: [{ ...camera, accuracy }], live: roomState },
    bad: [
      ['live.reason', 'because'],
      ['cameras.0.accuracy', 'good'],
    ],
  },
  Estimate: { good: estimate, bad: [['low', null]] },
  Accuracy: {
    good: accuracy,
    bad: [
      ['moments', 0],
      ['bias', null],
    ],
  },
  Label: {
    good: { at, people: 0 },
    bad: [
      ['people', 1.5],
      ['at', 'now'],
    ],
  },
  NewMoments: {
    good: { moments: [{ at, people: 0 }] },
    bad: [
      ['moments', []],
      ['moments.0.people', 501],
    ],
  },
  Moment: { good: moment, bad: [['health', 'fine']] },
  Commissioning: {
    good: { cameraId: 'c1', now: at, accuracy: null, viewSince: null, moments: [moment] },
    bad: [
      ['accuracy', 1],
      ['moments.0.people', -1],
    ],
  },
  CameraView: {
    good: {
      id: 'v1',
      cameraId: 'c1',
      username: 'anna',
      mode: 'clear',
      reason: 'alarm',
      incidentId: null,
      from: at,
      until: null,
    },
    bad: [
      ['mode', 'secret'],
      ['from', null],
    ],
  },
  LiveNotice: { good: { withheld: true }, bad: [['withheld', 'yes']] },
  BuildingView: {
    good: {
      ...building,
      rooms: [{ ...room, cameras: [{ ...camera, accuracy: null }], live: roomState }],
      activeIncidentId: null,
    },
    bad: [
      ['rooms.0.live.max', -3],
      ['rooms.0.cameras.0.profile', 'slow'],
    ],
  },
  AlarmSignal: {
    good: { v: 1, active: true, at },
    bad: [
      ['active', 1],
      ['at', at.slice(0, -1)],
      ['kind', 'flood'],
    ],
  },
  AlarmAnswer: {
    good: { outcome: 'started', incident },
    bad: [
      ['outcome', 'ignored'],
      ['incident.kind', 'flood'],
    ],
  },
  AlarmOrigin: { good: 'webhook', bad: [['', 'phone']] },
  AlarmSource: {
    good: { origin: 'mqtt', name: 'panel', kind: 'fire', at },
    bad: [
      ['kind', 'flood'],
      ['at', null],
    ],
  },
  AlarmInput: {
    good: alarmInput,
    bad: [
      ['contact', undefined],
      ['host', 'http://a/b'],
      ['port', 0],
      ['address', -1],
      ['bit', 16],
    ],
  },
  AlarmInputSettings: { good: alarmInput, bad: [['unit', 256]] },
  AlarmInputTrial: { good: { isActive: null, problem: 'x' }, bad: [['isActive', 'no']] },
  AlarmInputView: {
    good: { ...alarmInput, state: 'fault', readAt: null, problem: 'it does not answer' },
    bad: [['state', 'unknown']],
  },
  Incident: { good: incident, bad: [['startedAt', null]] },
  IncidentLine: {
    good: { at, actor: 'anna', what: 'started', data: {} },
    bad: [
      ['what', 'panicked'],
      ['data', null],
    ],
  },
  ReportPeriod: {
    good: reportPeriod,
    bad: [
      ['reason', 'bored'],
      ['count', -1],
    ],
  },
  ReportRoom: {
    good: {
      room,
      confirmedEmptyAt: null,
      sweptClearAt: null,
      periods: [reportPeriod],
      standings: [{ at, standing: { kind: 'empty', at } }],
    },
    bad: [['periods', []]],
  },
  RemainingPoint: {
    good: { at, seconds: 1, min: 2, max: null, roomsUnknown: 1 },
    bad: [
      ['min', null],
      ['seconds', 0.5],
    ],
  },
  ReportMoment: { good: { at, seconds: 1 }, bad: [['seconds', -1]] },
  BlindPeriod: {
    good: { roomId: 'hall', cameraId: null, from: at, until: at, why: 'camera-lost' },
    bad: [['until', null]],
  },
  ReportSweep: {
    good: { at, by: 'bob', roomId: 'hall', result: 'clear', people: null },
    bad: [['result', 'fine']],
  },
  ReportContradiction: {
    good: {
      at,
      roomId: 'hall',
      said: 'people',
      by: 'bob',
      override: { at, by: 'eve', reason: 'seen' },
    },
    bad: [
      ['override.by', null],
      ['said', 'not-entered'],
    ],
  },
  ReportAssembly: { good: { at, by: 'bob', point: 'square', people: 3 }, bad: [['people', -1]] },
  Observation: { good: { at, by: 'bob', text: 'seen' }, bad: [['text', null]] },
  NewObservation: {
    good: { text: 'seen' },
    bad: [
      ['text', ' '],
      ['text', 'x'.repeat(2001)],
    ],
  },
  IncidentReport: {
    good: incidentReport,
    bad: [
      ['out.half', undefined],
      ['neverConfirmed.0', ''],
    ],
  },
  RegisterEntry: { good: registerEntry, bad: [['isSigned', 'yes']] },
  DrillDue: { good: drillDue, bad: [['isOverdue', null]] },
  SafetyRegister: {
    good: { entries: [registerEntry], drills: [drillDue] },
    bad: [['drills', null]],
  },
  NewDrill: {
    good: { at, startsItself: true, note: 'x' },
    bad: [
      ['at', 'tomorrow'],
      ['note', 'x'.repeat(501)],
    ],
  },
  DrillState: { good: 'due', bad: [['', 'forgotten']] },
  PlannedDrill: {
    good: plannedDrill,
    bad: [
      ['id', 'one'],
      ['state', null],
    ],
  },
  Drills: { good: { due: [drillDue], planned: [plannedDrill] }, bad: [['planned', null]] },
  RegisterFilter: { good: { kind: 'drill', from: at }, bad: [['kind', 'flood']] },
  AuditAct: { good: 'signed-in', bad: [['', 'looked']] },
  PrivateKey: { good: 'reason', bad: [['', 'plate']] },
  AuditEntry: {
    good: auditEntry,
    bad: [
      ['seq', 0],
      ['details.n', { deep: 1 }],
      ['commitments.actorName', 'short'],
    ],
  },
  AuditRow: {
    good: auditRow,
    bad: [
      ['hash', 'x'],
      ['told.actorName', 'ada'],
    ],
  },
  AuditQuery: {
    good: { who: 'ada', act: 'export', from: at, before: '7' },
    bad: [
      ['limit', 501],
      ['before', 0],
    ],
  },
  AuditPage: {
    good: { rows: [auditRow], head: { seq: 1, hash: auditHash } },
    bad: [['rows.0.act', 'looked']],
  },
  AuditFault: { good: { seq: 3, kind: 'altered', text: 'Row 3' }, bad: [['kind', 'odd']] },
  AuditVerification: {
    good: { at, rows: 1, first: 1, head: { seq: 1, hash: auditHash }, faults: [] },
    bad: [['faults', null]],
  },
  AuditVerificationWish: { good: { head: auditHash }, bad: [['head', 'x']] },
  PersonDataKind: { good: 'wardens', bad: [['', 'plates']] },
  PersonWish: { good: { who: 'ada' }, bad: [['who', ' a ']] },
  PersonErasureWish: {
    good: { who: 'ada', reason: 'demande du 3 mars' },
    bad: [['reason', 'parce que']],
  },
  PersonFound: {
    good: { account: null, parts: [{ kind: 'wardens', rows: 1 }] },
    bad: [['parts.0.rows', 0]],
  },
  PersonExport: {
    good: {
      at,
      who: 'ada',
      account: { id: '1', username: 'ada', name: 'Ada' },
      parts: [{ kind: 'wardens', rows: [{ name: 'Ada' }] }],
    },
    bad: [['parts.0.rows.0', 'Ada']],
  },
  PersonErasure: {
    good: { pseudonym: 'personne-1', parts: [], left: ['zone-rules'] },
    bad: [['left.0', 'plates']],
  },
  CameraUse: { good: 'counting', bad: [['', 'never']] },
  CameraUseChange: {
    good: { cameraUse: 'incidents', reason: 'avis de la DPO' },
    bad: [['reason', 'avis']],
  },
  PrivacyDocumentKind: { good: 'sign', bad: [['', 'plan']] },
  PrivacyBlock: { good: { kind: 'list', items: ['a'] }, bad: [['kind', 'picture']] },
  PrivacyDocument: {
    good: {
      kind: 'dpia',
      at,
      title: 'AIPD',
      sections: [{ title: '1', blocks: [{ kind: 'table', columns: ['a'], rows: [['b']] }] }],
    },
    bad: [
      ['kind', 'plan'],
      ['sections.0.blocks.0.rows', 'b'],
    ],
  },
  RetentionKind: { good: 'cases', bad: [['', 'pictures']] },
  RetentionRule: {
    good: { kind: 'cases', days: 0, until: null, rows: 0, lastDeletion: null },
    bad: [['days', -1]],
  },
  Deletion: { good: { at, kind: 'cases', until: at, rows: 3 }, bad: [['rows', -1]] },
  GapKind: { good: 'no-model', bad: [] },
  SetupGap: {
    good: { kind: 'zone-silent', count: 2, names: ['Centre', 'Gare'] },
    bad: [
      ['kind', 'no-luck'],
      ['count', 0],
    ],
  },
  ModelName: { good: 'yolov8n-384x640.onnx', bad: [] },
  ModelStanding: { good: 'renamed', bad: [] },
  ModelFacts: {
    good: modelFacts,
    bad: [
      ['head', 'mask'],
      ['input.width', 0],
    ],
  },
  InstalledModel: { good: installedModel, bad: [['isOwn', 1]] },
  WaitingModel: { good: waitingModel, bad: [['at', 'now']] },
  ModelReceipt: {
    good: { is: 'installed', model: installedModel },
    bad: [['is', 'lost']],
  },
  ModelTrust: { good: { sha256: workerModel.sha256 }, bad: [['sha256', 'ab']] },
  ModelWorker: {
    good: { id: 'local', capacityFps: 12, models: [workerModel] },
    bad: [['capacityFps', -1]],
  },
  ModelsView: {
    good: {
      installed: [installedModel],
      unusable: [],
      waiting: [waitingModel],
      workers: [],
    },
    bad: [['installed', 'none']],
  },
  Retention: {
    good: {
      rules: [{ kind: 'cases', days: 7, until: at, rows: 0, lastDeletion: null }],
      deletions: [{ at, kind: 'cases', until: at, rows: 3 }],
    },
    bad: [['deletions.0.kind', 'all']],
  },
  CapMessageType: { good: 'Cancel', bad: [['', 'Error']] },
  CapMessage: {
    good: { n: 1, identifier: 'i-1', type: 'Alert', sentAt: at, deliveredAt: null, error: null },
    bad: [
      ['n', 0],
      ['type', 'Ack'],
    ],
  },
  NewIncident: { good: { kind: 'drill' }, bad: [['kind', undefined]] },
  EndIncident: {
    good: { reason: 'all out' },
    bad: [
      ['reason', ''],
      ['reason', 'x'.repeat(501)],
    ],
  },
  RoomStanding: {
    good: { kind: 'swept', by: 'ada', at, reason: null },
    bad: [
      ['kind', 'safe'],
      ['by', undefined],
    ],
  },
  SweepResult: { good: 'not-entered', bad: [['', 'empty']] },
  NewSweep: {
    good: newSweep,
    bad: [
      ['people', 1],
      ['people', 0],
      ['result', 'safe'],
      ['sentAt', 'now'],
    ],
  },
  NewOverride: { good: { id: 'f1', roomId: 'r1', reason: 'a coat' }, bad: [['reason', '']] },
  NewAssemblyCount: {
    good: { id: 'f1', point: 'Parvis', how: 'set', people: 3, at, sentAt: at },
    bad: [
      ['people', -1],
      ['point', ''],
    ],
  },
  Sweep: { good: sweep, bad: [['people', 0]] },
  Override: { good: override, bad: [['upTo', null]] },
  AssemblyCount: { good: assemblyCount, bad: [['how', 'guess']] },
  Finding: { good: override, bad: [['what', 'rumour']] },
  SeenPeople: { good: { min: 2, max: null }, bad: [['min', null]] },
  AssembledPeople: {
    good: assembledPeople,
    bad: [
      ['people', -1],
      ['seen', undefined],
    ],
  },
  AssemblyTally: {
    good: assemblyTally,
    bad: [
      ['kind', 'safe'],
      ['seen.min', -1],
    ],
  },
  BlindCamera: { good: blindCamera, bad: [['name', null]] },
  BoardLink: { good: boardLink, bad: [['until', null]] },
  NewBoardLink: {
    good: { ...boardLink, token: 't', path: '/board/t' },
    bad: [['token', undefined]],
  },
  BoardRoom: { good: boardRoom, bad: [['frozen.since', 'now']] },
  Board: {
    good: {
      incident,
      rooms: [boardRoom],
      totals,
      blind: [blindCamera],
      assembled: [assembledPeople],
      tally: assemblyTally,
    },
    bad: [
      ['totals.peopleMin', -1],
      ['rooms.0.cameraIds.0', ''],
    ],
  },
  Id: {
    good: 'a.B_c-1',
    bad: [
      ['', ''],
      ['', '-a'],
      ['', 'a/b'],
      ['', 'a+'],
      ['', 'é'],
      ['', 'x'.repeat(65)],
    ],
  },
  MessageStatus: { good: 'sent', bad: [['', 'read']] },
  Message: {
    good: {
      id: 'm1',
      kind: 'case',
      caseId: null,
      recipient: 'a@b.fr',
      subject: 'x',
      status: 'queued',
      attempts: 0,
      lastError: null,
      createdAt: at,
      sentAt: null,
    },
    bad: [
      ['attempts', -1],
      ['status', 'lost'],
      ['channel', 'fax'],
    ],
  },
  DayRule: { good: 'midnight', bad: [['', 'noon']] },
  DisplayState: { good: 'overstay', bad: [['', 'black']] },
  HexColour: {
    good: '#00ff7f',
    bad: [
      ['', '#00FF7F'],
      ['', '00ff7f'],
      ['', '#fff'],
    ],
  },
  BollardState: {
    good: { v: 1, occupied: true, at: '2026-03-29T02:00:00+02:00' },
    bad: [
      ['v', 2],
      ['occupied', 'yes'],
      ['at', '2026-02-30T00:00:00Z'],
      ['seq', -1],
      ['batteryPercent', 101],
    ],
  },
  Display: {
    good: display,
    bad: [
      ['day', 0],
      ['colour', 'red'],
      ['allowedDays', 367],
      ['timeZone', 'Europe/Pari'],
    ],
  },
  Zone: {
    good: zone,
    bad: [
      ['allowedDays', 0],
      ['timeZone', 'Mars/Olympus'],
      ['holdMs', -1],
      ['recipients', ['police']],
      ['recipients', [{ channel: 'sms', address: '17' }]],
      ['remindAfterHours', 0],
      ['escalateAfterHours', '48'],
      ['quietHours', '22:00-07:00'],
    ],
  },
  QuietHours: {
    good: { from: '22:00', to: '07:00' },
    bad: [
      ['from', '24:00'],
      ['to', '7:00'],
    ],
  },
  Channel: { good: 'sms', bad: [['', 'fax']] },
  Language: { good: 'fr', bad: [['', 'de']] },
  Recipient: {
    good: { channel: 'webhook', address: 'https://gendarmerie.example/vigie?key=1' },
    bad: [
      ['channel', 'fax'],
      ['address', 'ftp://gendarmerie.example'],
      ['address', 'https://user:word@gendarmerie.example'],
      ['name', ''],
      ['language', 'de'],
    ],
  },
  ChainLink: {
    good: { channel: 'mail', address: 'a@b.fr', name: '' },
    bad: [['channel', 'fax']],
  },
  CaseMessageKind: { good: 'gone', bad: [['', 'closed']] },
  Gap: { good: { from: at, until: null }, bad: [['from', null]] },
  SensorHealth: { good: sensor, bad: [['batteryPercent', 101]] },
  CaseNotice: {
    good: notice,
    bad: [
      ['v', 2],
      ['kind', 'closed'],
      ['zone.timeZone', 'Mars/Olympus'],
      ['sinceBy', 'guess'],
      ['gaps.0.until', 'later'],
      ['link', 'cases/c1'],
    ],
  },
  CaseEvent: {
    good: caseEvent,
    bad: [
      ['specversion', '0.3'],
      ['type', 'vigie.case.closed'],
      ['data.days', 0],
    ],
  },
  Space: {
    good: space,
    bad: [
      ['latitude', 91],
      ['longitude', -181],
      ['label', ''],
    ],
  },
  SpaceView: { good: spaceView, bad: [['display.state', 'gone']] },
  DisplayView: {
    good: {
      bollardId: 'p1',
      spaceLabel: '12',
      display,
      colours: ['#2a9d8f', '#000000'],
      clock: { now: at, rate: 1 },
    },
    bad: [
      ['colours', ['#000000']],
      ['colours.1', 'black'],
      ['clock.rate', 0],
    ],
  },
  Stay: {
    good: stay,
    bad: [
      ['days', 0],
      ['gaps.0.from', 'then'],
    ],
  },
  ReportKind: { good: 'heartbeat', bad: [['', 'shout']] },
  ZoneChange: {
    good: { name: 'Rue', allowedDays: 7, appliesFrom: at },
    bad: [
      ['allowedDays', 0],
      ['appliesFrom', 'soon'],
    ],
  },
  ZoneRulesFrom: {
    good: { appliesFrom: null, rules: zone, changedBy: 'admin', changedAt: at },
    bad: [['rules.allowedDays', 400]],
  },
  ZonePreview: {
    good: {
      appliesFrom: at,
      spaces: 3,
      parked: 2,
      turnsBlack: [{ spaceId: 's1', label: '1', day: 8 }],
      blackNoMore: [],
      blackEarlier: 1,
      blackLater: 0,
      silent: 0,
      givesWay: [at],
    },
    bad: [
      ['turnsBlack.0.day', 0],
      ['parked', -1],
      ['givesWay.0', 'soon'],
    ],
  },
  NewExemption: {
    good: { until: at, reason: 'tournage autorisé' },
    bad: [
      ['reason', ' no '],
      ['until', 'later'],
    ],
  },
  Exemption: { good: exemption, bad: [['by', null]] },
  StatisticsQuery: {
    good: { from: '2026-03-01', to: '2026-03-01' },
    bad: [
      ['from', '2026-02-30'],
      ['to', '2026-02-28'],
      ['to', '2028-03-02'],
      ['zone', 'a/b'],
    ],
  },
  StatisticsStep: { good: 'hour', bad: [['', 'week']] },
  OccupiedTime: { good: { occupiedMs: 0, observedMs: 1 }, bad: [['occupiedMs', -1]] },
  StayLengths: { good: zoneStatistics.lengthMs, bad: [['p90', 0.5]] },
  ZoneStatistics: {
    good: zoneStatistics,
    bad: [
      ['lengths', [1]],
      ['stays', -1],
      ['occupancy.0.observedMs', null],
    ],
  },
  CaseOutcome: { good: 'wreck', bad: [['', 'closed']] },
  SensorState: { good: 'battery-low', bad: [['', 'fine']] },
  SpaceSensor: {
    good: { bollardId: 'b1', health: 'ok', lastSeenAt: null, batteryPercent: 80 },
    bad: [
      ['health', 'online'],
      ['batteryPercent', 101],
    ],
  },
  ParkingStatistics: {
    good: statistics,
    bad: [
      ['step', 'week'],
      ['starts.0', 'now'],
      ['outcomes.0.outcome', 'closed'],
      ['sensors.offline', undefined],
      ['timeZone', 'Mars/Olympus'],
    ],
  },
  PublicSpace: {
    good: openSpace,
    bad: [
      ['daysLeft', -1],
      ['blackOn', at],
      ['colour', 'red'],
    ],
  },
  LegendDay: { good: legendDay, bad: [['colour', '#zzzzzz']] },
  PaletteView: {
    good: {
      allowedDays: 7,
      version: '7-0011223344556677',
      legend: [legendDay],
      leastDeltaE00: { normal: 39.8, protan: 16.1, deutan: 16.2, tritan: 17 },
      nextDayDeltaE00: { normal: 50, protan: 33, deutan: 34, tritan: 35 },
    },
    bad: [
      ['allowedDays', 367],
      ['leastDeltaE00.tritan', null],
      ['legend', 'none'],
    ],
  },
  SpaceDetail: {
    good: {
      ...spaceView,
      zone,
      legend: [legendDay],
      stays: [stay],
      bollardIds: ['p1'],
      heardAt: at,
      exemption: null,
    },
    bad: [
      ['heardAt', 'never'],
      ['legend.0.day', 0],
      ['bollardIds.0', ' '],
    ],
  },
  CaseStatus: { good: 'wreck', bad: [['', 'towed']] },
  CaseStep: { good: step, bad: [['at', 0]] },
  Case: {
    good: {
      id: 'c1',
      number: 1,
      spaceId: 's1',
      spaceLabel: '12',
      address: '',
      zoneId: 'z1',
      zoneName: 'Centre',
      since: at,
      days: 8,
      openedAt: at,
      status: 'open',
      nextStatuses: ['sent'],
      steps: [step],
    },
    bad: [
      ['number', 0],
      ['steps.0.status', 'done'],
      ['messages', [{}]],
      ['chain', 'police'],
      ['nextStatuses.0', 'done'],
    ],
  },
  NewCaseStep: { good: { status: 'gone' }, bad: [['reason', 'x'.repeat(501)]] },
  Instant: {
    good: at,
    bad: [
      ['', '2026-03-29'],
      ['', '2026-03-29T01:00:00'],
      ['', '2026-13-01T00:00:00Z'],
    ],
  },
  TimeZone: {
    good: 'Indian/Reunion',
    bad: [
      ['', ''],
      ['', 'Paris'],
    ],
  },
  ParkingClock: { good: { now: at, rate: 17_280 }, bad: [['rate', 0]] },
  Town: {
    good: {
      zones: [zone],
      spaces: [space],
      bollards: [newBollard],
      buildings: [building],
      rooms: [room],
      cameras: [newCamera],
    },
    bad: [
      ['zones.0.allowedDays', 'seven'],
      ['spaces.0.zoneId', ''],
      ['bollards.0.key', 'short'],
      ['buildings.0.name', ''],
      ['rooms.0.capacity', -1],
      ['cameras.0.source', 'javascript:alert(1)'],
    ],
  },
  PixelBox: {
    good: [1, 2, 3, 4],
    bad: [
      ['', [1, 2, 3]],
      ['3', 'x'],
    ],
  },
  NormBox: { good: [0, 0, 1, 1], bad: [['0', null]] },
  NormPoint: { good: [0, 1], bad: [['1', 1.1]] },
  Anchor: { good: 'head', bad: [['', 'hand']] },
  CountingZone: {
    good: zoneOnPicture,
    bad: [
      ['points', zoneOnPicture.points.slice(0, 2)],
      [
        'points',
        [0.1, 0.9].flatMap((x) => [
          [x, 0.1],
          [1 - x, 0.9],
        ]),
      ],
      [
        'points',
        [
          [0.1, 0.1],
          [0.9, 0.1],
          [0.5, 0.1],
        ],
      ],
      [
        'points',
        [
          [0.1, 0.1],
          [0.11, 0.1],
          [0.11, 0.11],
        ],
      ],
      ['points.0', [1.1, 0]],
    ],
  },
  DoorLine: {
    good: doorLine,
    bad: [
      ['to', [0.41, 0.5]],
      ['id', 'a/b'],
    ],
  },
  PlanPoint: { good: [-3, 12.5], bad: [['0', 'far']] },
  Calibration: {
    good: calibration,
    bad: [
      ['', calibration.slice(0, 3)],
      ['', calibration.with(1, { image: [0.6, 0.65], plan: [4, 0] })],
      ['', calibration.with(1, { image: [0.7, 0.4], plan: [1.999, 2] })],
      [
        '',
        calibration
          .with(0, calibration[1] as never)
          .with(1, calibration[0] as never)
          .map(({ plan }, i) => ({ image: calibration[i]?.image, plan })),
      ],
    ],
  },
  Markings: {
    good: { anchor: 'head', zones: [zoneOnPicture], lines: [doorLine], calibration },
    bad: [
      ['zones', [zoneOnPicture, zoneOnPicture]],
      ['lines', [doorLine, doorLine]],
      ['calibration', []],
    ],
  },
  Crossing: {
    good: crossing,
    bad: [
      ['id', 'first'],
      ['direction', 'through'],
      ['track', 1.5],
    ],
  },
  CameraHealth: { good: 'frozen', bad: [['', 'fine']] },
  CameraWarning: { good: 'slow', bad: [['', 'moved']] },
  Person: {
    good: person,
    bad: [
      ['score', 1.1],
      ['box.2', 'wide'],
    ],
  },
  Headcount: {
    good: {
      v: 1,
      at,
      count: null,
      min: null,
      max: null,
      health: 'lost',
      fps: 0,
      ageMs: 0,
      worker: 'w1',
    },
    bad: [
      ['count', -1],
      ['health', 'fine'],
      ['warnings', ['lost']],
      ['ageMs', -1],
      ['at', 1_774_746_000],
    ],
  },
  CameraConfig: {
    good: { v: 1, source: 'v1.x' },
    bad: [
      ['viewSince', 'today'],
      ['fps', 0],
      ['alarmFps', 31],
      ['profile', 'fast'],
      ['markings', { lines: [{ ...doorLine, to: doorLine.from }] }],
      ['task', { kind: 'weather', spaces: [] }],
    ],
  },
  NormPolygon: {
    good: outline,
    bad: [
      ['0.0', 1.5],
      ['', outline.slice(0, 2)],
      ['', [...outline.slice(0, 2), outline[0]]],
    ],
  },
  WatchedSpace: { good: { spaceId: 'p1', polygon: outline }, bad: [['spaceId', 'a/b']] },
  ParkingTask: {
    good: { kind: 'parking', spaces: [{ spaceId: 'p1', polygon: outline }] },
    bad: [['spaces.0.polygon', []]],
  },
  WatchedSpaces: {
    good: [{ spaceId: 'p1', polygon: outline }],
    bad: [
      ['0.spaceId', ''],
      [
        '',
        [
          { spaceId: 'p1', polygon: outline },
          { spaceId: 'p1', polygon: outline },
        ],
      ],
    ],
  },
  NewParkingCamera: {
    good: { id: 'yard', name: 'Yard', source: 'rtsp://camera.local/sub' },
    bad: [
      ['source', 'ftp://camera.local/sub'],
      ['fps', 0],
      ['staleMs', 10],
    ],
  },
  ParkingCameraChange: {
    good: { name: 'Yard', login },
    bad: [
      ['source', 'file:///etc/passwd'],
      ['fps', 0],
    ],
  },
  ParkingCamera: {
    good: {
      ...{ id: 'yard', name: 'Yard', health: 'ok', heardAt: at, occupancy: [spaceOccupancy] },
      spaces: [{ spaceId: 'p1', polygon: outline }],
      viewSince: null,
    },
    bad: [
      ['health', 'fine'],
      ['viewSince', 'never'],
      ['heardAt', 'now'],
    ],
  },
  SpaceOccupancy: {
    good: spaceOccupancy,
    bad: [
      ['occupied', 'free'],
      ['score', 2],
      ['since', 'today'],
    ],
  },
  Occupancy: {
    good: {
      ...{ v: 1, at, health: 'ok', spaces: [spaceOccupancy], fps: 0.5, ageMs: 20, worker: 'w1' },
    },
    bad: [
      ['health', 'fine'],
      ['spaces', [{ ...spaceOccupancy, spaceId: 'a/b' }]],
      ['ageMs', -1],
    ],
  },
  WatchMode: { good: 'private', bad: [['', 'secret']] },
  Watch: { good: { mode: 'clear', until: at }, bad: [['until', 'later']] },
  Sha256: { good: 'ab'.repeat(32), bad: [] },
  ModelUse: { good: 'parking', bad: [] },
  WorkerModel: {
    good: workerModel,
    bad: [
      ['sha256', 'AB'.repeat(32)],
      ['msPerLook', 0],
      ['uses', ['slow']],
    ],
  },
  WorkerStatus: {
    good: { online: true, models: [workerModel] },
    bad: [
      ['models.0.name', 7],
      ['cameras', ['a/b']],
      ['capacityFps', -1],
    ],
  },
  FrameHeader: {
    good: frameHeader,
    bad: [
      ['width', 0],
      ['people.0.score', 2],
    ],
  },
  NewIntegrator: { good: { id: 'grafana' }, bad: [['id', 'a/b']] },
  IntegratorWithKey: {
    good: { id: 'grafana', username: 'integrator:grafana', key: 'k', token: 'grafana~k' },
    bad: [
      ['key', undefined],
      ['token', undefined],
    ],
  },
  SpotStatus: { good: 'free', bad: [['', 'empty']] },
  ParkingSpot: {
    good: spot,
    bad: [
      ['id', 's1'],
      ['status.value', 'parked'],
      ['status.observedAt', 'now'],
      ['location.value.coordinates.0', '2.44'],
      ['refParkingSite.type', 'Property'],
      ['occupiedSince.value', at],
      ['parkedDays.value', 0],
    ],
  },
  NotificationFormat: { good: 'keyValues', bad: [['', 'concise']] },
  NewSubscription: {
    good: newSubscription,
    bad: [
      ['id', 'my subscription'],
      ['entities', []],
      ['entities.0.idPattern', '.*'],
      ['watchedAttributes', ['parkedDays']],
      ['expiresAt', 'never'],
      ['notification.format', 'concise'],
      ['notification.endpoint.uri', 'mqtt://broker.example/x'],
      ['notification.endpoint.accept', 'application/geo+json'],
      ['notification.endpoint.receiverInfo.0.key', 'two words'],
      ['notification.endpoint.receiverInfo.0.value', 'a\r\nb'],
    ],
  },
  Subscription: {
    good: subscription,
    bad: [
      ['status', 'sleeping'],
      ['notification.timesSent', -1],
    ],
  },
  SpotNotification: {
    good: {
      id: 'urn:ngsi-ld:Notification:1-2',
      type: 'Notification',
      subscriptionId: 'urn:ngsi-ld:Subscription:1',
      notifiedAt: at,
      data: [spot],
    },
    bad: [
      ['data', []],
      ['notifiedAt', 'now'],
    ],
  },
  HomeAssistantEntity: {
    good: {
      name: 'Occupied',
      unique_id: 'vigie_b1_occupied',
      state_topic: 'vigie/bollards/b1/display',
      value_template: '{{ value_json.state }}',
      device: { identifiers: ['vigie_b1'], name: '12', manufacturer: 'Vigie', model: 'vigie' },
      origin: { name: 'Vigie', support_url: 'http://localhost:8080' },
    },
    bad: [
      ['unique_id', 'a b'],
      ['expire_after', 0],
      ['device.identifiers', []],
    ],
  },
  CurbEventType: { good: 'comms_lost', bad: [['', 'parked']] },
  CurbEvent: {
    good: curbEvent,
    bad: [
      ['event_id', 's1'],
      ['event_time', at],
      ['event_location.geometry.coordinates', [2.44]],
      ['data_source_type', 'camera'],
    ],
  },
  CurbEvents: {
    good: {
      version: '1.0.0',
      time_zone: 'Europe/Paris',
      last_updated: 1,
      currency: 'EUR',
      author: 'Drancy',
      data: { events: [curbEvent] },
      links: { next: null },
    },
    bad: [
      ['version', '2.0.0'],
      ['links.next', undefined],
      ['data.events.0.event_type', 'left'],
    ],
  },
  DetectLine: {
    good: detectLine,
    bad: [
      ['detections.0.box.0', '10'],
      ['ms.infer', undefined],
    ],
  },
};

const schemas = Object.fromEntries(
  [
    accounts,
    cap,
    cameraAddress,
    cameraEnquiries,
    alarmInputs,
    apiTokens,
    audit,
    ownAccount,
    caseNotice,
    demo,
    devices,
    directory,
    directoryRefusal,
    commissioning,
    drills,
    errors,
    evacuation,
    exports,
    ids,
    inventory,
    notifications,
    parking,
    recipients,
    report,
    models,
    retention,
    setup,
    sweeps,
    parkingStatistics,
    parkingCameras,
    passkeys,
    persons,
    privacy,
    provider,
    publicSpace,
    time,
    town,
    floors,
    vision,
  ]
    .flatMap((module) => Object.entries<unknown>({ ...module }))
    .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType),
);

const rows = Object.entries(tried).flatMap(([name, { good, bad }]) =>
  bad.map(([path, value]) => ({ name, path, value, good })),
);

/** `good` with the value at `path` (levels parted by dots; empty: the whole) replaced. */
function changed(good: unknown, path: string, value: unknown): unknown {
  if (path === '') return value;
  const copy = JSON.parse(JSON.stringify(good)); // shared parts become parts of their own
  const levels = path.split('.');
  const last = levels.pop() ?? '';
  // biome-ignore lint/suspicious/noExplicitAny: a walk through values of any shape
  const parent = levels.reduce((part: any, level) => part[level], copy);
  parent[last] = value;
  return copy;
}

describe('contracts', () => {
  it('are all tried here', () => {
    expect(Object.keys(tried).sort()).toEqual(Object.keys(schemas).sort());
  });

  it.each(Object.keys(tried))('%s takes a good value', (name) => {
    expect(schemas[name]?.safeParse(tried[name]?.good)).toMatchObject({ success: true });
  });

  it.each(rows)('$name refuses $value and names "$path"', ({ name, path, value, good }) => {
    const result = schemas[name]?.safeParse(changed(good, path, value));
    const paths = result?.error?.issues.map((issue) => issue.path.join('.')) ?? [];
    expect(paths.length).toBeGreaterThan(0);
    // A bad member of a bad list is named by its own place below the list.
    for (const found of paths)
      expect(found === path || found.startsWith(`${path}.`) || path === '').toBe(true);
  });
});

describe('error codes', () => {
  it.each(Object.entries(errors.errorCodes))(
    '%s names its feature and status %i',
    (code, status) => {
      expect(code).toMatch(
        /^(input|accounts|parking|devices|evacuation|exports|models|notifications|audit|platform)\/[a-z-]+$/,
      );
      expect([400, 401, 403, 404, 406, 409, 413, 415, 429, 500, 503]).toContain(status);
    },
  );
});
