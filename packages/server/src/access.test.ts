import { everywhere, PersonRole, permissionsOf, type Scope } from '@vigie/contracts/accounts';
import { type ApiTokenWithKey, TokenPermission } from '@vigie/contracts/api-tokens';
import { DeviceKind } from '@vigie/contracts/devices';
import { type LiveEventName, liveEvents, livePermissions } from '@vigie/contracts/live';
import { topics, usernameOf } from '@vigie/contracts/topics';
import { Town } from '@vigie/contracts/town';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventBus } from './platform/events.ts';
import {
  createHttp,
  type Http,
  type Locate,
  type RouteAccess,
  type SignedIn,
} from './platform/http.ts';
import { liveRoutes } from './platform/live.routes.ts';
import { eventsIn, signIn, startTestApp } from './testing/app.ts';
import { createTestBroker } from './testing/broker.ts';
import { silentLog } from './testing/log.ts';

/** Every route: who may use it, and by what those are held who are limited to zones or buildings. */
const table: Record<string, string> = {
  'POST /api/v1/alarm-input-trials': 'town.write',
  'DELETE /api/v1/buildings/:id/drills/:drillId': 'drills.plan, building',
  'GET /api/v1/drills': 'rooms.read, list',
  'POST /api/v1/buildings/:id/drills': 'drills.plan, building',
  'POST /api/v1/buildings/:id/drills/:drillId/start': 'alarm.sound, building',
  'PUT /api/v1/buildings/:id/drills/:drillId': 'drills.plan, building',
  'DELETE /api/v1/alarm-inputs/:id': 'town.write',
  'GET /api/v1/alarm-inputs': 'devices.read',
  'PUT /api/v1/alarm-inputs/:id': 'town.write',
  'DELETE /api/v1/incidents/:id/board-links/:linkId': 'alarm.end, incident',
  'GET /api/v1/board-by-link': 'signed',
  'GET /api/v1/evacuation-plan': 'rooms.read, list',
  'GET /api/v1/floors/:id/plan': 'rooms.read, floor',
  'DELETE /api/v1/assembly-points/:id': 'town.write',
  'DELETE /api/v1/buildings/:id': 'town.write',
  'DELETE /api/v1/floors/:id': 'town.write',
  'DELETE /api/v1/rooms/:id': 'town.write',
  'DELETE /api/v1/wardens/:id': 'town.write',
  'GET /api/v1/board-by-link/floors/:floorId/plan': 'signed',
  'GET /api/v1/board-by-link/plan': 'signed',
  'GET /api/v1/incidents/:id/floors/:floorId/plan': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/plan': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/board-links': 'alarm.end, incident',
  'GET /api/v1/incidents/:id/findings': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/report': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/report.csv': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/report.pdf': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/cap': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/cap/:n': 'rooms.read, incident',
  'DELETE /api/v1/model-uploads/:id': 'town.write',
  'DELETE /api/v1/models/:name': 'town.write',
  'GET /api/v1/models': 'town.write',
  'POST /api/v1/model-uploads/:id/trust': 'town.write',
  'PUT /api/v1/models/:name': 'town.write',
  'GET /api/v1/setup-gaps': 'town.write',
  'GET /api/v1/retention': 'audit.read',
  'GET /api/v1/audit': 'audit.read',
  'GET /api/v1/audit.csv': 'audit.read',
  'GET /api/v1/audit.jsonl': 'audit.read',
  'POST /api/v1/audit/verification': 'audit.read',
  'GET /api/v1/privacy/:kind': 'audit.read',
  'POST /api/v1/persons/search': 'audit.read',
  'POST /api/v1/persons/export': 'audit.read',
  'POST /api/v1/persons/erasure': 'accounts.write',
  'GET /api/v1/safety-register': 'rooms.read, list',
  'GET /api/v1/safety-register.csv': 'rooms.read, list',
  'GET /api/v1/safety-register.pdf': 'rooms.read, list',
  'GET /api/v1/town': 'town.write',
  'POST /api/v1/incidents/:id/assembly-counts': 'rooms.declare-empty, incident',
  'POST /api/v1/incidents/:id/board-links': 'alarm.end, incident',
  'POST /api/v1/incidents/:id/observations': 'incidents.note, incident',
  'POST /api/v1/incidents/:id/signatures': 'incidents.sign, incident',
  'POST /api/v1/retention/runs': 'town.write',
  'POST /api/v1/incidents/:id/overrides': 'alarm.end, incident',
  'POST /api/v1/incidents/:id/sweeps': 'rooms.declare-empty, incident',
  'PUT /api/v1/floors/:id': 'town.write',
  'DELETE /api/v1/cameras/:id': 'town.write',
  'DELETE /api/v1/cameras/:id/browser-link': 'town.write',
  'DELETE /api/v1/cameras/:id/moments/:momentId': 'town.write',
  'DELETE /api/v1/parking-cameras/:id': 'devices.write',
  'GET /api/v1/camera-feed': 'signed',
  'GET /api/v1/camera-feed/about': 'signed',
  'GET /api/v1/camera-enquiries/:id': 'town.write',
  'POST /api/v1/camera-enquiries': 'town.write',
  'GET /api/v1/cameras/:id/commissioning': 'town.write',
  'GET /api/v1/parking-cameras': 'devices.read',
  'POST /api/v1/cameras/:id/browser-link': 'town.write',
  'POST /api/v1/cameras/:id/confirm-view': 'town.write',
  'POST /api/v1/cameras/:id/moments': 'town.write',
  'POST /api/v1/rooms/:id/browser-cameras': 'town.write',
  'POST /api/v1/rooms/:id/known-empty': 'rooms.declare-empty, room',
  'PUT /api/v1/cameras/:id': 'town.write',
  'PUT /api/v1/cameras/:id/markings': 'town.write',
  'POST /api/v1/parking-cameras/:id/confirm-view': 'devices.write',
  'PUT /api/v1/parking-cameras/:id': 'devices.write',
  'PUT /api/v1/parking-cameras/:id/spaces': 'devices.write',
  'DELETE /api/v1/bollards/:id/display-token': 'devices.write',
  'DELETE /api/v1/device-keys/:kind/:id': 'town.write',
  'GET /api/v1/device-keys': 'town.write',
  'DELETE /api/v1/spaces/:id/exemptions/:exemptionId': 'parking.exempt, space',
  'DELETE /ngsi-ld/v1/subscriptions/:id': 'parking.subscribe',
  'GET /*': 'public',
  'GET /.well-known/security.txt': 'public',
  'GET /api/v1/asyncapi.json': 'signed-in',
  'GET /api/v1/bollards': 'devices.read',
  'GET /api/v1/bollards.csv': 'devices.read',
  'GET /api/v1/bollards.yaml': 'devices.read',
  'GET /api/v1/bollards/labels.pdf': 'devices.read',
  'GET /api/v1/buildings': 'rooms.read, list',
  'GET /api/v1/camera-views': 'audit.read',
  'GET /api/v1/cameras/:id/live': 'cameras.view-private, camera',
  'GET /api/v1/cases': 'parking.handle-cases, list',
  'GET /api/v1/cases/:id': 'parking.handle-cases, case',
  'GET /api/v1/clock': 'signed-in',
  'GET /api/v1/displays/:id': 'signed',
  'GET /api/v1/displays/:id/events': 'signed',
  'GET /api/v1/events': 'signed-in',
  'GET /api/v1/faults': 'devices.read',
  'GET /api/v1/health': 'public',
  'GET /api/v1/incidents': 'rooms.read, list',
  'GET /api/v1/incidents/:id': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/board': 'rooms.read, incident',
  'GET /api/v1/incidents/:id/log': 'rooms.read, incident',
  'GET /api/v1/me': 'in-person',
  'GET /api/v1/me/sessions': 'in-person',
  'DELETE /api/v1/me/sessions/:id': 'in-person',
  'GET /api/v1/me/passkeys': 'in-person',
  'POST /api/v1/me/passkey-challenges': 'in-person',
  'POST /api/v1/me/passkeys': 'in-person',
  'POST /api/v1/me/passkeys/:id/removal': 'in-person',
  'PUT /api/v1/me/passkeys/:id': 'in-person',
  'POST /api/v1/me/password': 'in-person',
  'GET /api/v1/me/second-factor': 'in-person',
  'POST /api/v1/me/second-factor/backup-codes': 'in-person',
  'POST /api/v1/me/second-factor': 'in-person',
  'POST /api/v1/me/second-factor/confirmation': 'in-person',
  'POST /api/v1/me/second-factor/removal': 'in-person',
  'GET /api/v1/accounts': 'accounts.write',
  'POST /api/v1/accounts': 'accounts.write',
  'POST /api/v1/accounts/invitations': 'accounts.write',
  'GET /api/v1/auth/provider': 'public',
  'GET /api/v1/auth/provider/start': 'public',
  'GET /api/v1/auth/provider/callback': 'public',
  'PUT /api/v1/accounts/:id': 'accounts.write',
  'POST /api/v1/accounts/:id/reset': 'accounts.write',
  'GET /api/v1/directory': 'accounts.write',
  'PUT /api/v1/directory/groups': 'accounts.write',
  'POST /api/v1/directory/checks': 'accounts.write',
  'POST /api/v1/directory/previews': 'accounts.write',
  'POST /api/v1/directory/refreshes': 'accounts.write',
  'GET /api/v1/tokens': 'accounts.write',
  'POST /api/v1/tokens': 'accounts.write',
  'DELETE /api/v1/tokens/:id': 'accounts.write',
  'GET /api/v1/messages': 'messages.read',
  'GET /api/v1/openapi.json': 'signed-in',
  'GET /api/v1/palettes/:allowedDays': 'parking.read, anywhere',
  'GET /api/v1/palettes/:allowedDays/legend.svg': 'parking.read, anywhere',
  'GET /api/v1/parking/spaces.csv': 'parking.read',
  'GET /api/v1/parking/statistics': 'parking.read',
  'GET /api/v1/parking/stays.csv': 'parking.read',
  'GET /api/v1/public/spaces/:id': 'public',
  'GET /api/v1/rooms/:id': 'rooms.read, room',
  'GET /api/v1/spaces': 'parking.read, list',
  'GET /api/v1/spaces/:id': 'parking.read, space',
  'GET /api/v1/spaces/:id/exemptions': 'parking.read, space',
  'GET /api/v1/spaces/:id/neighbours': 'parking.read, space',
  'GET /api/v1/spaces/:id/sensors': 'parking.handle-cases, space',
  'GET /api/v1/unread-messages': 'devices.read',
  'GET /api/v1/zones': 'parking.read, list',
  'GET /api/v1/zones/:id/rules': 'parking.read, zone',
  'GET /assets/*': 'public',
  'GET /cds/events': 'parking.read',
  'GET /cds/events/events': 'parking.read',
  'GET /mqtt': 'signed',
  'GET /ngsi-ld/context.jsonld': 'public',
  'GET /ngsi-ld/v1/entities': 'parking.read',
  'GET /ngsi-ld/v1/entities/:urn': 'parking.read',
  'GET /ngsi-ld/v1/subscriptions': 'parking.subscribe',
  'GET /ngsi-ld/v1/subscriptions/:id': 'parking.subscribe',
  'POST /api/v1/alarms/:buildingId': 'signed',
  'POST /api/v1/auth/sign-in/username': 'public',
  'GET /api/v1/auth/passkeys': 'public',
  'POST /api/v1/auth/passkey-challenges': 'public',
  'POST /api/v1/auth/passkeys': 'public',
  'POST /api/v1/auth/second-factor': 'public',
  'POST /api/v1/auth/sign-out': 'in-person',
  'POST /api/v1/bollards': 'devices.write',
  'POST /api/v1/bollards/:id/display-token': 'devices.write',
  'POST /api/v1/bollards/:id/key': 'devices.write',
  'POST /api/v1/bollards/:id/replacement': 'devices.write',
  'POST /api/v1/bollards/:id/retirement': 'devices.write',
  'POST /api/v1/buildings/:id/incidents': 'alarm.sound, building',
  'POST /api/v1/cases/:id/steps': 'parking.handle-cases, case',
  'POST /api/v1/device-keys': 'town.write',
  'POST /api/v1/devices/:id/events': 'signed',
  'POST /api/v1/incidents/:id/end': 'alarm.end, incident',
  'POST /api/v1/integrators': 'devices.write',
  'POST /api/v1/spaces/:id/exemptions': 'parking.exempt, space',
  'POST /api/v1/zones/:id/preview': 'town.write',
  'POST /ngsi-ld/v1/subscriptions': 'parking.subscribe',
  'PUT /api/v1/bollards': 'devices.write',
  'PUT /api/v1/buildings/:id/camera-use': 'town.write',
  'PUT /api/v1/town': 'town.write',
  'PUT /api/v1/zones/:id': 'town.write',
};

