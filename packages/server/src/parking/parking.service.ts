import type { Display, Space, SpaceDetail, SpaceView, Zone } from '@vigie/contracts/parking';
import { dayAt } from '@vigie/contracts/parking-days';
import type { Signal, Whereabouts } from '../devices/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf, NotFound } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Log } from '../platform/log.ts';
import type { CasesService } from './cases.service.ts';
import { shownAt } from './display.ts';
import { eventTime } from './event-time.ts';
import type { ExemptionsStore } from './exemptions.store.ts';
import { legendOf } from './legend.ts';
import type { ParkingStore, ShownRow, SpaceRow, StoredEvent } from './parking.store.ts';
import {
  type Fold,
  type Folded,
  folded,
  type HoldAt,
  isAfter,
  leavesAt,
  type OccupancyEvent,
  type StaySpan,
  settledAt,
  silentAt,
  stayId,
} from './stays.ts';
import { nextRulesAt, rulesAt, type Timeline } from './zone-timeline.ts';

/** A space and what its displays are to show. */
export interface Showing {
  spaceId: string;
  display: Display;
}

/** What parking asks of the devices. */
export interface ParkingDevices {
  /** Notes that the devices were heard; gives where each stands. One that nobody knows is missing. */
  meet(reports: readonly Signal[], tx: Database): Promise<Map<string, Whereabouts>>;
  /** Devices that stand at a space now. */
  devicesAt(spaceId: string): Promise<string[]>;
  /** 0..100, of the weakest battery at a space now; `null`: none that is known. */
  batteryAt(spaceId: string, tx: Database): Promise<number | null>;
  /** Sends displays to the devices of the spaces; retained, so that one which comes back finds it. */
  show(showings: readonly Showing[]): Promise<void>;
}

interface ParkingDeps {
  db: Database;
  store: ParkingStore;
  exemptions: Pick<ExemptionsStore, 'inForceAt'>;
  cases: CasesService;
  devices: ParkingDevices;
  events: EventBus;
  clock: Clock;
  log: Log;
}

/** What a transaction changed, to be told after its commit. */
interface Changes {
  spaceIds: string[];
  caseIds: string[];
}

/** A space whose row is locked. `fold` holds what the events say; `settled`: a car that looks gone by now has left. */
interface Entry {
  row: SpaceRow;
  fold: Fold;
  settled: Folded;
  /** Stays that are new or changed. */
  spans: StaySpan[];
}

const dueBatch = 1000;
const none: Changes = { spaceIds: [], caseIds: [] };

export interface ParkingService {
  /** Takes reports, exactly once each; resolves after the commit. Displays follow, in the order of the commits. */
  take(reports: readonly Signal[]): Promise<void>;
  /** Shows what is due by now, at most a batch; returns how many spaces were due. */
  showDue(): Promise<number>;
  /** Decides the displays of a batch of spaces anew, e.g. after rules changed, and sends them. */
  showAgain(ids: readonly string[]): Promise<void>;
  /** The ids, or those of all spaces, in batches. */
  batches(ids?: readonly string[]): Promise<(readonly string[])[]>;
  /** Resolves when everything that was committed has been shown. */
  idle(): Promise<void>;
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
  const { db, store, exemptions, cases, devices, events, clock, log } = deps;

  /** Saves the stays, displays and cases of spaces whose rows are locked. */
  async function decide(entries: readonly Entry[], tx: Database): Promise<Changes> {
    const now = clock.now();
    await store.saveStays(
      entries.flatMap(({ row, spans }) => spans.map((span) => ({ spaceId: row.space.id, span }))),
      tx,
    );
    const exempt = await exemptions.inForceAt(now, idsOf(entries), tx);
    const decided = entries.map((entry) => {
      const exemption = exempt.get(entry.row.space.id);
      return { ...entry, ...decision(entry, exemption ? new Date(exemption.until) : null, now) };
    });
    await store.saveStates(
      decided.map(({ row, fold, display, nextChangeAt }) => ({
        spaceId: row.space.id,
        ...{ fold, display, nextChangeAt },
      })),
      tx,
    );
    const caseIds = await cases.settle(
      decided.map(({ row, settled, display }) => ({
        row: { ...row, display, fold: settled.fold },
        stay: settled.fold.current ?? undefined,
        isOverstay: display.state === 'overstay',
      })),
      tx,
    );
    const changed = decided.filter(({ row, display }) => !isSame(row.display, display));
    return { spaceIds: idsOf(changed), caseIds };
  }

  /** Folds new events of one space into what is known; late ones change the past. */
  async function advance(
    row: SpaceRow,
    fresh: readonly OccupancyEvent[],
    tx: Database,
  ): Promise<Entry> {
    const holdAt = holdIn(row.timeline);
    const spaceId = row.space.id;
    const inOrder = fresh.every((event) => isAfter(event, row.fold));
    const { fold, ended } = inOrder
      ? folded(row.fold, fresh, holdAt)
      : await foldAgain(spaceId, { fresh, holdAt }, tx);
    const settled = settledAt(fold, clock.now(), holdAt);
    const isNews = !inOrder || hasChanged(row.fold, fold) || settled.ended.length > 0;
    const spans = isNews ? [...ended, ...settled.ended, ...currentOf(settled.fold)] : [];
    return { row, fold, settled, spans };
  }

