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
    {
      config: { ...config, audit: 'token-made' },
      schema: { body: NewApiToken, response: { 201: ApiTokenWithKey, '4xx': Problem } },
    },
    async (request, reply) => {
      const { body, person } = request;
      const made = await tokens.make(body, person?.username ?? 'unknown');
      const { id, permissions, scope, expiresAt } = made;
      const details = {
        permissions,
        zones: scope.zoneIds,
        buildings: scope.buildingIds,
        expiresAt,
      };
      request.onRecord = { subject: `program:${id}`, details };
      return reply.status(201).send(made);
    },
  );
  http.delete(
    '/api/v1/tokens/:id',
    {
      config: { ...config, audit: 'token-revoked' },
      schema: {
        params: z.object({ id: z.string().max(64) }),
        response: { 200: Done, '4xx': Problem },
      },
    },
    async (request) => {
      const { id } = request.params;
      await tokens.revoke(id);
      request.onRecord = { subject: `program:${id}` };
      return { ok: true as const };
    },
  );
}
