import type { ApiToken } from '@vigie/contracts/api-tokens';
import { expect, it } from 'vitest';
import { openTestDatabase } from '../testing/database.ts';
import { createApiTokensService } from './api-tokens.service.ts';
import { createApiTokensStore } from './api-tokens.store.ts';

it('a token ends at its time', async () => {
  const database = await openTestDatabase();
  try {
    let now = new Date('2026-03-29T12:00:00Z');
    const tokens = createApiTokensService({
      store: createApiTokensStore(database.db),
      clock: { now: () => now, rate: 1 },
      keys: { drawKey: () => 'abc', digestOf: (key) => `digest of ${key}` },
    });
    const scope = { zoneIds: null, buildingIds: null };
    const permissions: ApiToken['permissions'] = ['parking.read'];
    await tokens.make({ name: 'x', permissions, scope, expiresInDays: 1 }, 'admin');
    const identify = () => tokens.identify({ authorization: 'Bearer vigie_abc' });
    now = new Date('2026-03-30T11:59:59Z');
    expect(await identify()).toMatchObject({ username: 'token:x', role: 'device', permissions });
    now = new Date('2026-03-30T12:00:00Z');
    expect(await identify()).toBeUndefined();
    expect(await tokens.list()).toHaveLength(1);
  } finally {
    await database.stop();
  }
});
