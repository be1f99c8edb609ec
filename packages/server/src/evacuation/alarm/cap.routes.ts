import { CapMessage } from '@vigie/contracts/cap';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { Http } from '../../platform/http.ts';
import type { CapService } from './cap.service.ts';

const ById = z.object({ id: Id });
const ByNumber = ById.extend({ n: z.coerce.number().int().positive().max(2_147_483_647) });

/** The messages about an incident to the outside, as they were sent. */
export function capRoutes(http: Http, cap: Pick<CapService, 'list' | 'xml'>): void {
  const config = { access: 'rooms.read', about: 'incident' } as const;
  const tags = ['evacuation'];
  http.get(
    '/api/v1/incidents/:id/cap',
    {
      config,
      schema: { tags, params: ById, response: { 200: z.array(CapMessage), '4xx': Problem } },
    },
    async ({ params }) => cap.list(params.id),
  );
  http.get(
    '/api/v1/incidents/:id/cap/:n',
    { config, schema: { tags, params: ByNumber, response: { '4xx': Problem } } },
    async ({ params }, reply) => sendXml(reply, await cap.xml(params.id, params.n)),
  );
}

const sendXml = (reply: FastifyReply, xml: string): FastifyReply =>
  reply.type('application/cap+xml').send(xml);
