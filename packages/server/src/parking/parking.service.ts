import type {
  BollardState,
  Display,
  Space,
  SpaceDetail,
  SpaceView,
  Zone,
} from '@vigie/contracts/parking';
import { dayAt } from '@vigie/contracts/parking-days';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { NotFound } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Log } from '../platform/log.ts';
import type { CasesService, Situation } from './cases.service.ts';
import type { CasesStore } from './cases.store.ts';
import { shownAt } from './display.ts';
import { eventTime } from './event-time.ts';
import { legendOf } from './legend.ts';
import type { ParkingStore, SpaceRow } from './parking.store.ts';
import { hasLeft, type StaySpan, stayId, staysFrom } from './stays.ts';

/** A state that a bollard reported. */
export interface Report {
  bollardId: string;
  state: BollardState;
  receivedAt: Date;
}

/** What parking asks of the devices. */
export interface ParkingDevices {
  spacesOf(bollardIds: readonly string[], tx: Database): Promise<Map<string, string>>;
  bollardsOf(spaceId: string): Promise<string[]>;
  saveSightings(
    sightings: readonly {
      bollardId: string;
      at: Date;
      batteryPercent: number | undefined;
      rssiDbm: number | undefined;
    }[],
    tx: Database,
  ): Promise<void>;
}

interface ParkingDeps {
  db: Database;
  store: ParkingStore;
  casesStore: Pick<CasesStore, 'notClosed'>;
  cases: CasesService;
  devices: ParkingDevices;
  /** Sends a display to a bollard, retained. */
  show: (bollardId: string, display: Display) => Promise<void>;
  events: EventBus;
  clock: Clock;
  log: Log;
}

/** What a transaction changed, to be told after its commit. */
interface Changes {
  spaceIds: string[];
  caseIds: string[];
}

const dueBatch = 500;

export interface ParkingService {
  /** Takes reports, exactly once each; resolves after the commit. Reports of unknown bollards are logged and dropped. */
  take(reports: readonly Report[]): Promise<void>;
  /** Shows what is due by now; returns how many spaces changed. */
  showDue(): Promise<number>;
  /** Decides every display anew, e.g. after rules changed, and sends it. */
  showAll(): Promise<void>;
  nextDueAt(): Promise<Date | undefined>;
  listZones(): Promise<Zone[]>;
  listSpaces(): Promise<SpaceView[]>;
  /** @throws NotFound */
  getSpace(id: string): Promise<SpaceDetail>;
  /** @throws NotFound when a space names a zone that does not exist. */
  importTown(
    town: { zones: readonly Zone[]; spaces: readonly Space[] },
    tx: Database,
  ): Promise<void>;
}

