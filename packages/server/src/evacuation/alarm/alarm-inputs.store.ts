import type { AlarmInput } from '@vigie/contracts/alarm-inputs';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../platform/database.ts';
import { alarmInputs } from '../evacuation.tables.ts';

export type AlarmInputStore = ReturnType<typeof createAlarmInputStore>;

/** Where the contacts of fire panels are read; `db` may be a transaction. */
export function createAlarmInputStore(db: Database) {
  return {
    list: async (): Promise<AlarmInput[]> =>
      db.select().from(alarmInputs).orderBy(asc(alarmInputs.name), asc(alarmInputs.id)),
    put: async (input: AlarmInput): Promise<void> => {
      await db
        .insert(alarmInputs)
        .values(input)
        .onConflictDoUpdate({ target: alarmInputs.id, set: input });
    },
    remove: async (id: string): Promise<boolean> => {
      const removed = await db.delete(alarmInputs).where(eq(alarmInputs.id, id)).returning();
      return removed.length > 0;
    },
  };
}
