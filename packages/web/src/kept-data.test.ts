import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepThroughReload } from './kept-data.ts';
import { ApiError } from './platform/api.ts';

const startedAt = '2026-03-01T10:00:00.000Z';
const me = {
  ...{ username: 'ada', name: 'Ada', role: 'warden', permissions: [], duties: [] },
  ...{ scope: { zoneIds: null, buildingIds: null }, hasSecondFactor: false, hasPasskey: false },
  ...{ mustKeepSecondFactor: false, town: 'Drancy', timeZone: 'Europe/Paris' },
  ...{ isDemo: false, isFromDirectory: false, isFromProvider: false, passwordMinLength: 12 },
};
const boardOf = (endedAt: string | null) => ({
  incident: {
    ...{ id: 'i', buildingId: 'b', buildingName: 'B', kind: 'drill', origin: 'button' },
    ...{ startedBy: 'ada', startedAt, endedAt, endedBy: null, sources: [] },
  },
  rooms: [],
  totals: {
    ...{ peopleMin: 0, peopleMax: null, roomsWithPeople: 0, roomsInContradiction: 0 },
    ...{ roomsUnknown: 0, roomsSwept: 0, roomsEmpty: 0, frozenPeople: 0, frozenMax: null },
  },
  assembled: [],
  tally: { kind: 'not-counted', people: 0, assembled: 0, seen: { min: 0, max: 0 } },
  blind: [],
  logDelayedSince: null,
});

function createShelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

/** A page that has seen all this and was open for some seconds. */
function visit(endedAt: string | null = null) {
  const shelf = createShelf();
  const client = new QueryClient();
  keepThroughReload(client, shelf);
  client.setQueryData(['me'], me);
  client.setQueryData(['board', 'i'], boardOf(endedAt));
  client.setQueryData(['accounts'], [{ username: 'bob' }]);
  vi.advanceTimersByTime(3000);
  return { shelf, client };
}

function reload(shelf: ReturnType<typeof createShelf>) {
  const client = new QueryClient();
  return { client, atMs: keepThroughReload(client, shelf) };
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(startedAt) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what a page keeps through a reload', () => {
  it('is the open incident, who is signed in, and from when it is; nothing else', () => {
    const { shelf } = visit();
    vi.advanceTimersByTime(60_000);
    const { client, atMs } = reload(shelf);
    expect(atMs).toBe(Date.parse(startedAt));
    expect(client.getQueryData(['me'])).toEqual(me);
    expect(client.getQueryData(['board', 'i'])).toEqual(boardOf(null));
    expect(client.getQueryState(['board', 'i'])?.dataUpdatedAt).toBe(atMs);
    expect(client.getQueryData(['accounts'])).toBeUndefined();
    expect([...shelf.kept.values()].join()).not.toContain('bob');
  });

  it('is nothing once the incident has ended', () => {
    const { shelf, client } = visit();
    client.setQueryData(['board', 'i'], boardOf(startedAt));
    vi.advanceTimersByTime(3000);
    expect(shelf.kept.size).toBe(0);
    expect(visit(startedAt).shelf.kept.size).toBe(0);
  });

  it('is nothing from the moment at which nobody is signed in', async () => {
    const { shelf, client } = visit();
    const refused = new ApiError('accounts/not-signed-in', 401, 'Sign in first.');
    const asking = client.fetchQuery({
      queryKey: ['me'],
      queryFn: () => Promise.reject(refused),
      retry: false,
    });
    await expect(asking).rejects.toBe(refused);
    expect(shelf.kept.size).toBe(0);
    vi.advanceTimersByTime(3000);
    expect(shelf.kept.size).toBe(0);
  });

  it.each([
    ['is not put back a day later', (_shelf: ReturnType<typeof createShelf>) => 86_400_000],
    [
      'is fetched when another version of the pages wrote it',
      ({ kept }: ReturnType<typeof createShelf>) => {
        for (const key of kept.keys()) kept.set(key, '{"queries":7}');
        return 0;
      },
    ],
  ])('%s', (_name, age) => {
    const { shelf } = visit();
    vi.advanceTimersByTime(age(shelf));
    const { client, atMs } = reload(shelf);
    expect(atMs).toBeUndefined();
    expect(client.getQueryData(['me'])).toBeUndefined();
  });
});
