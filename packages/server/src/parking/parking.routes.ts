import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import {
  Case,
  Exemption,
  NewCaseStep,
  NewExemption,
  PaletteView,
  SpaceDetail,
  SpaceView,
  Zone,
  ZoneChange,
  ZonePreview,
  ZoneRulesFrom,
} from '@vigie/contracts/parking';
import { recipientOf, shownAddress } from '@vigie/contracts/recipients';
import { ParkingClock } from '@vigie/contracts/time';
import { legendSvg, MOST_DAYS, paletteFor } from '@vigie/palette';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { EventBus } from '../platform/events.ts';
import { type Http, mayDo, reaches } from '../platform/http.ts';
import type { CasesService } from './cases.service.ts';
import { paletteViewOf } from './legend.ts';
import type { Palettes } from './palettes.driver.ts';
import type { ParkingService } from './parking.service.ts';
import type { ZonesService } from './zones.service.ts';

interface RouteDeps {
  parking: Pick<ParkingService, 'listZones' | 'listSpaces' | 'getSpace'>;
  zones: ZonesService;
  cases: Pick<CasesService, 'list' | 'get' | 'addStep'>;
  palettes: Palettes;
  events: EventBus;
  clock: Clock;
}

export function parkingRoutes(http: Http, deps: RouteDeps): void {
  const { parking, cases, events, clock } = deps;
  const read = { access: 'parking.read' } as const;
  const handle = { access: 'parking.handle-cases' } as const;
  const byId = z.object({ id: Id });

  http.get(
    '/api/v1/clock',
    { config: { access: 'signed-in' }, schema: { response: { 200: ParkingClock } } },
    async () => ({
      now: clock.now().toISOString(),
      rate: clock.rate,
    }),
  );
  http.get(
    '/api/v1/zones',
    { config: { ...read, about: 'list' }, schema: { response: { 200: z.array(Zone) } } },
    async ({ person }) =>
      (await parking.listZones())
        .filter(({ id: zoneId }) => reaches(person, { zoneId }))
        .map(withoutSecrets),
  );
  http.get(
    '/api/v1/spaces',
    { config: { ...read, about: 'list' }, schema: { response: { 200: z.array(SpaceView) } } },
    async ({ person }) => (await parking.listSpaces()).filter((space) => reaches(person, space)),
  );
  http.get(
    '/api/v1/spaces/:id',
    {
      config: { ...read, about: 'space' },
      schema: { params: byId, response: { 200: SpaceDetail, '4xx': Problem } },
    },
    async ({ params }) => {
      const space = await parking.getSpace(params.id);
      return { ...space, zone: withoutSecrets(space.zone) };
    },
  );
  paletteRoutes(http, deps.palettes);
  zoneRoutes(http, deps.zones);
  http.get(
    '/api/v1/cases',
    { config: { ...handle, about: 'list' }, schema: { response: { 200: z.array(Case) } } },
    async ({ person }) => (await cases.list()).filter((entry) => reaches(person, entry)),
  );
  http.get(
    '/api/v1/cases/:id',
    {
      config: { ...handle, about: 'case' },
      schema: { params: byId, response: { 200: Case, '4xx': Problem } },
    },
    ({ params }) => cases.get(params.id),
  );
  http.post(
    '/api/v1/cases/:id/steps',
    {
      config: { ...handle, about: 'case' },
      schema: { params: byId, body: NewCaseStep, response: { 200: Case, '4xx': Problem } },
    },
    async ({ params, body, person }) => {
      const changed = await cases.addStep(params.id, body, person?.username ?? 'unknown');
      events.emit('case', changed);
      return changed;
    },
  );
}

/** Rules of zones through time, and authorised stays. */
function zoneRoutes(http: Http, zones: ZonesService): void {
  const read = { access: 'parking.read' } as const;
  const params = z.object({ id: Id });
  http.get(
    '/api/v1/zones/:id/rules',
    {
      config: { ...read, about: 'zone' },
      schema: { params, response: { 200: z.array(ZoneRulesFrom), '4xx': Problem } },
    },
    async ({ params: { id }, person }) => {
      const lines = await zones.rulesOf(id);
      // Who may change the chain must get it whole, to send it back whole.
      if (person && mayDo(person, 'town.write')) return lines;
      return lines.map((line) => ({ ...line, rules: withoutSecrets(line.rules) }));
    },
  );
  http.post(
    '/api/v1/zones/:id/preview',
    {
      config: { access: 'town.write', audit: 'never', perMinute: 120 },
      schema: { params, body: ZoneChange, response: { 200: ZonePreview, '4xx': Problem } },
    },
    (request) => zones.preview(request.params.id, request.body),
  );
  http.put(
    '/api/v1/zones/:id',
    {
      config: { access: 'town.write' },
      schema: {
        params,
        body: ZoneChange,
        response: { 200: z.array(ZoneRulesFrom), '4xx': Problem },
      },
    },
    (request) =>
      zones.change(request.params.id, request.body, request.person?.username ?? 'unknown'),
  );
  http.get(
    '/api/v1/spaces/:id/exemptions',
    {
      config: { ...read, about: 'space' },
      schema: { params, response: { 200: z.array(Exemption), '4xx': Problem } },
    },
    (request) => zones.exemptionsOf(request.params.id),
  );
  http.post(
    '/api/v1/spaces/:id/exemptions',
    {
      config: { access: 'parking.exempt', about: 'space' },
      schema: { params, body: NewExemption, response: { 201: Exemption, '4xx': Problem } },
    },
    async (request, reply) =>
      reply
        .status(201)
        .send(
          await zones.exempt(
            request.params.id,
            request.body,
            request.person?.username ?? 'unknown',
          ),
        ),
  );
  http.delete(
    '/api/v1/spaces/:id/exemptions/:exemptionId',
    {
      config: { access: 'parking.exempt', about: 'space' },
      schema: {
        params: params.extend({ exemptionId: z.string().max(64) }),
        response: { 200: Exemption, '4xx': Problem },
      },
    },
    (request) => zones.withdraw(request.params.id, request.params.exemptionId),
  );
}

function paletteRoutes(http: Http, { prepare }: Palettes): void {
  const config = { access: 'parking.read', about: 'anywhere' } as const;
  const params = z.object({ allowedDays: z.coerce.number().int().min(1).max(MOST_DAYS) });
  http.get(
    '/api/v1/palettes/:allowedDays',
    { config, schema: { params, response: { 200: PaletteView, '4xx': Problem } } },
    async ({ params: { allowedDays } }) => {
      await prepare(allowedDays);
      return paletteViewOf(allowedDays);
    },
  );
  http.get(
    '/api/v1/palettes/:allowedDays/legend.svg',
    { config, schema: { params } },
    async ({ params: { allowedDays } }, reply) => {
      await prepare(allowedDays);
      return reply.type('image/svg+xml').send(legendSvg(paletteFor(allowedDays)));
    },
  );
}

/** The address of a webhook may hold a secret: of it only the origin leaves the house. */
const withoutSecrets = (zone: Zone): Zone => ({
  ...zone,
  recipients: zone.recipients.map((named) => {
    if (typeof named === 'string' || named.channel !== 'webhook') return named;
    return { ...named, address: shownAddress(recipientOf(named, zone.id)) };
  }),
});
