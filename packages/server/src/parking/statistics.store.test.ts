import type { Bollard } from '@vigie/contracts/devices';
import { Space, Zone } from '@vigie/contracts/parking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSealedAddresses } from '../platform/sealed-addresses.ts';
import { openTestDatabase } from '../testing/database.ts';
import { createCasesStore } from './cases.store.ts';
import { bucketsOf } from './occupancy.ts';
import { createParkingStore } from './parking.store.ts';
import { createPlacesStore } from './places.store.ts';
import { createStatisticsService } from './statistics.service.ts';
import { createStatisticsStore } from './statistics.store.ts';
import { type StaySpan, stayId } from './stays.ts';

const hourMs = 3_600_000;
const timeZone = 'Europe/Paris';
const now = new Date('2026-04-02T10:20:30.456Z');
/** Over the short night of March. */
const period = { from: '2026-03-20', to: '2026-04-05' };
const week = { from: '2026-03-26', to: '2026-04-02' };
const all = { seesCases: true, seesDevices: true };

/** From a seed, so that a failure can be looked at again. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

function spansFrom(seed: number): StaySpan[] {
  const next = numbers(seed);
  const spans: StaySpan[] = [];
  let at = Date.parse('2026-03-10T00:00:00.123Z');
  for (;;) {
    const since = at + Math.round(next.next().value * 30 * hourMs);
    const until = since + Math.round(next.next().value ** 3 * 200 * hourMs) + 1;
    if (since >= now.getTime()) return spans;
    const isOver = until < now.getTime();
    spans.push({
      since: new Date(since),
      until: isOver ? new Date(until) : null,
      freeSince: null,
      gaps: [],
      isArrivalInferred: false,
    });
    if (!isOver) return spans;
    at = until;
  }
}

const spaceIds = ['a1', 'a2', 'a3', 'b1', 'b2'];
const stays = new Map(spaceIds.map((id, index) => [id, spansFrom(index + 77)]));
const inZone = (zoneId: string) => spaceIds.filter((id) => id.startsWith(zoneId));

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const bollard = {
  id: 'x',
  spaceId: 'a1',
  spaceIds: ['a1'],
  model: 'vigie',
  deviceEui: null,
  life: 'silent',
  online: false,
  lastSeenAt: now.toISOString(),
  heartbeatMs: 900_000,
  batteryPercent: null,
  rssiDbm: null,
  temperatureC: null,
  firmware: null,
  replacedBy: null,
} satisfies Bollard;

const statistics = () =>
  createStatisticsService({
    store: createStatisticsStore(database.db),
    parking: createParkingStore(database.db, createSealedAddresses(new Uint8Array(32))),
    devices: {
      listBollards: async () => [bollard, { ...bollard, id: 'y', spaceId: 'b1', spaceIds: ['b1'] }],
    },
    clock: { now: () => now, rate: 1 },
    timeZone,
  });

beforeAll(async () => {
  database = await openTestDatabase();
  const { db } = database;
  const parking = createParkingStore(db, createSealedAddresses(new Uint8Array(32)));
  for (const id of ['a', 'b', 'empty'])
    await parking.saveRules(
      {
        zone: Zone.parse({ id, name: `Zone ${id}`, allowedDays: 7 }),
        appliesFrom: now,
        changedBy: 'test',
        changedAt: now,
      },
      db,
    );
  for (const [index, id] of spaceIds.entries()) {
    const zoneId = id.slice(0, 1);
    const place = { latitude: 48.9 + index * 0.0001, longitude: 2.4 };
    await parking.saveSpaces([Space.parse({ id, zoneId, label: id, ...place })], db);
    await parking.saveStays(
      (stays.get(id) ?? []).map((span) => ({ spaceId: id, span })),
      db,
    );
  }
});

afterAll(() => database?.stop());

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

describe('the statistics of parking', () => {
  it.each([
    ['by the day', period],
    ['by the hour', week],
  ])('find in each bucket the time that the stays have of it, %s', async (_name, dates) => {
    const { zones, starts } = await statistics().summarise(dates, all);
    const buckets = bucketsOf(dates, { timeZone, now });
    expect(starts).toEqual(buckets.map(({ from }) => from.toISOString()));
    for (const { zoneId, occupancy } of zones) {
      const spans = inZone(zoneId).flatMap((id) => stays.get(id) ?? []);
      const expected = buckets.map(({ from, until }) =>
        sum(
          spans.map((span) =>
            Math.max(0, Math.min(+(span.until ?? now), +until) - Math.max(+span.since, +from)),
          ),
        ),
      );
      expect(occupancy.map(({ occupiedMs }) => occupiedMs)).toEqual(expected);
    }
  });

  it('count a space as observed from its first sign on', async () => {
    const early = { from: '2026-03-01', to: '2026-03-12' };
    const { zones } = await statistics().summarise(early, all);
    const observed = zones.find(({ zoneId }) => zoneId === 'a')?.occupancy ?? [];
    expect(observed.slice(0, 8).map(({ observedMs }) => observedMs)).toEqual(Array(8).fill(0));
    const firsts = inZone('a').map((id) => Number(stays.get(id)?.[0]?.since));
    const end = Date.parse('2026-03-12T23:00Z');
    expect(sum(observed.map(({ observedMs }) => observedMs))).toBe(
      sum(firsts.map((first) => Math.max(0, end - first))),
    );
  });

  it('say how long the stays lasted that ended in the period', async () => {
    const { zones } = await statistics().summarise(period, all);
    const from = Date.parse('2026-03-19T23:00Z');
    for (const zone of zones) {
      const spans = inZone(zone.zoneId).flatMap((id) => stays.get(id) ?? []);
      const lengths = spans
        .flatMap(({ since, until }) => (until && +until >= from ? [+until - +since] : []))
        .toSorted((a, b) => a - b);
      expect(zone.stays).toBe(spans.filter(({ since }) => +since >= from).length);
      expect(zone.ended).toBe(lengths.length);
      expect(sum(zone.lengths)).toBe(lengths.length);
      expect(zone.lengths[0]).toBe(lengths.filter((ms) => ms < hourMs).length);
      if (lengths.length === 0) expect(zone.lengthMs).toBeNull();
      else {
        expect(zone.lengthMs?.longest).toBe(lengths.at(-1));
        expect(zone.lengthMs?.mean).toBe(Math.round(sum(lengths) / lengths.length));
        const median = lengths[Math.ceil(lengths.length / 2) - 1] ?? 0;
        expect(Math.abs((zone.lengthMs?.median ?? 0) - median)).toBeLessThan(hourMs);
      }
    }
  });

  it('count cases by what was established, and those that wait', async () => {
    const { db } = database;
    const cases = createCasesStore();
    for (const [index, [spaceId, openedAt, ...statuses]] of (
      [
        ['a1', '2026-03-25', 'open', 'acknowledged'],
        ['a2', '2026-03-26', 'open', 'wreck', 'closed'],
        ['b1', '2026-03-27', 'open', 'wreck', 'closed'],
        ['b2', '2026-02-01', 'open', 'gone', 'closed'],
      ] as const
    ).entries()) {
      const since = new Date(now.getTime() - index);
      const given = { stayId: stayId(spaceId, since), spaceId, since };
      const row = await cases.open({ ...given, openedAt: new Date(`${openedAt}T12:00Z`) }, db);
      for (const status of statuses)
        await cases.addStep({ caseId: row?.id ?? '', status, at: now, actor: 'x', reason: '' }, db);
    }
    const { outcomes, zones } = await statistics().summarise(period, all);
    expect(outcomes).toEqual([
      { outcome: 'wreck', count: 2 },
      { outcome: null, count: 1 },
    ]);
    expect(zones.map(({ zoneId, overstays }) => [zoneId, overstays])).toEqual([
      ['a', 2],
      ['b', 1],
      ['empty', 0],
    ]);
  });

  it('keep to one zone when it is named, sensors too', async () => {
    const { zones, sensors } = await statistics().summarise({ ...period, zone: 'b' }, all);
    expect(zones.map(({ zoneId, spaces }) => [zoneId, spaces])).toEqual([['b', 2]]);
    expect(sensors).toEqual({ ok: 0, 'battery-low': 0, offline: 1, 'never-heard': 0 });
    await expect(statistics().summarise({ ...period, zone: 'none' }, all)).rejects.toThrow(/none/);
  });

  it('say nothing of cases and devices to those who may not see them', async () => {
    const rights = { seesCases: false, seesDevices: false };
    const { outcomes, sensors } = await statistics().summarise(period, rights);
    expect([outcomes, sensors]).toEqual([null, null]);
  });

  it('are empty in the future', async () => {
    const future = { from: '2027-01-01', to: '2027-01-02' };
    const { starts, zones } = await statistics().summarise(future, all);
    expect(starts).toEqual([]);
    expect(zones.every(({ occupancy, stays: begun }) => occupancy.length + begun === 0)).toBe(true);
  });
});

describe('the neighbours of a space', () => {
  const around = (point: { id: string; latitude: number; longitude: number }) =>
    createPlacesStore(database.db)
      .listAround(point, 3)
      .then((found) => found.map(({ id }) => id));

  it('are the nearest ones, nearest first, without itself', async () => {
    expect(await around({ id: 'a3', latitude: 48.90021, longitude: 2.4 })).toEqual([
      'b1',
      'a2',
      'b2',
    ]);
  });

  it('end where one cannot walk any more in a few minutes', async () => {
    expect(await around({ id: 'a3', latitude: 48.95, longitude: 2.4 })).toEqual([]);
    expect(await around({ id: 'a3', latitude: 90, longitude: 2.4 })).toEqual([]);
  });
});
