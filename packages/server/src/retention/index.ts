import type { Keeping } from '@vigie/contracts/keeping';
import type { AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import type { OldData } from '../platform/old-data.ts';
import { createRepeated } from '../platform/repeat.ts';
import { retentionRoutes } from './retention.routes.ts';
import { createRetentionService } from './retention.service.ts';
import { createRetentionStore } from './retention.store.ts';

const dayMs = 86_400_000;
/** The start of a server has other work. */
const firstMs = 600_000;

interface RetentionDeps {
  db: Database;
  /** Of every feature. */
  kinds: readonly OldData[];
  audit: Pick<AuditLog, 'record'>;
  keeping: Keeping;
  clock: Clock;
  log: Log;
}

/** Nothing about people is kept longer than its purpose needs. */
export function createRetention({ db, ...deps }: RetentionDeps) {
  const service = createRetentionService({ ...deps, store: createRetentionStore(db) });
  const daily = createRepeated(
    async () => {
      await service.run();
      return dayMs;
    },
    {
      firstMs,
      retryMs: 3_600_000,
      failed: (error) =>
        deps.log.error(
          { error: messageOf(error) },
          'old data could not be deleted; tried again in an hour',
        ),
    },
  );
  return {
    routes: (http: Http): void => retentionRoutes(http, service),
    start: daily.start,
    stop: daily.stop,
  };
}
