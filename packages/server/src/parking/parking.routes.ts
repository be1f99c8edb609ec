import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import { Case, NewCaseStep, SpaceDetail, SpaceView, Zone } from '@vigie/contracts/parking';
import { ParkingClock } from '@vigie/contracts/time';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { CasesService } from './cases.service.ts';
import type { ParkingService } from './parking.service.ts';

interface RouteDeps {
  parking: Pick<ParkingService, 'listZones' | 'listSpaces' | 'getSpace'>;
  cases: Pick<CasesService, 'list' | 'get' | 'addStep'>;
  events: EventBus;
  clock: Clock;
}

export function parkingRoutes(http: Http, { parking, cases, events, clock }: RouteDeps): void {
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
  http.get('/api/v1/zones', { config: read, schema: { response: { 200: z.array(Zone) } } }, () =>
    parking.listZones(),
  );
  http.get(
    '/api/v1/spaces',
    { config: read, schema: { response: { 200: z.array(SpaceView) } } },
    () => parking.listSpaces(),
  );
  http.get(
    '/api/v1/spaces/:id',
    { config: read, schema: { params: byId, response: { 200: SpaceDetail, '4xx': Problem } } },
    ({ params }) => parking.getSpace(params.id),
  );
  http.get('/api/v1/cases', { config: handle, schema: { response: { 200: z.array(Case) } } }, () =>
    cases.list(),
  );
  http.get(
    '/api/v1/cases/:id',
    { config: handle, schema: { params: byId, response: { 200: Case, '4xx': Problem } } },
    ({ params }) => cases.get(params.id),
  );
  http.post(
    '/api/v1/cases/:id/steps',
    {
      config: handle,
      schema: { params: byId, body: NewCaseStep, response: { 200: Case, '4xx': Problem } },
    },
    async ({ params, body, person }) => {
      const changed = await cases.addStep(params.id, body, person?.username ?? 'unknown');
      events.emit('case', changed);
      return changed;
    },
  );
}