const password = 'Lanterne-verte9';
const town = Town.parse({
  zones: ['centre', 'gare'].map((id) => ({ id, name: id, allowedDays: 7 })),
  spaces: ['centre', 'gare'].map((zoneId) => ({ id: `${zoneId}-1`, zoneId, label: zoneId })),
  buildings: ['hall', 'school'].map((id) => ({ id, name: id })),
  floors: ['hall', 'school'].map((id) => ({
    id: `${id}-floor`,
    buildingId: id,
    name: id,
    level: 0,
  })),
  rooms: ['hall', 'school'].map((id) => ({ id: `${id}-room`, buildingId: id, name: id })),
  cameras: ['hall', 'school'].map((id) => ({
    id: `${id}-camera`,
    roomId: `${id}-room`,
    name: id,
    source: 'rtsp://192.0.2.1/one',
  })),
});
const inCentre: Scope = { zoneIds: ['centre'], buildingIds: [] };
const inHall: Scope = { zoneIds: [], buildingIds: ['hall'] };

/** Somebody, by what he sends. */
interface Caller {
  name: string;
  headers: Record<string, string>;
  rights: readonly string[];
  scope: Scope;
  isKnown: boolean;
  isProgram?: boolean;
}

let app: Awaited<ReturnType<typeof startTestApp>>;
let http: Http;
const callers: Caller[] = [];

