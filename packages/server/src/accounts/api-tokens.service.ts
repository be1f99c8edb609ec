import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isLimited, reachOf } from '@vigie/contracts/accounts';
import type { ApiToken, ApiTokenWithKey, NewApiToken } from '@vigie/contracts/api-tokens';
import type { Clock } from '../platform/clock.ts';
import { InvalidInput, NotFound } from '../platform/errors.ts';
import type { SignedIn } from '../platform/http.ts';
import type { ApiTokensStore } from './api-tokens.store.ts';

interface TokensDeps {
  store: ApiTokensStore;
  clock: Clock;
  /** A long random key, and its digest. */
  keys: { drawKey(): string; digestOf(key: string): string };
}

const dayMs = 86_400_000;
/** The last use is written down at most this often. */
const usedEveryMs = 60_000;

export interface ApiTokensService {
  list(): Promise<ApiToken[]>;
  /** @throws InvalidInput when a right over the whole town is to be limited to a part of it. */
  make(token: NewApiToken, by: string): Promise<ApiTokenWithKey>;
  /** @throws NotFound */
  revoke(id: string): Promise<void>;
  /** The program behind the token of a request; `undefined` without one, or when it is wrong or has expired. */
  identify(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
}

export function createApiTokensService({ store, clock, keys }: TokensDeps): ApiTokensService {
  async function noteUse({ id, lastUsedAt }: ApiToken, now: Date): Promise<void> {
    if (lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < usedEveryMs) return;
    await store.used(id, now);
  }

  return {
    list: store.list,
    make: async ({ name, permissions, scope, expiresInDays }, by) => {
      mustHold(permissions, scope);
      const now = clock.now();
      const token = `${prefix}${keys.drawKey()}`;
      const made: ApiToken = {
        id: randomUUID(),
        name,
        permissions: [...new Set(permissions)],
        scope,
        createdBy: by,
        createdAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + expiresInDays * dayMs).toISOString(),
        lastUsedAt: null,
      };
      await store.add(made, keys.digestOf(token));
      return { ...made, token };
    },
    revoke: async (id) => {
      if (await store.remove(id)) return;
      throw new NotFound('accounts/token-unknown', 'There is no such token. GET /api/v1/tokens.');
    },
    identify: async ({ authorization }) => {
      const given = /^Bearer +(vigie_[a-z0-9]+)$/i.exec(authorization ?? '')?.[1];
      if (!given) return undefined;
      const now = clock.now();
      const token = await store.findByDigest(keys.digestOf(given), now);
      if (!token) return undefined;
      await noteUse(token, now);
      const { id, name, permissions, scope } = token;
      return { id, username: `token:${name}`, name, role: 'device', permissions, scope };
    },
  };
}

/** What a token begins with, so that a scanner for leaked secrets finds it. */
const prefix = 'vigie_';

/** @throws InvalidInput */
function mustHold(permissions: NewApiToken['permissions'], scope: NewApiToken['scope']): void {
  const wrong = permissions.find((one) => reachOf[one] === 'town' && isLimited(scope, one));
  if (wrong === undefined) return;
  throw new InvalidInput(
    'accounts/role-not-limitable',
    `The right ${wrong} holds for the whole town and cannot be limited to zones or buildings.`,
  );
}
