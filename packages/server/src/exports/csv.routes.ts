import { Readable } from 'node:stream';
import { Problem } from '@vigie/contracts/errors';
import { Id } from '@vigie/contracts/ids';
import { Instant } from '@vigie/contracts/time';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { ParkingRecords, Span, StayRecord } from '../parking/index.ts';
import type { Clock } from '../platform/clock.ts';
import { InvalidInput, NotFound } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import { byteOrderMark, csvRow } from './csv.ts';
import { curbIdOf } from './curb-ids.driver.ts';
import { spacesTable, staysTable, type Table } from './parking-tables.ts';

const monthMs = 30 * 86_400_000;
const pageSize = 1000;
/** Row by row the stream would cost more than the rows. */
const chunkLength = 65_536;

const StaysQuery = z.object({
  from: Instant.optional().describe('Stays that touch [from, to); default: 30 days before `to`'),
  to: Instant.optional().describe('Default: now'),
  zone: Id.optional(),
});

interface RouteDeps {
  records: ParkingRecords;
  clock: Clock;
}

/** Tables for spreadsheets: streamed, so that a year of stays needs no memory. */
export function csvRoutes(http: Http, { records, clock }: RouteDeps): void {
  const config = { access: 'parking.read' } as const;
  http.get('/api/v1/parking/spaces.csv', { config }, async (_request, reply) => {
    const rows = await records.listSpaces();
    return sendTable(reply, { name: 'spaces', table: spacesTable(curbIdOf), rows });
  });
  http.get(
    '/api/v1/parking/stays.csv',
    { config, schema: { querystring: StaysQuery, response: { '4xx': Problem } } },
    async ({ query }, reply) => {
      const span = spanOf(query, clock.now());
      const rows = await staysOf(records, { ...span, zoneId: query.zone });
      return sendTable(reply, { name: 'stays', table: staysTable(clock.now()), rows });
    },
  );
}

/** @throws InvalidInput when the span ends before it begins. */
function spanOf({ from, to }: z.infer<typeof StaysQuery>, now: Date): Span {
  const end = to ? new Date(to) : now;
  const begin = from ? new Date(from) : new Date(end.getTime() - monthMs);
  if (begin <= end) return { from: begin, to: end };
  throw new InvalidInput('input/invalid', 'The span ends before it begins: swap `from` and `to`.');
}

/** @throws NotFound when there is no space of such a zone. */
async function staysOf(records: ParkingRecords, wanted: Span & { zoneId: string | undefined }) {
  const all = await records.listPlaces();
  const places = new Map(all.map((place) => [place.space.id, place]));
  if (wanted.zoneId !== undefined && !all.some(({ zone }) => zone.id === wanted.zoneId))
    throw new NotFound('parking/zone-unknown', `There is no zone ${wanted.zoneId} with spaces.`);
  return (async function* () {
    let after: StayRecord | undefined;
    do {
      const page = await records.listStays(wanted, { after, limit: pageSize });
      after = page.length === pageSize ? page.at(-1) : undefined;
      for (const stay of page) {
        const place = places.get(stay.spaceId);
        if (place) yield { stay, place };
      }
    } while (after);
  })();
}

function sendTable<T>(
  reply: FastifyReply,
  { name, table, rows }: { name: string; table: Table<T>; rows: Iterable<T> | AsyncIterable<T> },
): FastifyReply {
  async function* lines(): AsyncGenerator<string> {
    let text = byteOrderMark + csvRow(table.columns);
    for await (const row of rows) {
      text += csvRow(table.cellsOf(row));
      if (text.length < chunkLength) continue;
      yield text;
      text = '';
    }
    yield text;
  }
  return reply
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(lines()));
}
