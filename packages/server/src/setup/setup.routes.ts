import { Problem } from '@vigie/contracts/errors';
import { SetupGap } from '@vigie/contracts/setup';
import * as z from 'zod';
import type { Http } from '../platform/http.ts';

/** What the town still lacks, for those who can mend it. */
export function setupRoutes(http: Http, listGaps: () => Promise<SetupGap[]>): void {
  http.get(
    '/api/v1/setup-gaps',
    {
      config: { access: 'town.write' },
      schema: {
        tags: ['setup'],
        summary: 'What is still missing, most urgent first',
        response: { 200: z.array(SetupGap), '4xx': Problem },
      },
    },
    listGaps,
  );
}