beforeAll(async () => {
  app = await startTestApp(
    {},
    {
      extraRoutes: (made) => {
        http = made;
      },
    },
  );
  await app.importTown(town);
  callers.push({ name: 'nobody', headers: {}, rights: [], scope: everywhere, isKnown: false });
  for (const role of PersonRole.options) await addPerson(role, role);
  await addPerson('officer-of-centre', 'police-officer', inCentre);
  await addPerson('warden-of-hall', 'warden', inHall);
  const admin = await signIn(app.url, 'admin', app.firstAdministrator?.password ?? '');
  const { body } = await admin.post('/api/v1/integrators', { id: 'open-data' });
  for (const [name, token] of [
    ['a token', { permissions: [...TokenPermission.options], scope: everywhere }],
    ['a token of centre', { permissions: ['parking.read', 'parking.exempt'], scope: inCentre }],
  ] as const) {
    const made = (await admin.post('/api/v1/tokens', { name, ...token })).body as ApiTokenWithKey;
    callers.push({
      name,
      headers: { authorization: `Bearer ${made.token}` },
      rights: token.permissions,
      scope: token.scope,
      isKnown: true,
      isProgram: true,
    });
  }
  callers.push({
    name: 'an integrator',
    headers: { authorization: `Bearer ${(body as { token: string }).token}` },
    rights: ['parking.read', 'parking.subscribe'],
    scope: everywhere,
    isKnown: true,
    isProgram: true,
  });
});
afterAll(() => app?.stop());

