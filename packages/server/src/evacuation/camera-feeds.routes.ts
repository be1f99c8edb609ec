import { Problem } from '@vigie/contracts/errors';
import { CameraFeedView, CameraLink, NewBrowserCamera } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import { messageOf, NotFound } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { AdmittedFeed, CameraFeeds } from './camera-feeds.service.ts';
import { mustComeFromOurPages } from './live.routes.ts';

interface FeedRoutesDeps {
  feeds: Pick<CameraFeeds, 'draw' | 'revoke' | 'admit' | 'open' | 'end'>;
  /** Adds a camera that a browser will be; gives its id. @throws NotFound for an unknown room. */
  addBrowserCamera: (roomId: string, name: string) => Promise<string>;
  /** `false`: there is no such camera. */
  removeCamera: (cameraId: string) => Promise<boolean>;
  log: Log;
}

const tags = ['evacuation'];
const refused = { '4xx': Problem };
const ById = z.object({ id: Id });
/** A missing token opens no more than a wrong one. */
const ByToken = z.object({ token: z.string().max(100).default('') });

/** Administrators make a telephone or a laptop a camera, and take that back. */
export function cameraLinkRoutes(http: Http, deps: FeedRoutesDeps): void {
  const { feeds, addBrowserCamera, removeCamera } = deps;
  const config = { access: 'town.write' } as const;
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
      const cameraId = await addBrowserCamera(params.id, body.name);
      return reply.status(201).send(await feeds.draw(cameraId));
    },
  );
  http.delete(
    '/api/v1/cameras/:id',
    { config, schema: { tags, params: ById, response: { 204: z.null(), ...refused } } },
    async ({ params: { id } }, reply) => {
      if (!(await removeCamera(id)))
        throw new NotFound('evacuation/camera-unknown', `There is no camera ${id}.`);
      return reply.status(204).send(null);
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

/**
 * `GET /api/v1/camera-feed`, a WebSocket for the browser that films: each text message `picture` asks for one, each binary
 * message is its JPEG. The token stands for the person.
 */
export function cameraFeedRoutes(http: Http, { feeds, log }: FeedRoutesDeps): void {
  http.get(
    '/api/v1/camera-feed/about',
    {
      config: { access: 'signed' },
      schema: { tags, querystring: ByToken, response: { 200: CameraFeedView, ...refused } },
    },
    async ({ query }) => (await feeds.admit(query.token)).view,
  );
  const admitted = new WeakMap<object, AdmittedFeed>();
  http.get(
    '/api/v1/camera-feed',
    {
      websocket: true,
      config: { access: 'signed' },
      schema: {
        tags,
        summary: 'WebSocket: the pictures of a browser that is a camera',
        querystring: ByToken,
        response: refused,
      },
      preHandler: async (request) => {
        mustComeFromOurPages(request);
        const { token } = request.query as z.infer<typeof ByToken>;
        admitted.set(request, await feeds.admit(token));
      },
    },
    (socket, request) => {
      const feed = feeds.open(admitted.get(request) as AdmittedFeed, {
        ask: () => socket.send('picture'),
        close: (code, reason) => socket.close(code, reason),
      });
      socket.on('message', (data, isBinary) => {
        if (isBinary && data instanceof Buffer) feed.take(data);
      });
      socket.on('error', (error) => log.debug({ error: messageOf(error) }, 'a camera feed broke'));
      socket.on('close', feed.leave);
    },
  );
}
