import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import { Space } from '@vigie/contracts/parking';
import { SpaceSensor } from '@vigie/contracts/parking-statistics';
import { PublicSpace } from '@vigie/contracts/public-space';
import * as z from 'zod';
import { type Http, reaches } from '../platform/http.ts';
import type { PlacesService } from './places.service.ts';

const params = z.object({ id: Id });

/** A page asks every 15 s: three hundred citizens behind one address of a town or a telephone network. */
const publicPerMinute = 1200;

/** One space in its street; `/public/` is open to everybody and says nothing personal. */
export function placesRoutes(http: Http, places: PlacesService): void {
  http.get(
    '/api/v1/public/spaces/:id',
    {
      config: { access: 'public', perMinute: publicPerMinute },
      schema: { params, response: { 200: PublicSpace, '4xx': Problem } },
    },
    (request) => places.getPublic(request.params.id),
  );
  http.get(
    '/api/v1/spaces/:id/neighbours',
    {
      config: { access: 'parking.read', about: 'space' },
      schema: { params, response: { 200: z.array(Space), '4xx': Problem } },
    },
    async ({ params: { id }, person }) =>
      (await places.listNeighbours(id)).filter((space) => reaches(person, space)),
  );
  http.get(
    '/api/v1/spaces/:id/sensors',
    {
      config: { access: 'parking.handle-cases', about: 'space' },
      schema: { params, response: { 200: z.array(SpaceSensor), '4xx': Problem } },
    },
    (request) => places.listSensors(request.params.id),
  );
}