  async function foldAgain(
    spaceId: string,
    { fresh, holdAt }: { fresh: readonly OccupancyEvent[]; holdAt: HoldAt },
    tx: Database,
  ) {
    const first = new Date(Math.min(...fresh.map(({ at }) => at.getTime())));
    const from = await store.restart(spaceId, first, tx);
    const again = folded(from.fold, from.events, holdAt);
    await store.dropStays(spaceId, from.since, [...again.ended, ...currentOf(again.fold)], tx);
    return again;
  }

  /** What was committed and not shown yet: spaces and cases, each once, as they stand when their turn comes. */
  const untold = { spaceIds: new Set<string>(), caseIds: new Set<string>() };
  let telling: Promise<void> | undefined;

  /** Resolves when these changes, or newer ones of the same spaces, have been shown. */
  async function tell({ spaceIds, caseIds }: Changes): Promise<void> {
    for (const id of spaceIds) untold.spaceIds.add(id);
    for (const id of caseIds) untold.caseIds.add(id);
    await telling;
    telling ??= tellAll().finally(() => {
      telling = undefined;
    });
    await telling;
  }

  async function tellAll(): Promise<void> {
    while (untold.spaceIds.size + untold.caseIds.size > 0) {
      const changes = { spaceIds: [...untold.spaceIds], caseIds: [...untold.caseIds] };
      untold.spaceIds.clear();
      untold.caseIds.clear();
      await announce(changes).catch((error) =>
        log.error({ error: messageOf(error) }, 'a change was saved, but could not be shown'),
      );
    }
  }

  async function announce({ spaceIds, caseIds }: Changes): Promise<void> {
    if (spaceIds.length > 0) {
      const views = await viewsOf(spaceIds);
      await devices.show(views.map(({ id, display }) => ({ spaceId: id, display })));
      for (const view of views) events.emit('space', view);
    }
    for (const id of caseIds) events.emit('case', await cases.get(id));
  }

  const viewsOf = async (ids?: readonly string[]): Promise<SpaceView[]> =>
    (await store.listShown({ now: clock.now(), ...(ids ? { ids } : {}) })).map(viewOf);

  function storedFrom(report: Signal, whereabouts: Whereabouts | undefined): StoredEvent[] {
    const { deviceId, receivedAt, at: told, health: _health, ...rest } = report;
    const deviceAt = told ?? receivedAt;
    const { at, flag } = eventTime(deviceAt, receivedAt);
    if (flag !== 'ok')
      log.warn(
        { device: deviceId, deviceAt, flag },
        'the clock of a device is wrong; the time of receipt counts',
      );
    const spaceIds = whereabouts?.spacesAt(at) ?? [];
    if (spaceIds.length === 0)
      log.warn({ device: deviceId }, 'a report was dropped: the device stood at no space');
    // A fast clock for parking does not make devices speak faster.
    const silentAfterMs = whereabouts?.silentAfterMs
      ? Math.round(whereabouts.silentAfterMs * clock.rate)
      : null;
    return spaceIds.map((spaceId) => ({
      ...rest,
      ...{ spaceId, deviceId, deviceAt, receivedAt, at, silentAfterMs, timeFlag: flag },
    }));
  }

  async function takeIn(reports: readonly Signal[], tx: Database): Promise<Changes> {
    const whereabouts = await devices.meet(reports, tx);
    const stored = reports.flatMap((report) =>
      storedFrom(report, whereabouts.get(report.deviceId)),
    );
    const ids = [...new Set(stored.map(({ spaceId }) => spaceId))];
    if (ids.length === 0) return none;
    const rows = await store.listSpaces(tx, { now: clock.now(), ids, lock: true });
    const known = new Set(rows.map(({ space }) => space.id));
    const added = await store.addEvents(
      stored.filter(({ spaceId }) => known.has(spaceId)),
      tx,
    );
    const fresh = Map.groupBy(added, ({ spaceId }) => spaceId);
    const entries: Entry[] = [];
    for (const row of rows) {
      const mine = fresh.get(row.space.id);
      if (mine) entries.push(await advance(row, mine, tx));
    }
    return decide(entries, tx);
  }

  async function showAgain(ids: readonly string[]): Promise<void> {
    const { caseIds } = await db.transaction(async (tx) => {
      const rows = await store.listSpaces(tx, { now: clock.now(), ids, lock: true });
      const entries: Entry[] = [];
      for (const row of rows) entries.push(await advance(row, [], tx));
      return decide(entries, tx);
    });
    await tell({ spaceIds: [...ids], caseIds });
  }

