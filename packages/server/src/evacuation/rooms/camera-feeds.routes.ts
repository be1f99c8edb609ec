import { Problem } from '@vigie/contracts/errors';
import { CameraFeedView } from '@vigie/contracts/evacuation';
import * as z from 'zod';
import { messageOf } from '../../platform/errors.ts';
import type { Http } from '../../platform/http.ts';
import type { Log } from '../../platform/log.ts';
import type { AdmittedFeed, CameraFeeds } from './camera-feeds.service.ts';

interface FeedRoutesDeps {
  feeds: Pick<CameraFeeds, 'admit' | 'open'>;
  log: Log;
}

const tags = ['evacuation'];
const refused = { '4xx': Problem };
/** A missing token opens no more than a wrong one. */
const ByToken = z.object({ token: z.string().max(100).default('') });

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
