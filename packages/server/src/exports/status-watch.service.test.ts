import type { ParkingSpot, SpotStatus } from '@vigie/contracts/exports';
import { NewSubscription } from '@vigie/contracts/exports';
import { type Display, DisplayState, SpaceView, Zone } from '@vigie/contracts/parking';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpaceRecord } from '../parking/index.ts';
import { systemClock } from '../platform/clock.ts';
import { createEventBus } from '../platform/events.ts';
import { openTestDatabase } from '../testing/database.ts';
import { silentLog } from '../testing/log.ts';
import { createExportsStore, type ExportsStore } from './exports.store.ts';
import { statusOf } from './parking-spot.ts';
import { createStatusWatch } from './status-watch.service.ts';

const zone = Zone.parse({ id: 'z', name: 'Rue', allowedDays: 7 });
const subscription = 'urn:ngsi-ld:Subscription:all';
const clocks = { parking: systemClock, system: systemClock };

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let store: ExportsStore;

beforeAll(async () => {
  database = await openTestDatabase();
  store = createExportsStore(database.db);
});
afterAll(() => database.stop());

/** Spaces with nothing but what they show. */
function createStreet(ids: readonly string[]) {
  const states = new Map<string, DisplayState>(ids.map((id) => [id, 'unknown']));
  const recordOf = (id: string): SpaceRecord => ({
    space: { id, zoneId: 'z', label: id, address: '', latitude: null, longitude: null },
    zone,
    display: displayOf(states.get(id) ?? 'unknown'),
    observedAt: null,
  });
  return {
    states,
    recordOf,
    listSpaces: async (wanted: readonly string[] = ids) => wanted.map(recordOf),
    viewOf: (id: string) =>
      SpaceView.parse({
        ...recordOf(id).space,
        zoneName: zone.name,
        display: recordOf(id).display,
        caseId: null,
      }),
  };
}

const displayOf = (state: DisplayState): Display => ({
  ...zone,
  v: 1,
  state,
  day: null,
  colour: null,
  label: '',
  since: null,
  until: null,
  paletteVersion: '1',
});

async function openWatch(street: ReturnType<typeof createStreet>) {
  const events = createEventBus();
  const jobs: number[] = [];
  const watch = createStatusWatch({
    db: database.db,
    store,
    records: street,
    events,
    queueDelivery: async (_id, pendingId) => void jobs.push(pendingId),
    clocks,
    log: silentLog,
  });
  await watch.start();
  return { watch, events, jobs };
}

async function startOver(): Promise<void> {
  await database.pool.query('TRUNCATE told_statuses, status_changes, subscriptions CASCADE');
  const wish = NewSubscription.parse({
    type: 'Subscription',
    entities: [{ type: 'ParkingSpot' }],
    notification: { endpoint: { uri: 'http://nobody.example' } },
  });
  const createdAt = new Date();
  await store.addSubscription({ id: subscription, wish, headers: null, owner: 'x', createdAt });
}

const toldOf = async (id: string): Promise<SpotStatus[]> =>
  (await store.listPending(subscription, 1000, database.db))
    .map(({ spot }) => spot)
    .filter((spot: ParkingSpot) => spot.id.endsWith(`:${id}`))
    .map(({ status }) => status.value);

describe('the watch over the statuses', () => {
  it('tells at its start what changed while nobody watched, once', async () => {
    await startOver();
    const street = createStreet(['a', 'b']);
    const first = await openWatch(street);
    await expect.poll(() => toldOf('b')).toEqual(['unknown']);
    await first.watch.stop();
    street.states.set('a', 'parked');
    for (const _ of [1, 2]) {
      const next = await openWatch(street);
      await expect.poll(() => toldOf('a')).toEqual(['unknown', 'occupied']);
      await next.watch.stop();
    }
    expect(await toldOf('b')).toEqual(['unknown']);
  });

  it('tells nothing twice when two servers watch', async () => {
    await startOver();
    const street = createStreet(['a']);
    const servers = await Promise.all([openWatch(street), openWatch(street)]);
    await expect.poll(() => toldOf('a')).toEqual(['unknown']);
    for (const state of ['free', 'parked', 'overstay', 'free'] as const) {
      street.states.set('a', state);
      for (const { events } of servers) events.emit('space', street.viewOf('a'));
      await expect
        .poll(async () => (await toldOf('a')).at(-1))
        .toBe(statusOf(street.recordOf('a')));
    }
    for (const { watch } of servers) await watch.stop();
    expect(await toldOf('a')).toEqual(['unknown', 'free', 'occupied', 'free']);
  });

  const step = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    state: fc.constantFrom(...DisplayState.options),
    events: fc.nat(2),
    restart: fc.boolean(),
  });

  it('ends with the truth, each change joined to the one before, whatever events get lost or come twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await startOver();
        const street = createStreet(['a', 'b', 'c']);
        let open = await openWatch(street);
        for (const { id, state, events, restart } of steps) {
          street.states.set(id, state);
          for (let n = 0; n < events; n++) open.events.emit('space', street.viewOf(id));
          if (!restart) continue;
          await open.watch.stop();
          open = await openWatch(street);
        }
        await open.watch.stop();
        const last = await openWatch(street);
        for (const id of street.states.keys()) {
          const truth = statusOf(street.recordOf(id));
          await expect.poll(async () => (await toldOf(id)).at(-1)).toBe(truth);
          const told = await toldOf(id);
          expect(told.filter((status, index) => status === told[index - 1])).toEqual([]);
        }
        await last.watch.stop();
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});
