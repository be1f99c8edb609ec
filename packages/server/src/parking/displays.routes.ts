import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import { DisplayView } from '@vigie/contracts/parking';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import { messageOf, NotAuthenticated, NotFound } from '../platform/errors.ts';
import { type EventStream, openEventStream } from '../platform/event-stream.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { ParkingService } from './parking.service.ts';

/** The view is sent again this often, so that a screen hears whether it has contact; a token that ended ends the stream. */
const againMs = 15_000;

interface DisplayDeps {
  parking: Pick<ParkingService, 'getSpace'>;
  /** The space that the token of a bollard's screen opens. @throws NotAuthenticated, NotFound */
  admit: (bollardId: string, token: string) => Promise<string>;
  events: EventBus;
  clock: Clock;
  log: Log;
}

/** What one bollard shows, for a small screen that is no person: once, and live as Server-Sent Events. */
export function displaysRoutes(http: Http, deps: DisplayDeps): void {
  const config = { access: 'signed' } as const;
  const params = z.object({ id: Id });
  const querystring = z.object({ token: z.string().max(128).optional() });
  const schema = { params, querystring };
  http.get(
    '/api/v1/displays/:id',
    { config, schema: { ...schema, response: { 200: DisplayView, '4xx': Problem } } },
    async (request) => {
      const { id } = request.params;
      return viewOf(id, await deps.admit(id, tokenOf(request)), deps);
    },
  );
  http.get(
    '/api/v1/displays/:id/events',
    { config, schema: { ...schema, hide: true } },
    async (request, reply) => {
      const { id } = request.params;
      const token = tokenOf(request);
      await deps.admit(id, token);
      keepShowing(openEventStream(reply), { ...deps, id, token });
    },
  );
}

/** Sends the view now, after every change of the space, and now and then. Looks follow each other, so no old one comes last. */
function keepShowing(stream: EventStream, deps: DisplayDeps & { id: string; token: string }): void {
  const { id, token, admit, events, log } = deps;
  let shownSpaceId: string | undefined;
  let isLooking = false;
  let isStale = false;

  async function look(): Promise<void> {
    shownSpaceId = await admit(id, token);
    stream.send('display', await viewOf(id, shownSpaceId, deps));
  }

  async function show(): Promise<void> {
    isStale = true;
    if (isLooking) return;
    isLooking = true;
    try {
      while (isStale) {
        isStale = false;
        await look();
      }
    } catch (error) {
      if (error instanceof NotAuthenticated || error instanceof NotFound) stream.end();
      else log.error({ bollard: id, error: messageOf(error) }, 'a screen could not be told');
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(show, againMs);
  const unsubscribe = events.on('space', (space) => void (space.id === shownSpaceId && show()));
  stream.onClose(() => {
    clearInterval(timer);
    unsubscribe();
  });
  void show();
}

async function viewOf(
  bollardId: string,
  spaceId: string,
  { parking, clock }: Pick<DisplayDeps, 'parking' | 'clock'>,
): Promise<DisplayView> {
  const { label, display, legend } = await parking.getSpace(spaceId);
  return {
    bollardId,
    spaceLabel: label,
    display,
    colours: legend.map(({ colour }) => colour),
    clock: { now: clock.now().toISOString(), rate: clock.rate },
  };
}

/** A kiosk's address has no other place for the token than the query. */
function tokenOf(request: FastifyRequest<{ Querystring: { token?: string | undefined } }>): string {
  const [scheme, value] = request.headers.authorization?.split(' ') ?? [];
  return (scheme?.toLowerCase() === 'bearer' ? value : request.query.token) ?? '';
}
