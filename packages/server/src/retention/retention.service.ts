import type { Keeping } from '@vigie/contracts/keeping';
import type { Deletion, Retention } from '@vigie/contracts/retention';
import { type AuditLog, systemActor } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { OldData } from '../platform/old-data.ts';
import type { RetentionStore } from './retention.store.ts';

const shownDeletions = 200;
const dayMs = 86_400_000;

interface RetentionDeps {
  store: RetentionStore;
  kinds: readonly OldData[];
  audit: Pick<AuditLog, 'record'>;
  keeping: Keeping;
  clock: Clock;
  log: Pick<Log, 'info' | 'error'>;
}

export type RetentionService = ReturnType<typeof createRetentionService>;

/** Deletes what is older than the town keeps it, and logs each deletion in the same transaction. */
export function createRetentionService({
  store,
  kinds,
  audit,
  keeping,
  clock,
  log,
}: RetentionDeps) {
  async function removeOld({ kind, remove }: OldData, now: Date): Promise<Deletion | undefined> {
    const until = keptSince(keeping[kind], now);
    if (!until) return undefined;
    return store.transaction(async (tx) => {
      const rows = await remove(until, tx);
      if (rows === 0) return undefined;
      const deletion = { at: now.toISOString(), kind, until: until.toISOString(), rows };
      await store.add(deletion, tx);
      const details = { until: deletion.until, rows };
      await audit.record({ actor: systemActor, act: 'data-deleted', subject: kind, details }, tx);
      log.info(deletion, 'old data was deleted');
      return deletion;
    });
  }

  return {
    look: async (): Promise<Retention> => {
      const now = clock.now();
      const last = await store.listLast();
      const rules: Retention['rules'] = [];
      for (const { kind, count } of kinds) {
        const until = keptSince(keeping[kind], now);
        rules.push({
          kind,
          days: keeping[kind],
          until: until?.toISOString() ?? null,
          rows: until ? await count(until, store.open) : 0,
          lastDeletion: last.find((one) => one.kind === kind) ?? null,
        });
      }
      return { rules, deletions: await store.list(shownDeletions) };
    },

    /** One kind that cannot be deleted does not keep the others. @throws the first error, after all were tried. */
    run: async (): Promise<Deletion[]> => {
      const now = clock.now();
      const done: Deletion[] = [];
      const failed: unknown[] = [];
      for (const data of kinds) {
        try {
          const deletion = await removeOld(data, now);
          if (deletion) done.push(deletion);
        } catch (error) {
          failed.push(error);
        }
      }
      if (failed.length > 0) throw failed[0];
      return done;
    },
  };
}

/** What is older than this goes; `undefined`: nothing does. */
const keptSince = (days: number, now: Date): Date | undefined =>
  days === 0 ? undefined : new Date(now.getTime() - days * dayMs);
