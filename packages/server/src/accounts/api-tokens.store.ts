import { type ApiToken, TokenPermission } from '@vigie/contracts/api-tokens';
import { and, desc, eq, gt } from 'drizzle-orm';
import * as z from 'zod';
import type { Database } from '../platform/database.ts';
import { apiTokens } from './accounts.tables.ts';

export interface ApiTokensStore {
  /** Newest first, those that have expired too. */
  list(): Promise<ApiToken[]>;
  add(token: ApiToken, digest: string): Promise<void>;
  /** A token that has not expired. */
  findByDigest(digest: string, now: Date): Promise<ApiToken | undefined>;
  used(id: string, at: Date): Promise<void>;
  /** `false` when there is none. */
  remove(id: string): Promise<boolean>;
}

export function createApiTokensStore(db: Database): ApiTokensStore {
  return {
    list: async () =>
      (await db.select().from(apiTokens).orderBy(desc(apiTokens.createdAt))).map(tokenOf),
    add: async ({ scope, createdAt, expiresAt, lastUsedAt: _, ...token }, digest) => {
      const times = { createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) };
      await db.insert(apiTokens).values({ ...token, ...scope, ...times, digest });
    },
    findByDigest: async (digest, now) => {
      const [row] = await db
        .select()
        .from(apiTokens)
        .where(and(eq(apiTokens.digest, digest), gt(apiTokens.expiresAt, now)));
      return row && tokenOf(row);
    },
    used: async (id, at) => {
      await db.update(apiTokens).set({ lastUsedAt: at }).where(eq(apiTokens.id, id));
    },
    remove: async (id) =>
      (await db.delete(apiTokens).where(eq(apiTokens.id, id)).returning({ id: apiTokens.id }))
        .length > 0,
  };
}

/** A right that exists no more is left out. */
function tokenOf(row: typeof apiTokens.$inferSelect): ApiToken {
  const { id, name, zoneIds, buildingIds, createdBy, createdAt, expiresAt, lastUsedAt } = row;
  const known = z.array(TokenPermission.or(z.undefined().catch(undefined))).parse(row.permissions);
  return {
    id,
    name,
    permissions: known.filter((one) => one !== undefined),
    scope: { zoneIds, buildingIds },
    createdBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
