import { Problem } from '@vigie/contracts/errors';
import { Deletion, Retention } from '@vigie/contracts/retention';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';
import type { RetentionService } from './retention.service.ts';

/** How long data is kept, what was deleted, and deleting now what is due. */
export function retentionRoutes(http: Http, retention: RetentionService): void {
  const tags = ['retention'];
  http.get(
    '/api/v1/retention',
    {
      config: { access: 'audit.read' },
      schema: { tags, response: { 200: Retention, '4xx': Problem } },
    },
    async () => retention.look(),
  );
  http.post(
    '/api/v1/retention/runs',
    {
      config: { access: 'town.write' },
      schema: {
        tags,
        summary: 'Deletes now what is older than it is kept; the server does so once a day',
        response: { 200: z.array(Deletion), '4xx': Problem },
      },
    },
    async () => retention.run(),
  );
}
