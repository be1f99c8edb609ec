import { Problem } from '@vigie/contracts/errors';
import { Camera, CameraChange, CameraLink, NewBrowserCamera } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import { nameOf } from '../evacuation.routes.ts';
import type { CameraFeeds } from './camera-feeds.service.ts';
import type { CamerasService } from './cameras.service.ts';

interface CamerasRoutesDeps {
  cameras: CamerasService;
  feeds: Pick<CameraFeeds, 'draw' | 'revoke' | 'end'>;
}

const tags = ['evacuation'];
const ById = z.object({ id: Id });
const refused = { '4xx': Problem };
const config = { access: 'town.write' } as const;

/** Administrators add, change and remove cameras, and make a telephone or a laptop one. */
export function camerasRoutes(http: Http, { cameras, feeds }: CamerasRoutesDeps): void {
  http.put(
    '/api/v1/cameras/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Adds a camera of a room, or changes it; its address and login never come back',
        params: ById,
        body: CameraChange,
        response: { 200: Camera, ...refused },
      },
    },
    async (request) => {
      const { params, body, person } = request;
      const isNewAddress = body.source !== undefined || body.login !== undefined;
      request.onRecord = {
        details: { room: body.roomId, watches: body.watches ?? null, isNewAddress },
      };
      return cameras.change(params.id, body, nameOf(person));
    },
  );
  http.delete(
    '/api/v1/cameras/:id',
    { config, schema: { tags, params: ById, response: { 204: z.null(), ...refused } } },
    async ({ params: { id }, person }, reply) => {
      await cameras.remove(id, nameOf(person));
      feeds.end(id, 'the camera was removed');
      return reply.status(204).send(null);
    },
  );
  browserCameraRoutes(http, { cameras, feeds });
}

function browserCameraRoutes(http: Http, { cameras, feeds }: CamerasRoutesDeps): void {
  http.post(
    '/api/v1/rooms/:id/browser-cameras',
    {
      config,
      schema: {
        tags,
        params: ById,
        body: NewBrowserCamera,
        response: { 201: CameraLink, ...refused },
      },
    },
    async ({ params, body }, reply) => {
      const cameraId = await cameras.addBrowserCamera(params.id, body.name);
      return reply.status(201).send(await feeds.draw(cameraId));
    },
  );
  const path = '/api/v1/cameras/:id/browser-link';
  http.post(
    path,
    { config, schema: { tags, params: ById, response: { 200: CameraLink, ...refused } } },
    ({ params }) => feeds.draw(params.id),
  );
  http.delete(
    path,
    { config, schema: { tags, params: ById, response: { 204: z.null(), ...refused } } },
    async ({ params }, reply) => {
      await feeds.revoke(params.id);
      return reply.status(204).send(null);
    },
  );
}
