import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import { WatchMode } from '@vigie/contracts/vision';
import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import { messageOf, NotAllowed, NotAuthenticated } from '../../platform/errors.ts';
import { actorOf, type Http, mayDo, type SignedIn, whileAdmitted } from '../../platform/http.ts';
import type { Log } from '../../platform/log.ts';
import type { LiveViewsService, ViewerSocket } from './live-views.service.ts';

const LiveQuery = z.object({
  mode: WatchMode.default('private'),
  reason: z.string().max(500).default(''),
});

interface LiveDeps {
  views: Pick<LiveViewsService, 'admit' | 'open'>;
  log: Log;
}

/**
 * `GET /api/v1/cameras/{id}/live`, a WebSocket: each binary message is a frame as in `decodeFrame`, each text message a
 * `LiveNotice`. Refusals come as problem documents before the connection is upgraded.
 */
export function liveRoutes(http: Http, { views, log }: LiveDeps): void {
  http.get(
    '/api/v1/cameras/:id/live',
    {
      websocket: true,
      config: { access: 'cameras.view-private', about: 'camera' },
      schema: {
        tags: ['evacuation'],
        summary:
          'WebSocket: live pictures of a camera; the clear mode needs its right and a reason',
        params: z.object({ id: Id }),
        querystring: LiveQuery,
        response: { '4xx': Problem },
      },
      preHandler: async (request) => {
        const { id } = request.params as { id: string };
        views.admit(wishOf(request, id));
      },
    },
    (socket, request) => {
      const leave = views.open(views.admit(wishOf(request, request.params.id)), viewerOf(socket));
      const stopLooking = whileAdmitted(http, request, {
        end: () => socket.close(4403, 'not allowed any more'),
      });
      socket.on('error', (error) => log.debug({ error: error.message }, 'a live view broke'));
      socket.on('close', () => {
        stopLooking();
        leave().catch((error: unknown) =>
          log.error({ error: messageOf(error) }, 'a live view could not be ended'),
        );
      });
    },
  );
}

/** @throws NotAllowed for a clear view without the right to it. */
function wishOf(request: FastifyRequest, cameraId: string) {
  const { mode, reason } = request.query as z.infer<typeof LiveQuery>;
  const person = mustBeSignedIn(request.person);
  if (mode === 'clear' && !mayDo(person, 'cameras.view-clear')) {
    throw new NotAllowed(
      'accounts/not-allowed',
      `The clear picture needs the right cameras.view-clear; ${person.username} does not have it.`,
    );
  }
  return { cameraId, mode, username: person.username, actor: actorOf(request), reason };
}

/** @throws NotAuthenticated; the access rule of the route made sure before. */
function mustBeSignedIn(person: SignedIn | undefined): SignedIn {
  if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
  return person;
}

const viewerOf = (socket: WebSocket): ViewerSocket => ({
  sendFrame: (message) => socket.send(message, { binary: true }),
  sendNotice: (notice) => socket.send(JSON.stringify(notice)),
  close: (code, reason) => socket.close(code, reason),
  backlog: () => socket.bufferedAmount,
});