async function addPerson(username: string, role: PersonRole, scope: Scope = everywhere) {
  await app.createUser({ username, name: 'Ada', role, scope, password });
  const answer = await http.inject({
    method: 'POST',
    url: '/api/v1/auth/sign-in/username',
    payload: { username, password },
  });
  const cookie = [answer.headers['set-cookie']].flat().map((line) => line?.split(';')[0]);
  const headers = { cookie: cookie.join('; ') };
  callers.push({ name: username, headers, rights: permissionsOf[role], scope, isKnown: true });
}

/**
 * The status of a request that stops behind the door: what bears a body is of a media type nobody reads, so that it
 * changes nothing.
 */
async function statusOf({ method, url }: RouteAccess, { headers }: Caller, id = 'nothing') {
  const path = url.replace(/:id\b/, id).replace(/:\w+/g, '7').replace('*', 'nothing');
  const answer = await http.inject({
    method: method as 'GET',
    url: path,
    headers: method === 'GET' ? headers : { ...headers, 'content-type': 'application/x-nothing' },
    ...(method === 'GET' ? {} : { payload: 'nothing' }),
    payloadAsStream: true,
  });
  answer.stream().destroy();
  return answer.statusCode;
}

const verdictOf = (status: number) => (status === 401 || status === 403 ? status : 'admitted');

