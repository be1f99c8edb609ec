import { ApiToken, ApiTokenWithKey, NewApiToken } from '@vigie/contracts/api-tokens';
import { Problem } from '@vigie/contracts/errors';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import type { ApiTokensService } from './api-tokens.service.ts';
import { Done } from './sign-in.routes.ts';

/** Tokens for programs of the town. */
export function apiTokensRoutes(http: Http, tokens: ApiTokensService): void {
  const config = { access: 'accounts.write' } as const;
  http.get('/api/v1/tokens', { config, schema: { response: { 200: z.array(ApiToken) } } }, () =>
    tokens.list(),
  );
  http.post(
    '/api/v1/tokens',
    { config, schema: { body: NewApiToken, response: { 201: ApiTokenWithKey, '4xx': Problem } } },
    async ({ body, person }, reply) =>
      reply.status(201).send(await tokens.make(body, person?.username ?? 'unknown')),
  );
  http.delete(
    '/api/v1/tokens/:id',
    {
      config,
      schema: {
        params: z.object({ id: z.string().max(64) }),
        response: { 200: Done, '4xx': Problem },
      },
    },
    async ({ params }) => {
      await tokens.revoke(params.id);
      return { ok: true as const };
    },
  );
}
