import { Commissioning, NewMoments } from '@vigie/contracts/commissioning';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import type { CommissioningService } from './commissioning.service.ts';

const config = { access: 'town.write' } as const;
const tags = ['evacuation'];
const params = z.object({ id: Id });
const response = { 200: Commissioning, '4xx': Problem };

/** Measuring a camera where it hangs; for those who administer cameras. */
export function commissioningRoutes(http: Http, commissioning: CommissioningService): void {
  http.get(
    '/api/v1/cameras/:id/commissioning',
    { config, schema: { tags, params, response } },
    async ({ params: { id } }) => commissioning.get(id),
  );
  http.post(
    '/api/v1/cameras/:id/moments',
    {
      config,
      schema: {
        tags,
        summary: 'Labels moments of the last two hours with the number of people; all or none',
        params,
        body: NewMoments,
        response,
      },
    },
    async ({ params: { id }, body }) => commissioning.label(id, body.moments),
  );
  http.delete(
    '/api/v1/cameras/:id/moments/:momentId',
    {
      config,
      schema: { tags, params: params.extend({ momentId: z.string().max(64) }), response },
    },
    async ({ params: { id, momentId } }) => commissioning.drop(id, momentId),
  );
  http.post(
    '/api/v1/cameras/:id/confirm-view',
    {
      config,
      schema: {
        tags,
        summary: 'The camera looks where it should: its scene is learnt and measured anew',
        params,
        response,
      },
    },
    async ({ params: { id } }) => commissioning.confirmView(id),
  );
}
