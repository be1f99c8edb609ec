import { Problem } from '@vigie/contracts/errors';
import { NewSubscription, type ParkingSpot, Subscription } from '@vigie/contracts/exports';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { ParkingRecords } from '../parking/index.ts';
import { InvalidInput, NotAuthenticated, NotFound, VigieError } from '../platform/errors.ts';
import { type Http, mayDo, withOwnParsers } from '../platform/http.ts';
import { spaceIdOf, spotContext, spotId, spotOf, spotTypes } from './parking-spot.ts';
import { contextLink, writtenSpot } from './spot-notification.ts';
import { readSpotQuery } from './spot-query.ts';
import type { Subscriber, SubscriptionsService } from './subscriptions.service.ts';

type SpotRecords = Pick<ParkingRecords, 'listSpaces' | 'listPlaces'>;

interface RouteDeps {
  records: SpotRecords;
  subscriptions: SubscriptionsService;
  /** Address of our context, for those who read us. */
  contextUrl: string;
}

const words = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

/** How an entity is asked for. `options` and `format` say the same in older and newer words. */
const FormQuery = z.object({
  attrs: words.optional(),
  options: words.optional(),
  format: z.enum(['normalized', 'keyValues', 'simplified']).optional(),
});

const ListQuery = FormQuery.extend({
  type: words.optional(),
  id: words.optional(),
  q: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(0).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
  count: z.stringbool().default(false),
});

/** Spaces as NGSI-LD entities, to be asked for and to be subscribed to. Source: ETSI GS CIM 009, clauses 6.4 to 6.11. */
export function ngsiRoutes(http: Http, deps: RouteDeps): void {
  http.get(
    '/ngsi-ld/context.jsonld',
    { config: { access: 'public' }, schema: { hide: true } },
    async (_request, reply) =>
      reply.type('application/ld+json').header('cache-control', 'max-age=3600').send(spotContext),
  );
  entityRoutes(http, deps);
  withOwnParsers(http, (scope) => subscriptionRoutes(scope, deps.subscriptions));
}

function entityRoutes(http: Http, { records, contextUrl }: RouteDeps): void {
  const config = { access: 'parking.read' } as const;
  http.get(
    '/ngsi-ld/v1/entities',
    { config, schema: { querystring: ListQuery } },
    async (request, reply) => {
      const { query } = request;
      const { page, total } = await findSpots(records, query);
      const links = pageLinks(request.url, { ...query, total });
      if (query.count || query.options?.includes('count'))
        reply.header('ngsild-results-count', total);
      const spots = page.map((spot) => written(spot, query));
      return send({ request, reply, contextUrl }, spots, links);
    },
  );
  http.get(
    '/ngsi-ld/v1/entities/:urn',
    { config, schema: { params: z.object({ urn: z.string() }), querystring: FormQuery } },
    async (request, reply) => {
      const { urn } = request.params;
      const id = spaceIdOf(urn);
      const [record] = id === undefined ? [] : await records.listSpaces([id]);
      if (!record) throw new NotFound('parking/space-unknown', `There is no entity ${urn}.`);
      return send({ request, reply, contextUrl }, written(spotOf(record), request.query));
    },
  );
}

/**
 * One page, and how many there are in all.
 * @throws InvalidInput when nothing says what is wanted, or the query is not understood.
 */
async function findSpots(
  records: SpotRecords,
  query: z.infer<typeof ListQuery>,
): Promise<{ page: ParkingSpot[]; total: number }> {
  const { type, id, q, attrs, limit, offset } = query;
  if (!type && !id && !attrs && q === undefined) {
    throw new InvalidInput('input/invalid', 'Say what you want: `type=ParkingSpot`, `id` or `q`.');
  }
  const isWanted = q === undefined ? () => true : readSpotQuery(q);
  if (!isWanted) throw new InvalidInput('input/invalid', `The query ${q} is not understood.`);
  if (type && !type.some((one) => spotTypes.includes(one))) return { page: [], total: 0 };
  const isNamed = (spaceId: string) => !id || id.includes(spotId(spaceId));
  const ids = (await records.listPlaces()).map(({ space }) => space.id).filter(isNamed);
  const spotsOf = async (wanted: string[]) => (await records.listSpaces(wanted)).map(spotOf);
  if (q === undefined && !attrs)
    return { page: await spotsOf(ids.slice(offset, offset + limit)), total: ids.length };
  const found = (await spotsOf(ids)).filter(
    (spot) => isWanted(spot) && (!attrs || attrs.some((name) => Object.hasOwn(spot, name))),
  );
  return { page: found.slice(offset, offset + limit), total: found.length };
}

