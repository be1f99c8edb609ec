import type { ModelAct } from '@vigie/contracts/models';
import { desc } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { modelActs } from './models.tables.ts';

export type ModelsStore = ReturnType<typeof createModelsStore>;

/** What was done with weights, and by whom. */
export const createModelsStore = (db: Database) => ({
  add: async ({ at, ...act }: ModelAct): Promise<void> => {
    await db.insert(modelActs).values({ ...act, at: new Date(at) });
  },
  /** The newest first. */
  list: async (most: number): Promise<ModelAct[]> => {
    const rows = await db.select().from(modelActs).orderBy(desc(modelActs.id)).limit(most);
    return rows.map(({ id: _, at, ...act }) => ({ ...act, at: at.toISOString() }));
  },
});
