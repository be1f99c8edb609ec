import type { GroupRole } from '@vigie/contracts/directory';
import { desc } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { directoryGroups } from './accounts.tables.ts';

/** A table from groups to roles, and who put it in force. */
export interface GroupTable {
  version: number;
  groups: GroupRole[];
  changedBy: string;
  changedAt: Date;
}

export interface DirectoryGroupsStore {
  /** The table in force; `undefined`: none was ever written. */
  newest(tx?: Database): Promise<GroupTable | undefined>;
  /** `false` when there is a table of this version already. The older ones stay: who gave whom what, since when. */
  add(table: GroupTable): Promise<boolean>;
}

export const createDirectoryGroupsStore = (db: Database): DirectoryGroupsStore => ({
  newest: async (tx = db) => {
    const [row] = await tx
      .select()
      .from(directoryGroups)
      .orderBy(desc(directoryGroups.version))
      .limit(1);
    return row;
  },
  add: async (table) => {
    const added = await db
      .insert(directoryGroups)
      .values(table)
      .onConflictDoNothing()
      .returning({ version: directoryGroups.version });
    return added.length > 0;
  },
});
