import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import {
  ParkingCamera,
  ParkingCameraChange,
  WatchedSpaces,
} from '@vigie/contracts/parking-cameras';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import type { ParkingCameras } from './parking-cameras.service.ts';

const ById = z.object({ id: Id });

/** Cameras that watch parking spaces, and the spaces drawn on their pictures. */
export function parkingCamerasRoutes(http: Http, cameras: ParkingCameras): void {
  const write = { access: 'devices.write' } as const;
  const answer = { 200: ParkingCamera, '4xx': Problem };
  http.get(
    '/api/v1/parking-cameras',
    { config: { access: 'devices.read' }, schema: { response: { 200: z.array(ParkingCamera) } } },
    async () => cameras.list(),
  );
  http.put(
    '/api/v1/parking-cameras/:id',
    { config: write, schema: { params: ById, body: ParkingCameraChange, response: answer } },
    ({ params, body }) => cameras.put({ ...body, id: params.id }),
  );
  http.put(
    '/api/v1/parking-cameras/:id/spaces',
    { config: write, schema: { params: ById, body: WatchedSpaces, response: answer } },
    ({ params, body }) => cameras.draw(params.id, body),
  );
  http.post(
    '/api/v1/parking-cameras/:id/confirm-view',
    { config: write, schema: { params: ById, response: answer } },
    ({ params }) => cameras.confirmView(params.id),
  );
  http.delete(
    '/api/v1/parking-cameras/:id',
    { config: write, schema: { params: ById, response: { 204: z.null(), '4xx': Problem } } },
    async ({ params }, reply) => {
      await cameras.remove(params.id);
      return reply.status(204).send(null);
    },
  );
}