export function createParkingService(deps: ParkingDeps): ParkingService {
  const { db, store, casesStore, cases, devices, show, events, clock, log } = deps;

  /** Decides displays and cases of spaces whose rows are locked. */
  async function decide(
    entries: readonly { row: SpaceRow; stay: StaySpan | undefined; hasEvents: boolean }[],
    tx: Database,
  ): Promise<Changes> {
    const now = clock.now();
    const decided = entries.map((entry) => ({
      ...entry,
      ...shownAt({ ...entry, zone: entry.row.zone, now }),
    }));
    await store.saveDisplays(
      decided.map(({ row, display, nextChangeAt }) => ({
        spaceId: row.space.id,
        display,
        nextChangeAt,
      })),
      tx,
    );
    const situations: Situation[] = decided.map(({ row, stay, display }) => ({
      row: { ...row, display },
      stay,
      isOverstay: display.state === 'overstay',
    }));
    const caseIds = await cases.settle(situations, tx);
    const changed = decided.filter(({ row, display }) => !isSame(row.display, display));
    return { spaceIds: changed.map(({ row }) => row.space.id), caseIds };
  }

  /** Folds all events of the spaces again: late ones change the past. */
  async function refold(rows: readonly SpaceRow[], tx: Database): Promise<Changes> {
    const now = clock.now();
    const eventsBySpace = await store.eventsOf(
      rows.map(({ space }) => space.id),
      tx,
    );
    const entries = [];
    for (const row of rows) {
      const log = eventsBySpace.get(row.space.id) ?? [];
      const spans = staysFrom(log, { holdMs: row.zone.holdMs, now });
      await store.replaceStays(row.space.id, spans, tx);
      entries.push({
        row,
        stay: spans.findLast(({ until }) => until === null),
        hasEvents: log.length > 0,
      });
    }
    return decide(entries, tx);
  }

  async function announce({ spaceIds, caseIds }: Changes): Promise<void> {
    if (spaceIds.length > 0) {
      for (const view of await viewsOf(spaceIds)) {
        for (const bollardId of await devices.bollardsOf(view.id))
          await show(bollardId, view.display);
        events.emit('space', view);
      }
    }
    for (const id of caseIds) events.emit('case', await cases.get(id));
  }

  async function viewsOf(ids?: readonly string[]): Promise<SpaceView[]> {
    const rows = await store.listSpaces(db, ids);
    const open = await casesStore.notClosed(
      rows.map(({ space }) => space.id),
      db,
    );
    return rows.map((row) => viewOf(row, open.get(row.space.id)?.[0]?.id ?? null));
  }

  function eventsFrom(reports: readonly Report[], spaceOf: ReadonlyMap<string, string>) {
    return reports.flatMap(({ bollardId, state, receivedAt }) => {
      const spaceId = spaceOf.get(bollardId);
      if (!spaceId) {
        log.warn({ bollard: bollardId }, 'a report was dropped: the bollard stands at no space');
        return [];
      }
      const deviceAt = new Date(state.at);
      const { at, flag } = eventTime(deviceAt, receivedAt);
      if (flag !== 'ok')
        log.warn(
          { bollard: bollardId, deviceAt, flag },
          'the clock of a bollard is wrong; the time of receipt counts',
        );
      return [
        {
          spaceId,
          bollardId,
          occupied: state.occupied,
          seq: state.seq ?? null,
          deviceAt,
          receivedAt,
          at,
          timeFlag: flag,
        },
      ];
    });
  }

  return {
    take: async (reports) => {
      const changes = await db.transaction(async (tx) => {
        const spaceOf = await devices.spacesOf(
          [...new Set(reports.map(({ bollardId }) => bollardId))],
          tx,
        );
        const stored = eventsFrom(reports, spaceOf);
        await devices.saveSightings(newestSightings(reports), tx);
        const spaceIds = [...new Set(stored.map(({ spaceId }) => spaceId))];
        if (spaceIds.length === 0) return { spaceIds: [], caseIds: [] };
        const rows = await store.listSpaces(tx, spaceIds, true);
        await store.addEvents(stored, tx);
        return refold(rows, tx);
      });
      await announce(changes);
    },
    showDue: async () => {
      const now = clock.now();
      const changes = await db.transaction(async (tx) => {
        const ids = await store.takeDue(now, dueBatch, tx);
        if (ids.length === 0) return { spaceIds: [], caseIds: [] };
        const rows = await store.listSpaces(tx, ids);
        const open = await store.openStays(ids, tx);
        const entries = [];
        for (const row of rows) {
          let stay = open.get(row.space.id);
          if (stay?.freeSince && hasLeft(stay, now, row.zone.holdMs)) {
            await store.closeStay(row.space.id, stay.since, stay.freeSince, tx);
            stay = undefined;
          }
          entries.push({ row, stay, hasEvents: true });
        }
        return decide(entries, tx);
      });
      await announce(changes);
      return changes.spaceIds.length;
    },
    showAll: async () => {
      const ids = (await store.listSpaces(db)).map(({ space }) => space.id);
      for (let start = 0; start < ids.length; start += dueBatch) {
        const part = ids.slice(start, start + dueBatch);
        const { caseIds } = await db.transaction(async (tx) =>
          refold(await store.listSpaces(tx, part, true), tx),
        );
        await announce({ spaceIds: part, caseIds });
      }
    },
    nextDueAt: store.nextDueAt,
    listZones: store.listZones,
    listSpaces: () => viewsOf(),
    getSpace: async (id) => {
      const [row] = await store.listSpaces(db, [id]);
      const [view] = await viewsOf([id]);
      if (!row || !view) throw new NotFound('parking/space-unknown', `There is no space ${id}.`);
      const stays = await store.staysOf(id, 100);
      return {
        ...view,
        zone: row.zone,
        legend: legendOf(row.zone.allowedDays),
        stays: stays.map((stay) => stayView(id, stay, row.zone, clock.now())),
        bollardIds: await devices.bollardsOf(id),
      };
    },
    importTown: async ({ zones, spaces }, tx) => {
      for (const zone of zones) await store.saveZone(zone, tx);
      const known = new Set([...(await store.listZones(tx)).map(({ id }) => id)]);
      for (const space of spaces) {
        if (!known.has(space.zoneId)) {
          throw new NotFound(
            'parking/zone-unknown',
            `Space ${space.id} names the zone ${space.zoneId}, which does not exist. Add the zone first.`,
          );
        }
        await store.saveSpace(space, tx);
      }
    },
  };
}

/** The last report of each bollard, in the order of ids, so that writers never cross. */
function newestSightings(reports: readonly Report[]) {
  const newest = new Map(reports.map((report) => [report.bollardId, report]));
  return [...newest.values()]
    .sort((a, b) => (a.bollardId < b.bollardId ? -1 : 1))
    .map(({ bollardId, receivedAt, state }) => ({
      bollardId,
      at: receivedAt,
      batteryPercent: state.batteryPercent,
      rssiDbm: state.rssiDbm,
    }));
}

function viewOf({ space, zone, display }: SpaceRow, caseId: string | null): SpaceView {
  const unheard = () =>
    shownAt({ zone, stay: undefined, hasEvents: false, now: new Date(0) }).display;
  return { ...space, zoneName: zone.name, display: display ?? unheard(), caseId };
}

const stayView = (spaceId: string, { since, until }: StaySpan, zone: Zone, now: Date) => ({
  id: stayId(spaceId, since),
  spaceId,
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
  days: dayAt({ ...zone, since, now: until ?? now }),
});

/** The store may give back the keys in another order. */
const isSame = (a: Display | null, b: Display): boolean =>
  a !== null && (Object.keys(b) as (keyof Display)[]).every((key) => a[key] === b[key]);
