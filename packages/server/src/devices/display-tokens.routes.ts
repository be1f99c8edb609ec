import { DisplayToken } from '@vigie/contracts/devices';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import type { DisplayTokens } from './display-tokens.service.ts';

/** Administrators give a small screen the right to show one bollard, and take it back. */
export function displayTokensRoutes(http: Http, tokens: Pick<DisplayTokens, 'draw' | 'revoke'>) {
  const path = '/api/v1/bollards/:id/display-token';
  const config = { access: 'devices.write' } as const;
  const params = z.object({ id: Id });
  http.post(
    path,
    { config, schema: { params, response: { 200: DisplayToken, '4xx': Problem } } },
    (request) => tokens.draw(request.params.id),
  );
  http.delete(
    path,
    { config, schema: { params, response: { 204: z.null(), '4xx': Problem } } },
    async (request, reply) => {
      await tokens.revoke(request.params.id);
      return reply.status(204).send(null);
    },
  );
}
