import { Problem } from '@vigie/contracts/errors';
import { BoardPlan } from '@vigie/contracts/floors';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import { sendPicture } from '../buildings/floors.routes.ts';
import type { FloorsService } from '../buildings/floors.service.ts';
import { ByToken, readsPerMinute } from './board-links.routes.ts';
import type { BoardLinksService } from './board-links.service.ts';
import type { IncidentsService } from './incidents.service.ts';

interface RouteDeps {
  floors: Pick<FloorsService, 'readIn' | 'getPlan'>;
  incidents: Pick<IncidentsService, 'get'>;
  links: Pick<BoardLinksService, 'open'>;
}

const tags = ['evacuation'];
const ById = z.object({ id: Id });
const ByFloor = z.object({ floorId: Id });
const Version = z.object({ v: z.string().max(64).optional() });

/** The plan of the building that an incident is about, for whoever sees its board: by a right, or by a link. */
export function boardPlanRoutes(http: Http, { floors, incidents, links }: RouteDeps): void {
  const buildingOf = async (incidentId: string) => (await incidents.get(incidentId)).buildingId;
  const byRight = { access: 'rooms.read', about: 'incident' } as const;
  const byLink = { access: 'signed', perMinute: readsPerMinute } as const;
  const response = { 200: BoardPlan, '4xx': Problem };
  http.get(
    '/api/v1/incidents/:id/plan',
    { config: byRight, schema: { tags, params: ById, response } },
    async ({ params }) => floors.readIn(await buildingOf(params.id)),
  );
  http.get(
    '/api/v1/incidents/:id/floors/:floorId/plan',
    { config: byRight, schema: { tags, params: ById.extend(ByFloor.shape), querystring: Version } },
    async ({ params: { id, floorId }, query }, reply) =>
      sendPicture(reply, await floors.getPlan(floorId, await buildingOf(id)), query.v),
  );
  http.get(
    '/api/v1/board-by-link/plan',
    { config: byLink, schema: { tags, querystring: ByToken, response } },
    async ({ query }) => floors.readIn(await buildingOf(await links.open(query.token))),
  );
  http.get(
    '/api/v1/board-by-link/floors/:floorId/plan',
    {
      config: byLink,
      schema: { tags, params: ByFloor, querystring: ByToken.extend(Version.shape) },
    },
    async ({ params: { floorId }, query: { token, v } }, reply) => {
      const within = await buildingOf(await links.open(token));
      return sendPicture(reply, await floors.getPlan(floorId, within), v);
    },
  );
}
