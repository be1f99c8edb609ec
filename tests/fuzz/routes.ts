import * as fc from 'fast-check';
import { errorCodes, Problem } from '../../packages/contracts/src/errors.ts';
import {
  signWebhook,
  webhookKey,
} from '../../packages/server/src/evacuation/alarm/alarm-webhook.routes.ts';
import type { RouteAccess } from '../../packages/server/src/platform/http.ts';
import type { Answered } from './caller.ts';
import { hostileText, hostileValue, jsonTextsOf, mutantsOf } from './hostile.ts';
import { type JsonSchema, valuesBy } from './schema-inputs.ts';
import { longestMs, mustBeQuick, type Target, targetOf, type Verdict } from './target.ts';
import { deviceKey, type Keys, type TownUnderFire, webhookSecret } from './town.ts';

/** A request, before the caller's keys are put into it. */
interface Wrong {
  who: 'nobody' | 'administrator' | 'holder';
  /** parameters of the path, as they are put there */
  params: string[];
  query: [string, string][];
  /** before the `?` is thought of: may break the encoding */
  tail: string;
  mediaType: string;
  headers: Record<string, string>;
  body: string | null;
}

interface Described {
  parameters?: { name: string; in: string; schema?: JsonSchema }[];
  requestBody?: { content?: Record<string, { schema?: JsonSchema }> };
}

const mediaTypes = [
  'text/plain',
  'text/csv',
  'application/yaml',
  'application/xml',
  'application/octet-stream',
  'application/ld+json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'application/problem+json',
  'nothing',
  '/',
  `application/${'x'.repeat(2000)}`,
];

const anyHeaders: fc.Arbitrary<Record<string, string>> = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'accept',
        'accept-language',
        'authorization',
        'cookie',
        'if-none-match',
        'range',
        'origin',
        'x-forwarded-for',
        'x-forwarded-proto',
        'webhook-id',
        'webhook-timestamp',
        'link',
        'ngsild-tenant',
        'content-encoding',
        'expect-ct',
        'last-event-id',
        'host',
      ),
      fc.oneof(
        hostileText,
        fc.constantFrom(
          'Bearer a~b',
          'Bearer a',
          'bytes=0-,5-9',
          '*/*',
          'application/ld+json',
          '1, 2',
        ),
      ),
    ),
    { maxLength: 3 },
  )
  .map((pairs) => Object.fromEntries(pairs));

/** Routes that take their time on purpose: a password is hashed, a page of labels is drawn. */
const slow = /sign-in|me\/password|second-factor|POST \/api\/v1\/accounts|\.pdf$/;

/** One target for each route that the server has, so that none can be forgotten. */
export function routeTargets(town: TownUnderFire, weight: number): Target[] {
  const paths = (town.http.swagger().paths ?? {}) as Record<string, Record<string, Described>>;
  return town.http.routeTable.map((route) => {
    const shape = route.url.replace(/:(\w+)/g, '{$1}');
    const described = paths[shape]?.[route.method.toLowerCase()] ?? {};
    return targetOf<Wrong>({
      name: routeName(route),
      weight: slow.test(route.url) ? weight / 10 : route.method === 'HEAD' ? weight / 4 : weight,
      inputs: requestsTo(route, described),
      run: (wrong) => shoot(town, route, wrong),
      settle: town.restore,
    });
  });
}

export const routeName = ({ method, url }: Pick<RouteAccess, 'method' | 'url'>): string =>
  `${method} ${url}`;

/** Ids that stand for something; the last two for those that the town drew, which are other ones each time. */
const ids = ['a', 'b', 'c', 'centre', 'INCIDENT', 'CASE'] as const;

const withDrawnIds = (text: string, { incidentId, caseId }: Keys): string =>
  text.replaceAll('INCIDENT', incidentId).replaceAll('CASE', caseId);

function requestsTo(route: RouteAccess, described: Described): fc.Arbitrary<Wrong> {
  const about = ids.find((id) => route.url.includes(`/${id.toLowerCase()}s/:`)) ?? 'a';
  const param = fc.oneof(
    { weight: 6, arbitrary: fc.constant(about) },
    { weight: 2, arbitrary: fc.constantFrom(...ids) },
    { weight: 2, arbitrary: hostileText },
  );
  const asked = (described.parameters ?? []).filter((one) => one.in === 'query');
  const bodySchema = Object.values(described.requestBody?.content ?? {})[0]?.schema;
  const bodies = mutantsOf(bodySchema ? valuesBy(bodySchema, ids) : hostileValue);
  return fc.record({
    who: fc.constantFrom('nobody', 'administrator', 'administrator', 'administrator', 'holder'),
    params: fc.tuple(...(route.url.match(/:\w+|\*/g) ?? []).map(() => param)),
    query: queriesOf(asked),
    tail: fc.oneof(
      { weight: 30, arbitrary: fc.constant('') },
      fc.constantFrom('/', '//', '%', '%zz', '%00', '/%2e%2e/%2e%2e/etc/passwd', ';x=1', '.'),
    ),
    mediaType: fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      fc.constantFrom(...mediaTypes),
    ),
    headers: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, anyHeaders),
    body:
      route.method === 'GET' || route.method === 'HEAD' ? fc.constant(null) : jsonTextsOf(bodies),
  }) as fc.Arbitrary<Wrong>;
}

