import { Problem } from '@vigie/contracts/errors';
import { InventoryAnswer } from '@vigie/contracts/inventory';
import * as z from 'zod';
import { InvalidInput } from '../platform/errors.ts';
import { type Http, withOwnParsers } from '../platform/http.ts';
import type { InventoryService } from './inventory.service.ts';
import { inventoryRows } from './inventory.ts';
import { csvOf, readCsv, readYaml, yamlOf } from './inventory-file.driver.ts';
import { labelsPdf } from './label-sheet.driver.ts';

/** By media type. */
const readers = { 'text/csv': readCsv, 'application/yaml': readYaml } as const;
const mediaTypes = Object.keys(readers);

/** Enough for the devices of a hundred thousand spaces. */
const mostBytes = 16 * 1_048_576;

/** The inventory as a file: given out, and taken back. */
export function inventoryRoutes(http: Http, inventory: InventoryService): void {
  exportRoutes(http, inventory);
  labelsRoute(http, inventory);
  withOwnParsers(http, (scope) => {
    scope.addContentTypeParser(mediaTypes, { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    scope.put(
      '/api/v1/bollards',
      {
        config: { access: 'devices.write' },
        bodyLimit: mostBytes,
        schema: {
          consumes: mediaTypes,
          querystring: z.object({ 'dry-run': z.enum(['true', 'false']).default('false') }),
          body: z.string(),
          response: { 200: InventoryAnswer, '4xx': Problem },
        },
      },
      ({ body, headers, query }) =>
        inventory.importLines(readerOf(headers['content-type'])(body), {
          isDryRun: query['dry-run'] === 'true',
        }),
    );
  });
}

function exportRoutes(http: Http, inventory: InventoryService): void {
  const config = { access: 'devices.read' } as const;
  const files = [
    { name: 'bollards.csv', mediaType: 'text/csv; charset=utf-8', write: csvOf },
    { name: 'bollards.yaml', mediaType: 'application/yaml', write: yamlOf },
  ];
  for (const { name, mediaType, write } of files)
    http.get(`/api/v1/${name}`, { config }, async (_request, reply) =>
      reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(write(inventoryRows(await inventory.list()))),
    );
}

/** Labels to be stuck on the bollards. `ids` parted by commas; without: all that stand somewhere. */
function labelsRoute(http: Http, inventory: InventoryService): void {
  http.get(
    '/api/v1/bollards/labels.pdf',
    {
      config: { access: 'devices.read' },
      schema: { querystring: z.object({ ids: z.string().min(1).optional() }) },
    },
    async ({ query: { ids } }, reply) =>
      reply
        .type('application/pdf')
        .header('content-disposition', 'attachment; filename="labels.pdf"')
        .send(await labelsPdf(await inventory.listLabels(ids?.split(',')))),
  );
}

function readerOf(given = '') {
  const mediaType = given.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType in readers) return readers[mediaType as keyof typeof readers];
  throw new InvalidInput(
    'input/invalid',
    `An inventory is sent as ${mediaTypes.join(' or ')}, not as "${mediaType}".`,
  );
}
