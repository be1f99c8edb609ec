import { asyncApi } from '@vigie/contracts/asyncapi';
import * as z from 'zod';
import type { Http } from './http.ts';

/** Health for supervisors, and the descriptions of this API and of the bus. */
export function systemRoutes(http: Http): void {
  http.get(
    '/api/v1/health',
    {
      config: { access: 'public' },
      schema: { response: { 200: z.object({ status: z.literal('ok') }) } },
    },
    async () => ({ status: 'ok' as const }),
  );
  http.get(
    '/api/v1/openapi.json',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    async () => http.swagger(),
  );
  http.get(
    '/api/v1/asyncapi.json',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    async () => asyncApi,
  );
}