function queriesOf(asked: NonNullable<Described['parameters']>) {
  const named = asked.map(({ name, schema = {} }) =>
    fc.tuple(
      fc.constant(name),
      mutantsOf(valuesBy(schema, ids)).map((value) =>
        typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
      ),
    ),
  );
  const strange = fc.tuple(
    fc.oneof(hostileText, fc.constantFrom('token', 'id', 'a[b]', 'a[]')),
    hostileText,
  );
  return fc.array(named.length > 0 ? fc.oneof(...named, ...named, ...named, strange) : strange, {
    maxLength: 4,
  }) as fc.Arbitrary<[string, string][]>;
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const longestPart = 3000;
/** Longer ones are refused by Node itself, before the server sees them. */
const longestPath = 12_000;

function pathOf(route: RouteAccess, { params, query, tail }: Wrong, keys: Keys): string {
  const left = [...params];
  const path = route.url.replace(/:\w+|\*/g, () =>
    encoded((left.shift() ?? 'a').slice(0, longestPart)),
  );
  const token = /displays/.test(path)
    ? keys.displayToken
    : /camera-feed/.test(path)
      ? keys.cameraToken
      : keys.boardToken;
  const pairs = query.map(
    ([name, value]) => `${encoded(name.slice(0, 100))}=${encoded(value.slice(0, longestPart))}`,
  );
  if (route.access === 'signed') pairs.unshift(`token=${encoded(token)}`);
  const whole = `${path}${tail}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  return withDrawnIds(whole, keys).slice(0, longestPath);
}

/** What Node lets through as the value of a header. */
const headerText = (text: string): string =>
  text
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .trim()
    .slice(0, longestPart);

/** Each request comes from somewhere else, so that limits by address do not hide what lies behind them. */
let address = 0;
const nextAddress = (): string => {
  address = (address + 1) % 2 ** 24;
  return `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`;
};

function headersOf(route: RouteAccess, { who, mediaType, headers, body }: Wrong, keys: Keys) {
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, headerText(value)]),
  );
  const out: Record<string, string> = { 'x-forwarded-for': nextAddress(), ...given };
  if (body !== null) out['content-type'] = headerText(mediaType);
  if (who === 'administrator') out.cookie = keys.admin;
  if (who === 'nobody') return out;
  if (route.url.includes('/devices/')) out.authorization = `Bearer ${deviceKey}`;
  if (route.url.includes('/alarms/') && body !== null) {
    const signed = {
      id: `m${address}`,
      timestamp: Math.floor(Date.now() / 1000),
      body: Buffer.from(body),
    };
    out['webhook-id'] = signed.id;
    out['webhook-timestamp'] = `${signed.timestamp}`;
    out['webhook-signature'] = signWebhook(signed, webhookKey(webhookSecret));
  }
  return out;
}

async function shoot(town: TownUnderFire, route: RouteAccess, wrong: Wrong): Promise<Verdict> {
  const { caller, state, keys } = town;
  const mayChange = route.method !== 'GET' && route.method !== 'HEAD';
  if (mayChange) await state.before();
  const body = wrong.body === null ? null : withDrawnIds(wrong.body.toWellFormed(), keys);
  const send = async () => {
    const answer = await caller.send({
      method: route.method,
      path: pathOf(route, wrong, keys),
      headers: headersOf(route, { ...wrong, body }, keys),
      body: body ?? undefined,
    });
    mustBeOrderly(answer, route, town.errors().join('\n'));
    return answer.status < 400 ? 'taken' : 'refused';
  };
  const verdict = await send();
  if (verdict === 'taken' && mayChange) town.touch();
  if (verdict === 'refused' && mayChange && (await state.changes()).length > 0) {
    const changes = (await state.changedBy(send)).filter((table) => !isNoted(route, table));
    if (changes.length > 0) throw new Error(`refused, and yet it changed ${changes.join(', ')}`);
  }
  return verdict;
}

/** A sign-in that failed goes on record. */
const isNoted = ({ url }: RouteAccess, table: string): boolean =>
  url.startsWith('/api/v1/auth/') && table === 'audit_rows';

/** What nobody outside is told: where something lies, how it is asked for, in which line it broke. */
const inside =
  /\n\s+at |node_modules|\.ts\b.*:\d+|\/(work|tmp|home|usr)\/|Failed query|\b(insert into|select .+ from|update "|delete from)\b|violates|relation "|syntax error at|SQLSTATE|ECONNREFUSED|Cannot read prop|is not a function|undefined is not/i;

/** Nothing of ours is away while we look, so only what really is not there may be unavailable. */
const unavailable = new Set(['accounts/directory-away', 'platform/unavailable']);

/** @throws Error saying what is wrong with an answer. */
function mustBeOrderly(
  { status, mediaType, body, ms }: Answered,
  { method }: RouteAccess,
  logged: string,
): void {
  const about = `${status} ${mediaType}: ${body.slice(0, 800)}\n${logged}`;
  if (ms > longestMs) mustBeQuick(ms);
  if (status < 400) {
    mustBeReadable(mediaType, body, method);
    return;
  }
  if (method === 'HEAD') {
    if (status >= 500) throw new Error(about);
    return;
  }
  if (!mediaType.startsWith('application/problem+json'))
    throw new Error(`no problem document: ${about}`);
  const problem = Problem.safeParse(JSON.parse(body));
  if (!problem.success || problem.data.status !== status || !(problem.data.code in errorCodes))
    throw new Error(`a wrong problem document: ${about}`);
  if (status >= 500 && !unavailable.has(problem.data.code)) throw new Error(about);
  if (inside.test(problem.data.detail)) throw new Error(`it tells what is inside: ${about}`);
}

function mustBeReadable(mediaType: string, body: string, method: string): void {
  if (method !== 'HEAD' && /[/+]json\b/.test(mediaType) && body !== '') JSON.parse(body);
}