  return {
    take: async (reports) => {
      const changes = await db.transaction((tx) => takeIn(reports, tx));
      // Nobody who reports waits for the displays.
      void tell(changes);
    },
    idle: async () => {
      await telling;
    },
    showDue: async () => {
      let due = 0;
      const changes = await db.transaction(async (tx) => {
        const ids = await store.takeDue(clock.now(), dueBatch, tx);
        due = ids.length;
        if (due === 0) return none;
        const entries: Entry[] = [];
        for (const row of await store.listSpaces(tx, { now: clock.now(), ids }))
          entries.push(await advance(row, [], tx));
        return decide(entries, tx);
      });
      await tell(changes);
      return due;
    },
    showAgain,
    batches: async (given) => {
      const ids = given ?? (await store.listShown({ now: clock.now() })).map(idOf);
      return Array.from({ length: Math.ceil(ids.length / dueBatch) }, (_, n) =>
        ids.slice(n * dueBatch, (n + 1) * dueBatch),
      );
    },
    nextDueAt: store.nextDueAt,
    listZones: () => store.listZones(clock.now()),
    listSpaces: () => viewsOf(),
    getSpace: async (id) => {
      const now = clock.now();
      const [row] = await store.listSpaces(db, { now, ids: [id] });
      const [view] = await viewsOf([id]);
      if (!row || !view) throw new NotFound('parking/space-unknown', `There is no space ${id}.`);
      const stays = await store.staysOf(id, 100);
      return {
        ...view,
        zone: row.zone,
        legend: legendOf(row.zone.allowedDays),
        stays: stays.map((stay) => stayView(row, stay, now)),
        bollardIds: await devices.devicesAt(id),
        heardAt: row.fold.heardAt?.toISOString() ?? null,
        exemption: (await exemptions.inForceAt(now, [id], db)).get(id) ?? null,
      };
    },
    importTown: async ({ zones, spaces }, tx) => {
      const changedAt = clock.now();
      const known = new Map((await store.listZones(changedAt, tx)).map((zone) => [zone.id, zone]));
      for (const zone of zones) {
        if (!isSame(known.get(zone.id) ?? null, zone))
          await store.saveRules(
            { zone, appliesFrom: changedAt, changedBy: 'import', changedAt },
            tx,
          );
        known.set(zone.id, zone);
      }
      for (const space of spaces) {
        if (!known.has(space.zoneId)) {
          throw new NotFound(
            'parking/zone-unknown',
            `Space ${space.id} names the zone ${space.zoneId}, which does not exist. Add the zone first.`,
          );
        }
      }
      await store.saveSpaces(spaces, tx);
    },
  };
}

const idOf = ({ space }: Pick<SpaceRow, 'space'>): string => space.id;
const idsOf = (entries: readonly { row: SpaceRow }[]): string[] =>
  entries.map(({ row }) => idOf(row));

const holdIn =
  (timeline: Timeline): HoldAt =>
  (moment) =>
    rulesAt(timeline, moment).holdMs;

function decision(entry: Entry, exemptUntil: Date | null, now: Date) {
  const { zone, timeline } = entry.row;
  const { fold } = entry.settled;
  const stay = fold.current;
  return shownAt({
    zone,
    stay,
    leavesAt: stay && leavesAt(stay, holdIn(timeline)),
    heardAt: fold.heardAt,
    silentAt: silentAt(fold),
    exemptUntil,
    nextRulesAt: nextRulesAt(timeline, now),
    now,
  });
}

const currentOf = ({ current }: Fold): StaySpan[] => (current ? [current] : []);

/** `true` when the stays differ, not only what was heard. */
function hasChanged(before: Fold, after: Fold): boolean {
  const [a, b] = [before.current, after.current];
  if (!a || !b) return a !== b || Number(before.lastUntil) !== Number(after.lastUntil);
  return (
    Number(a.since) !== Number(b.since) ||
    Number(a.freeSince) !== Number(b.freeSince) ||
    a.gaps.length !== b.gaps.length
  );
}

function viewOf({ space, zone, display, caseId }: ShownRow): SpaceView {
  return { ...space, zoneName: zone.name, display: display ?? unheard(zone), caseId };
}

const unheard = (zone: Zone): Display =>
  shownAt({
    zone,
    stay: null,
    leavesAt: null,
    heardAt: null,
    silentAt: null,
    exemptUntil: null,
    nextRulesAt: null,
    now: new Date(0),
  }).display;

/** Days are counted by the rules in force at the end of the stay. */
function stayView({ space, timeline }: SpaceRow, stay: StaySpan, now: Date) {
  const { since, until, gaps, isArrivalInferred } = stay;
  const end = until ?? now;
  return {
    id: stayId(space.id, since),
    spaceId: space.id,
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
    days: dayAt({ ...rulesAt(timeline, end), since, now: end }),
    gaps: gaps.map((gap) => ({
      from: gap.from.toISOString(),
      until: gap.until?.toISOString() ?? null,
    })),
    isArrivalInferred,
  };
}

/** The store may give back the keys in another order. */
const isSame = <T extends object>(a: T | null, b: T): boolean =>
  a !== null &&
  (Object.keys(b) as (keyof T)[]).every(
    (key) => JSON.stringify(a[key] ?? null) === JSON.stringify(b[key] ?? null),
  );
