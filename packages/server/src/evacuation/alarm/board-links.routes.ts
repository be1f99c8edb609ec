import { Problem } from '@vigie/contracts/errors';
import { Board } from '@vigie/contracts/evacuation';
import { Id } from '@vigie/contracts/ids';
import { BoardLink, NewBoardLink } from '@vigie/contracts/sweeps';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import { nameOf } from '../evacuation.routes.ts';
import type { BoardLinksService } from './board-links.service.ts';
import type { IncidentsService } from './incidents.service.ts';

const tags = ['evacuation'];
const refused = { '4xx': Problem };
const ById = z.object({ id: Id });
const ByLink = z.object({ id: Id, linkId: Id });
/** A missing token opens no more than a wrong one. */
export const ByToken = z.object({ token: z.string().max(100).default('') });
/** A reader asks every two seconds; several stand behind one address. */
export const readsPerMinute = 600;

/** Links to a board for those without an account; the token stands for the person. */
export function boardLinksRoutes(
  http: Http,
  links: BoardLinksService,
  incidents: Pick<IncidentsService, 'board'>,
): void {
  const config = { access: 'alarm.end', about: 'incident' } as const;
  const path = '/api/v1/incidents/:id/board-links';
  http.post(
    path,
    { config, schema: { tags, params: ById, response: { 201: NewBoardLink, ...refused } } },
    async ({ params, person }, reply) =>
      reply.status(201).send(await links.draw(params.id, nameOf(person))),
  );
  http.get(
    path,
    { config, schema: { tags, params: ById, response: { 200: z.array(BoardLink), ...refused } } },
    ({ params }) => links.list(params.id),
  );
  http.delete(
    `${path}/:linkId`,
    { config, schema: { tags, params: ByLink, response: { 204: z.null(), ...refused } } },
    async ({ params, person }, reply) => {
      await links.revoke(params.id, params.linkId, nameOf(person));
      return reply.status(204).send(null);
    },
  );
  http.get(
    '/api/v1/board-by-link',
    {
      config: { access: 'signed', perMinute: readsPerMinute },
      schema: { tags, querystring: ByToken, response: { 200: Board, ...refused } },
    },
    async ({ query }) => incidents.board(await links.open(query.token)),
  );
}