function written(spot: ParkingSpot, { attrs, options, format }: z.infer<typeof FormQuery>) {
  const isSimple = options?.some((one) => one === 'keyValues' || one === 'simplified') ?? false;
  return writtenSpot(spot, {
    attributes: attrs,
    format: format ?? (isSimple ? 'keyValues' : 'normalized'),
  });
}

/** The pages beside this one. Source: RFC 8288; ETSI GS CIM 009, clause 6.3.10. */
function pageLinks(
  url: string,
  { limit, offset, total }: { limit: number; offset: number; total: number },
): string[] {
  const link = (rel: string, to: number) => {
    const { pathname, searchParams } = new URL(url, 'http://here');
    searchParams.set('offset', String(to));
    searchParams.set('limit', String(limit));
    return `<${pathname}?${searchParams}>; rel="${rel}"; type="application/ld+json"`;
  };
  return [
    ...(offset > 0 ? [link('prev', Math.max(0, offset - limit))] : []),
    ...(limit > 0 && offset + limit < total ? [link('next', offset + limit)] : []),
  ];
}

/** JSON-LD to those who ask for it, the context within; else JSON, the context beside. */
function send(
  answer: { request: FastifyRequest; reply: FastifyReply; contextUrl: string },
  found: object | object[],
  links: readonly string[] = [],
): FastifyReply {
  const { request, reply, contextUrl } = answer;
  const withContext = (entity: object) => ({ '@context': contextUrl, ...entity });
  if (prefersLinkedData(request.headers.accept)) {
    if (links.length > 0) reply.header('link', links.join(', '));
    const body = Array.isArray(found) ? found.map(withContext) : withContext(found);
    return reply.type('application/ld+json').send(JSON.stringify(body));
  }
  reply.header('link', [contextLink(contextUrl), ...links].join(', '));
  return reply.type('application/json').send(JSON.stringify(found));
}

/** @throws VigieError when neither JSON nor JSON-LD would be taken. */
function prefersLinkedData(accept = '*/*'): boolean {
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  const known = types.find((type) =>
    /^(application\/(ld\+)?json|application\/\*|\*\/\*)$/.test(type),
  );
  if (known) return known === 'application/ld+json';
  throw new VigieError(
    'exports/not-acceptable',
    `There is no ${accept} here, only application/json and application/ld+json.`,
  );
}

function subscriptionRoutes(http: Http, subscriptions: SubscriptionsService): void {
  const config = { access: 'parking.subscribe' } as const;
  const params = z.object({ id: z.string() });
  const path = '/ngsi-ld/v1/subscriptions';
  http.addContentTypeParser(
    'application/ld+json',
    { parseAs: 'string' },
    http.getDefaultJsonParser('error', 'error'),
  );
  http.post(path, { config, schema: { body: NewSubscription } }, async (request, reply) => {
    const id = await subscriptions.add(request.body, subscriberOf(request));
    return reply.status(201).header('location', `${path}/${id}`).send();
  });
  http.get(path, { config, schema: { response: { 200: z.array(Subscription) } } }, (request) =>
    subscriptions.list(subscriberOf(request)),
  );
  http.get(
    `${path}/:id`,
    { config, schema: { params, response: { 200: Subscription, '4xx': Problem } } },
    (request) => subscriptions.get(request.params.id, subscriberOf(request)),
  );
  http.delete(`${path}/:id`, { config, schema: { params } }, async (request, reply) => {
    await subscriptions.remove(request.params.id, subscriberOf(request));
    return reply.status(204).send();
  });
}

/** @throws NotAuthenticated */
function subscriberOf({ person }: Pick<FastifyRequest, 'person'>): Subscriber {
  if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
  return { username: person.username, seesAll: mayDo(person, 'devices.write') };
}