function expected({ access, about }: RouteAccess, caller: Caller, isInside: boolean) {
  if (access === 'public') return 'admitted';
  if (!caller.isKnown) return 401;
  if (access === 'signed-in') return 'admitted';
  if (access === 'in-person') return caller.isProgram ? 403 : 'admitted';
  if (!caller.rights.includes(access)) return 403;
  if (caller.scope === everywhere || about === 'list' || about === 'anywhere') return 'admitted';
  return about !== undefined && isInside ? 'admitted' : 403;
}

/** A thing of each kind, in the part of the town that the limited callers have, and beyond it. */
const things: Record<string, { inside: string; beyond: string }> = {
  zone: { inside: 'centre', beyond: 'gare' },
  space: { inside: 'centre-1', beyond: 'gare-1' },
  building: { inside: 'hall', beyond: 'school' },
  floor: { inside: 'hall-floor', beyond: 'school-floor' },
  room: { inside: 'hall-room', beyond: 'school-room' },
  camera: { inside: 'hall-camera', beyond: 'school-camera' },
};

describe('every route', () => {
  it('stands in the table with who may use it', () => {
    const found = http.routeTable
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url, access, about }) => [
        `${method} ${url}`,
        about === undefined ? access : `${access}, ${about}`,
      ]);
    expect(Object.fromEntries(found)).toEqual(table);
  });

  it('that changes something goes on record, but for these', () => {
    const silent = http.routeTable.filter(
      ({ method, audit }) => method !== 'GET' && method !== 'HEAD' && audit === 'never',
    );
    expect(silent.map(({ method, url, access }) => `${method} ${url}, ${access}`).sort()).toEqual([
      'POST /api/v1/alarms/:buildingId, signed',
      'POST /api/v1/audit/verification, audit.read',
      'POST /api/v1/auth/passkey-challenges, public',
      'POST /api/v1/devices/:id/events, signed',
      'POST /api/v1/me/passkey-challenges, in-person',
      'POST /api/v1/me/second-factor, in-person',
      'POST /api/v1/persons/search, audit.read',
      'POST /api/v1/zones/:id/preview, town.write',
    ]);
  });

  it('that gives a file goes on record', () => {
    const files = http.routeTable.filter(
      ({ method, audit }) => method === 'GET' && audit === 'export',
    );
    expect(files.filter(({ perMinute }) => perMinute !== 30)).toEqual([]);
    expect(files.map(({ url }) => url).sort()).toEqual([
      '/api/v1/audit.csv',
      '/api/v1/audit.jsonl',
      '/api/v1/bollards.csv',
      '/api/v1/bollards.yaml',
      '/api/v1/bollards/labels.pdf',
      '/api/v1/incidents/:id/report.csv',
      '/api/v1/incidents/:id/report.pdf',
      '/api/v1/parking/spaces.csv',
      '/api/v1/parking/stays.csv',
      '/api/v1/safety-register.csv',
      '/api/v1/safety-register.pdf',
      '/api/v1/town',
    ]);
  });

  /** What the browser of an administrator sends from a page that is not ours. */
  const fromElsewhere = [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
  ];

  it('that changes something is refused to pages of other sites, whoever is signed in', async () => {
    const admin = callers.find(({ name }) => name === 'administrator');
    const wrong: unknown[] = [];
    for (const { method, url } of http.routeTable) {
      if (method === 'GET' || method === 'HEAD') continue;
      for (const page of fromElsewhere) {
        const path = url.replace(/:\w+/g, 'hall');
        const headers = { ...admin?.headers, ...page };
        const answer = await http.inject({
          method: method as 'PUT',
          url: path,
          headers,
          payload: {},
        });
        const { code } = answer.json<{ code?: string }>();
        if (code !== 'accounts/foreign-origin') wrong.push({ method, url, page, code });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that is not public tells nothing to scripts, streams and sockets of other sites', async () => {
    const admin = callers.find(({ name }) => name === 'administrator');
    const wrong: unknown[] = [];
    for (const { method, url, access } of http.routeTable) {
      if (method !== 'GET' || access === 'public') continue;
      for (const page of [
        {
          origin: 'https://elsewhere.example',
          'sec-fetch-site': 'cross-site',
          'sec-fetch-mode': 'cors',
        },
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
        { origin: 'https://elsewhere.example', upgrade: 'websocket', connection: 'upgrade' },
      ]) {
        const headers = { ...admin?.headers, ...page };
        const answer = await http.inject({ url: url.replace(/:\w+/g, 'hall'), headers });
        if (answer.statusCode !== 403) wrong.push({ url, page, status: answer.statusCode });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that takes long, or guesses from outside, takes only so many a minute', () => {
    const held = http.routeTable.filter(
      ({ method, audit, perMinute }) => method !== 'HEAD' && audit !== 'export' && perMinute,
    );
    expect(
      held.map(({ method, url, perMinute }) => `${method} ${url} ${perMinute}`).sort(),
    ).toEqual([
      'GET /api/v1/auth/provider/callback 120',
      'GET /api/v1/auth/provider/start 120',
      'GET /api/v1/board-by-link 600',
      'GET /api/v1/board-by-link/floors/:floorId/plan 600',
      'GET /api/v1/board-by-link/plan 600',
      'GET /api/v1/parking/statistics 60',
      'GET /api/v1/privacy/:kind 30',
      'GET /api/v1/public/spaces/:id 1200',
      'POST /api/v1/audit/verification 10',
      'POST /api/v1/auth/passkey-challenges 60',
      'POST /api/v1/camera-enquiries 60',
      'POST /api/v1/directory/checks 30',
      'POST /api/v1/directory/previews 30',
      'POST /api/v1/directory/refreshes 30',
      'POST /api/v1/persons/export 30',
      'POST /api/v1/persons/search 30',
      'POST /api/v1/zones/:id/preview 120',
    ]);
  });

  it('asks for HEAD what it asks for GET', () => {
    const gets = new Map(
      http.routeTable.filter(({ method }) => method === 'GET').map((route) => [route.url, route]),
    );
    const heads = http.routeTable.filter(({ method }) => method === 'HEAD');
    expect(heads.filter(({ url, access }) => gets.get(url)?.access !== access)).toEqual([]);
  });

  it('admits and refuses each role, programs and nobody, as the table of rights says', async () => {
    const wrong: unknown[] = [];
    for (const route of http.routeTable) {
      if (route.method === 'HEAD' || route.access === 'signed') continue;
      for (const caller of callers) {
        const { inside, beyond } = things[route.about ?? ''] ?? { inside: '', beyond: 'nothing' };
        for (const id of [inside, beyond].filter((one) => one !== '')) {
          const seen = verdictOf(await statusOf(route, caller, id));
          const wanted = expected(route, caller, id === inside);
          if (seen !== wanted)
            wrong.push({
              route: `${route.method} ${route.url}`,
              caller: caller.name,
              id,
              seen,
              wanted,
            });
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it.each([
    { who: 'officer-of-centre', path: '/api/v1/spaces', ids: ['centre-1'] },
    { who: 'officer-of-centre', path: '/api/v1/zones', ids: ['centre'] },
    { who: 'warden-of-hall', path: '/api/v1/buildings', ids: ['hall'] },
    { who: 'viewer', path: '/api/v1/spaces', ids: ['centre-1', 'gare-1'] },
    { who: 'viewer', path: '/api/v1/buildings', ids: ['hall', 'school'] },
  ])('$path lists for $who only $ids', async ({ who, path, ids }) => {
    const headers = callers.find(({ name }) => name === who)?.headers ?? {};
    const answer = await http.inject({ url: path, headers });
    expect(answer.json<{ id: string }[]>().map(({ id }) => id)).toEqual(ids);
  });

  it('that goes by a key of its own is closed to people without it', async () => {
    const signed = http.routeTable.filter(
      ({ access, method, url }) => access === 'signed' && method !== 'HEAD' && url !== '/mqtt',
    );
    const admin = callers.find(({ name }) => name === 'administrator');
    expect(signed.length).toBeGreaterThan(0);
    for (const { method, url } of signed) {
      const answer = await http.inject({
        method: method as 'GET',
        url: url.replace(/:\w+/g, 'hall'),
        ...(admin ? { headers: admin.headers } : {}),
        ...(method === 'GET' ? {} : { payload: {} }),
      });
      expect([url, answer.statusCode]).toEqual([url, 401]);
    }
  });
});

describe('the live stream', () => {
  const about: Record<LiveEventName, [inside: object, beyond: object]> = {
    space: [{ zoneId: 'centre' }, { zoneId: 'gare' }],
    case: [{ zoneId: 'centre' }, { zoneId: 'gare' }],
    message: [{}, {}],
    room: [{ roomId: 'hall-room' }, { roomId: 'school-room' }],
    incident: [{ buildingId: 'hall' }, { buildingId: 'school' }],
    board: [{ incident: { buildingId: 'hall' } }, { incident: { buildingId: 'school' } }],
  };
  const names = Object.keys(liveEvents) as LiveEventName[];

  /** What reaches one person of two events of each name. */
  async function received(person: SignedIn): Promise<string[]> {
    const events = createEventBus();
    const stream = await createHttp({
      identify: async () => person,
      locate,
      log: silentLog,
    });
    const live = liveRoutes(stream, { events, locate });
    const url = await stream.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/api/v1/events`);
    for (const where of [0, 1] as const)
      for (const name of names) events.emit(name, { ...about[name][where], where } as never);
    // Events are decided on in turn; what has not left by now was withheld.
    await new Promise((resolve) => setTimeout(resolve, 20));
    live.stop();
    const seen: string[] = [];
    for await (const { name, data } of eventsIn(answer))
      seen.push(`${name} ${(data as { where: number }).where === 0 ? 'inside' : 'beyond'}`);
    await stream.close();
    return seen.sort();
  }

  const locate: Locate = async (kind, id) =>
    kind === 'zone' ? { zoneId: id } : { buildingId: id.replace('-room', '') };
  const somebody = { id: '1', username: 'ada', name: 'Ada' };

  it.each<{ what: string; change: Partial<SignedIn> | undefined }>([
    { what: 'is signed out', change: undefined },
    { what: 'has another role', change: { role: 'warden' } },
    { what: 'is limited', change: { scope: inCentre } },
  ])('ends when its reader $what', async ({ change }) => {
    let person: SignedIn | undefined = { ...somebody, role: 'viewer', scope: everywhere };
    const stream = await createHttp({ identify: async () => person, locate, log: silentLog });
    liveRoutes(stream, { events: createEventBus(), locate, everyMs: 10 });
    const url = await stream.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/api/v1/events`);
    person = change && { ...person, ...change };
    expect(await answer.text()).toContain('retry');
    await stream.close();
  });

  it('goes on while the database is away', async () => {
    let asked = 0;
    const stream = await createHttp({
      identify: async () => {
        if (++asked > 1) throw new Error('the database is away');
        return { ...somebody, role: 'viewer', scope: everywhere };
      },
      locate,
      log: silentLog,
    });
    const events = createEventBus();
    const live = liveRoutes(stream, { events, locate, everyMs: 5 });
    const url = await stream.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/api/v1/events`);
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(3);
    events.emit('space', { zoneId: 'centre' } as never);
    await new Promise((resolve) => setImmediate(resolve));
    live.stop();
    expect(await answer.text()).toContain('event: space');
    await stream.close();
  });

  it.each(PersonRole.options)('brings a %s what the role may read', async (role) => {
    const wanted = names
      .filter((name) => permissionsOf[role].includes(livePermissions[name]))
      .flatMap((name) => [`${name} beyond`, `${name} inside`]);
    expect(await received({ ...somebody, role, scope: everywhere })).toEqual(wanted.sort());
  });

  it.each<{ role: PersonRole; scope: Scope; wanted: string[] }>([
    { role: 'police-manager', scope: inCentre, wanted: ['case inside', 'space inside'] },
    { role: 'police-officer', scope: inHall, wanted: [] },
    { role: 'warden', scope: inHall, wanted: ['board inside', 'incident inside', 'room inside'] },
    { role: 'viewer', scope: inCentre, wanted: ['space inside'] },
  ])('brings a $role of $scope only what lies there', async ({ role, scope, wanted }) => {
    expect(await received({ ...somebody, role, scope })).toEqual(wanted);
  });
});

describe('every topic', () => {
  type TopicName = keyof typeof topics;
  /** Who may publish and who may read; `own`: only where the topic names the device itself. */
  const rights: Record<TopicName, { publish: string[]; read: string[] }> = {
    bollardState: { publish: ['own bollard'], read: ['integrator'] },
    bollardStatus: { publish: ['own bollard'], read: ['integrator'] },
    bollardDisplay: { publish: [], read: ['own bollard', 'integrator'] },
    workerStatus: { publish: ['own worker'], read: ['worker'] },
    workerEnquiry: { publish: [], read: ['own worker'] },
    workerAnswer: { publish: ['own worker'], read: [] },
    cameraConfig: { publish: [], read: ['worker'] },
    cameraHeadcount: { publish: ['worker'], read: ['worker'] },
    cameraCrossings: { publish: ['worker'], read: [] },
    cameraOccupancy: { publish: ['worker'], read: [] },
    cameraPicture: { publish: [], read: ['worker'] },
    cameraWatch: { publish: [], read: ['worker'] },
    cameraFrame: { publish: ['worker'], read: [] },
    roomState: { publish: [], read: ['integrator'] },
    roomPerson: { publish: [], read: ['integrator'] },
    caseNotice: { publish: [], read: ['integrator'] },
    buildingAlarm: { publish: ['own panel'], read: [] },
    buildingCap: { publish: [], read: ['integrator'] },
    homeAssistantSensor: { publish: [], read: ['integrator'] },
    homeAssistantBinarySensor: { publish: [], read: ['integrator'] },
  };
  const key = 'a-key-that-is-long-enough';
  const known = Object.fromEntries(
    DeviceKind.options.map((kind) => [usernameOf(kind, 'x'), { key, kind, id: 'x' }]),
  );
  const may = (list: string[], kind: string, id: string) =>
    list.includes(kind) || (id === 'x' && list.includes(`own ${kind}`));

  it.each(DeviceKind.options)(
    'admits and refuses a %s as the table says',
    async (kind) => {
      const broker = createTestBroker(known);
      await broker.start();
      const open = () =>
        connectAsync(`mqtt://127.0.0.1:${broker.port()}`, {
          username: usernameOf(kind, 'x'),
          password: key,
          protocolVersion: 5,
          reconnectPeriod: 0,
        });
      const reader = await open();
      const seen: Record<string, boolean[]> = {};
      const wanted: Record<string, boolean[]> = {};
      for (const name of Object.keys(topics) as TopicName[]) {
        for (const id of ['x', 'y']) {
          const topic = topics[name](id);
          const sender = await open();
          const mayPublish = sender.publishAsync(topic, '{}', { qos: 1 }).then(
            () => true,
            () => false,
          );
          const closed = new Promise<boolean>((done) => sender.once('close', () => done(false)));
          const isGranted = await reader.subscribeAsync(topic, { qos: 1 }).then(
            ([grant]) => (grant?.qos ?? 128) < 128,
            () => false,
          );
          seen[topic] = [await Promise.race([mayPublish, closed]), isGranted];
          wanted[topic] = [may(rights[name].publish, kind, id), may(rights[name].read, kind, id)];
          await sender.endAsync(true);
        }
      }
      await reader.endAsync(true);
      await broker.stop();
      expect(seen).toEqual(wanted);
    },
    60_000,
  );

  it.each([
    ['people', { username: 'administrator', password }],
    ['nobody', {}],
  ])('is closed to %s', async (_who, login) => {
    await expect(connectAsync(app.mqttUrl, { reconnectPeriod: 0, ...login })).rejects.toThrow();
  });
});
