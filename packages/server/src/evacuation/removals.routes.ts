import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import { nameOf } from './evacuation.routes.ts';
import type { RemovalsService } from './removals.service.ts';

const removable = [
  ['buildings', 'building', 'With its floors, rooms, cameras, assembly points, wardens and inputs'],
  ['floors', 'floor', 'With its plan; its rooms stay in the building, without a floor'],
  ['rooms', 'room', 'With its cameras and the counts at its doors'],
  ['assembly-points', 'assembly-point', 'It goes from the plans, too'],
  ['wardens', 'warden', 'Their deputies are nobody’s deputies any more'],
] as const;

/** Takes things out of the registry. Incidents and reports keep what they tell of. */
export function removalRoutes(http: Http, removals: RemovalsService): void {
  for (const [path, what, summary] of removable) {
    http.delete(
      `/api/v1/${path}/:id`,
      {
        config: { access: 'town.write' },
        schema: {
          tags: ['evacuation'],
          summary,
          params: z.object({ id: Id }),
          response: { 204: z.null(), '4xx': Problem },
        },
      },
      async ({ params, person }, reply) => {
        await removals.remove(what, params.id, nameOf(person));
        return reply.status(204).send(null);
      },
    );
  }
}
