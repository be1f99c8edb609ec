import { Problem } from '@vigie/contracts/errors';
import { Building, CameraUseChange } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import type { RoomsService } from './rooms.service.ts';

/** What the cameras of a building may be used for. */
export function cameraUseRoutes(
  http: Http,
  rooms: Pick<RoomsService, 'requireBuilding' | 'setCameraUse'>,
): void {
  http.put(
    '/api/v1/buildings/:id/camera-use',
    {
      config: { access: 'town.write' },
      schema: {
        tags: ['evacuation'],
        summary: 'Always, for counting only, or during incidents only; holds at once',
        params: z.object({ id: Id }),
        body: CameraUseChange,
        response: { 200: Building, '4xx': Problem },
      },
    },
    async (request) => {
      const { params, body } = request;
      const { cameraUse: before = 'open' } = rooms.requireBuilding(params.id);
      const after = await rooms.setCameraUse(params.id, body.cameraUse);
      request.onRecord = {
        details: { before, after: body.cameraUse },
        told: { reason: body.reason },
      };
      return after;
    },
  );
}
