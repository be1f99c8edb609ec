import type { CurbEvents } from '@vigie/contracts/exports';
import * as z from 'zod';
import type { ParkingRecords, SpacePlace } from '../parking/index.ts';
import type { Clock } from '../platform/clock.ts';
import { InvalidInput, VigieError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import {
  curbEventOf,
  happeningOfHeartbeat,
  happeningOfMove,
  happeningOfSilence,
  newestOf,
  placeIn,
  takesCurbData,
  wordOf,
} from './curb-events.ts';
import { curbIdOf } from './curb-ids.driver.ts';
import type { ExportsStore } from './exports.store.ts';

const dayMs = 86_400_000;
/** Up to the end of the year 9999: no database takes later ones. */
const milliseconds = z.coerce.number().int().nonnegative().max(253_402_300_799_999);

/** The first three are the standard's, the others ours. We keep no curb areas: asking for one finds nothing. */
const EventsQuery = z.object({
  curb_area_id: z.uuid().optional(),
  curb_zone_id: z.uuid().optional(),
  curb_space_id: z.uuid().optional(),
  start_time: milliseconds.optional().describe('Default: 24 hours before `end_time`'),
  end_time: milliseconds.optional().describe('Default: now'),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
  before: z.string().max(200).optional().describe('Comes from `links.next`'),
});
type EventsQuery = z.infer<typeof EventsQuery>;

interface RouteDeps {
  records: Pick<ParkingRecords, 'listPlaces' | 'listMoves' | 'listHeartbeats'>;
  store: Pick<ExportsStore, 'listSilences'>;
  clock: Clock;
  place: { town: string; timeZone: string };
}

/** Stays and silences as events of the curb; below the path of the standard, too, whose base is `/cds`. */
export function cdsRoutes(http: Http, deps: RouteDeps): void {
  for (const path of ['/cds/events', '/cds/events/events']) {
    http.get(
      path,
      {
        config: { access: 'parking.read' },
        schema: { querystring: EventsQuery },
        preHandler: async ({ headers }) => mustTakeCurbData(headers.accept),
      },
      async ({ query, url }, reply) => {
        const page = await readPage(deps, query, url);
        // As bytes: a text would get a charset, and the version quotes that readers do not expect.
        const bytes = Buffer.from(JSON.stringify(page));
        return reply.type('application/vnd.cds+json;version=1.0').send(bytes);
      },
    );
  }
}

/** @throws VigieError */
function mustTakeCurbData(accept: string | undefined): void {
  if (takesCurbData(accept)) return;
  throw new VigieError(
    'exports/not-acceptable',
    `There is no ${accept} here, only application/vnd.cds+json;version=1.0.`,
  );
}

async function readPage(
  { records, store, clock, place }: RouteDeps,
  query: EventsQuery,
  url: string,
): Promise<CurbEvents> {
  const now = clock.now();
  const spaces = await wantedSpaces(records, query);
  const wanted = { ...spanOf(query, now), spaceIds: spaces.isAll ? undefined : spaces.ids() };
  const page = { before: placeOf(query), limit: query.limit };
  const happenings = newestOf(
    [
      (await records.listMoves(wanted, page)).map(happeningOfMove),
      (await store.listSilences(wanted, page)).map(happeningOfSilence),
      (await records.listHeartbeats(wanted, page)).map(happeningOfHeartbeat),
    ],
    query.limit,
  );
  const author = place.town;
  const events = happenings.flatMap((happening) => {
    const record = spaces.byId.get(happening.spaceId);
    return record ? [curbEventOf(happening, record, { curbId: curbIdOf, author })] : [];
  });
  const last = happenings.length === query.limit ? happenings.at(-1) : undefined;
  return {
    version: '1.0.0',
    time_zone: place.timeZone,
    last_updated: now.getTime(),
    currency: 'EUR',
    author,
    data: { events },
    links: { next: last ? nextLink(url, { ...wanted, before: wordOf(last) }) : null },
  };
}

/** Spaces by id, and whether they are all there are. */
async function wantedSpaces(records: Pick<ParkingRecords, 'listPlaces'>, query: EventsQuery) {
  const { curb_area_id: area, curb_zone_id: zoneId, curb_space_id: spaceId } = query;
  const isWanted = ({ space, zone }: SpacePlace): boolean =>
    area === undefined &&
    (zoneId === undefined || curbIdOf(`zone/${zone.id}`) === zoneId) &&
    (spaceId === undefined || curbIdOf(`space/${space.id}`) === spaceId);
  const all = await records.listPlaces();
  const byId = new Map(all.filter(isWanted).map((record) => [record.space.id, record]));
  return { byId, isAll: byId.size === all.length, ids: () => [...byId.keys()] };
}

/** @throws InvalidInput when the span ends before it begins. */
function spanOf({ start_time: start, end_time: end }: EventsQuery, now: Date) {
  const to = end ?? now.getTime();
  const from = start ?? Math.max(0, to - dayMs);
  if (from <= to) return { from: new Date(from), to: new Date(to) };
  throw new InvalidInput('input/invalid', 'The span ends before it begins: swap the times.');
}

/** @throws InvalidInput when the word does not come from us. */
function placeOf({ before }: EventsQuery) {
  const place = before === undefined ? undefined : placeIn(before);
  if (before === undefined || place) return place;
  throw new InvalidInput('input/invalid', '`before` is none of ours: follow `links.next`.');
}

/** Keeps the span of the first page, whose end may have been "now". */
function nextLink(url: string, { from, to, before }: { from: Date; to: Date; before: string }) {
  const { pathname, searchParams } = new URL(url, 'http://here');
  searchParams.set('start_time', String(from.getTime()));
  searchParams.set('end_time', String(to.getTime()));
  searchParams.set('before', before);
  return `${pathname}?${searchParams}`;
}
