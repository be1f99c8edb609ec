import { Account } from '@vigie/contracts/accounts';
import { type ErrorCode, Problem } from '@vigie/contracts/errors';
import { ProviderInvitation, ProviderOffer } from '@vigie/contracts/provider';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { AuditLog } from '../../platform/audit.ts';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, NotAllowed, NotAuthenticated, VigieError } from '../../platform/errors.ts';
import { actorOf, type Http } from '../../platform/http.ts';
import { drawKey } from '../../platform/secrets.ts';
import type { AccountsDriver } from '../accounts.driver.ts';
import { passCookies, refused } from '../sign-in.routes.ts';
import { type PendingSignInsStore, pendingMs } from './pending-sign-ins.store.ts';
import { type Arrival, callbackPath, type ProviderDriver } from './provider.driver.ts';
import type { ProviderPeople, ProviderRefusal } from './provider-people.service.ts';
import { markOf } from './provider-people.store.ts';
import type { ProviderSettings } from './provider-settings.ts';
import { pathWith, returnPathOf } from './return-path.ts';

interface RouteDeps {
  /** `undefined`: there is none. */
  provider: ProviderDriver | undefined;
  settings: Pick<ProviderSettings, 'name' | 'isProConnect'> | undefined;
  people: ProviderPeople;
  pending: PendingSignInsStore;
  driver: Pick<AccountsDriver, 'answer' | 'openSession'>;
  audit: Pick<AuditLog, 'write'>;
  /** Address of Vigie, without a slash at its end. */
  publicUrl: string;
  clock: Clock;
}

const startPath = '/api/v1/auth/provider/start';
/** A whole town hall comes at eight from one address. */
const perMinute = 120;

/** Signing in by an OpenID provider, and inviting people to it. */
export function providerRoutes(http: Http, deps: RouteDeps): void {
  const { provider, settings, people } = deps;
  http.get(
    '/api/v1/auth/provider',
    { config: { access: 'public' }, schema: { response: { 200: ProviderOffer } } },
    async () => ({ name: settings?.name ?? null, isProConnect: settings?.isProConnect ?? false }),
  );
  http.post(
    '/api/v1/accounts/invitations',
    {
      config: { access: 'accounts.write', audit: 'inside' },
      schema: { body: ProviderInvitation, response: { 201: Account, '4xx': Problem } },
    },
    async (request, reply) => {
      if (!provider) throw notSet();
      return reply.status(201).send(await people.invite(request.body, actorOf(request)));
    },
  );
  startRoute(http, deps);
  callbackRoute(http, deps);
}

/** Sends a browser to the provider. `to`: the page on which it goes on. */
function startRoute(http: Http, { provider, pending, publicUrl, clock }: RouteDeps): void {
  const query = z.object({ to: z.string().max(2000).optional(), at: z.literal('home').optional() });
  http.get(
    startPath,
    { config: { access: 'public', perMinute }, schema: { querystring: query } },
    async (request, reply) => {
      const { to, at } = request.query;
      // The provider sends everybody to the public address, where the cookie of another name would be missing.
      if (at === undefined && request.host !== new URL(publicUrl).host)
        return reply.redirect(
          `${publicUrl}${startPath}?${new URLSearchParams({ at: 'home', to: returnPathOf(to) })}`,
        );
      return orToDoor(reply, async () => {
        if (!provider) throw notSet();
        const { url, errand } = await provider.begin();
        const browserKey = drawKey();
        await pending.add({ errand, browserKey, returnTo: returnPathOf(to) }, clock.now());
        reply.header('set-cookie', cookieOf(browserKey, { publicUrl, maxAgeMs: pendingMs }));
        return url;
      });
    },
  );
}

function callbackRoute(http: Http, deps: RouteDeps): void {
  const { publicUrl } = deps;
  http.get(
    callbackPath,
    { config: { access: 'public', perMinute, audit: 'inside' }, schema: { hide: true } },
    (request, reply) => {
      reply.header('cache-control', 'no-store');
      reply.header('set-cookie', cookieOf('', { publicUrl, maxAgeMs: 0 }));
      return orToDoor(reply, async () => {
        const { arrival, returnTo } = await arrive(request, deps);
        return enter(arrival, returnTo, { request, reply, ...deps });
      });
    },
  );
}

/** Who came back, if he left from this browser. @throws VigieError */
async function arrive(
  request: FastifyRequest,
  { provider, pending, publicUrl, clock }: RouteDeps,
): Promise<{ arrival: Arrival; returnTo: string }> {
  if (!provider) throw notSet();
  const query = new URL(request.url, publicUrl).searchParams;
  const browserKey = cookieIn(request.headers.cookie, cookieName(publicUrl));
  const state = query.get('state');
  const left = browserKey && state && (await pending.take(state, browserKey, clock.now()));
  if (!left) throw expired();
  return { arrival: await provider.finish(query, left.errand), returnTo: left.returnTo };
}

/** Opens a session, or leaves it to the code that is asked for next. Where the browser goes on. @throws VigieError */
async function enter(
  arrival: Arrival,
  returnTo: string,
  deps: RouteDeps & { request: FastifyRequest; reply: FastifyReply },
): Promise<string> {
  const { people, driver, audit, request, reply } = deps;
  const admitted = await people.admit(arrival);
  if ('refusal' in admitted) throw await recordRefused(admitted.refusal, arrival, deps);
  const { id, username } = admitted.account;
  const { hasSecondFactor: isVouched } = arrival.person;
  const mark = markOf(id);
  const answer = isVouched
    ? await driver.openSession(request, id, { byPasskey: false, isVouched })
    : await driver.answer(request, {
        path: '/sign-in/username',
        body: { username, password: mark },
        proven: mark,
        isArrival: true,
      });
  if (!answer.ok) throw await refused(answer);
  passCookies(answer, reply);
  const { twoFactorRedirect } = (await answer.json()) as { twoFactorRedirect?: boolean };
  if (twoFactorRedirect) return pathWith(returnTo, 'second-factor', 'asked');
  await audit.write({
    actor: { id: `account:${id}`, name: username, address: request.ip },
    act: 'signed-in',
    details: { way: 'provider', secondFactor: isVouched ? 'provider' : null },
  });
  return returnTo;
}

/** Puts on record whom the provider knows and Vigie does not let in; administrators find his address there. */
async function recordRefused(
  refusal: ProviderRefusal,
  { person }: Arrival,
  { audit, request }: Pick<RouteDeps, 'audit'> & { request: FastifyRequest },
): Promise<VigieError> {
  const error = refusals[refusal]();
  await audit.write({
    actor: { id: 'nobody', address: request.ip },
    act: 'sign-in-refused',
    details: { code: error.code, way: 'provider' },
    told: { subjectName: person.email ?? person.subject },
  });
  return error;
}

/** Leads on, or back to the sign-in page with the code of what went wrong: it is a person who comes, not a program. */
async function orToDoor(reply: FastifyReply, lead: () => Promise<string>): Promise<FastifyReply> {
  try {
    return reply.redirect(await lead());
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    return reply.redirect(pathWith('/', 'refused', error.code satisfies ErrorCode));
  }
}

// With `__Host-` no neighbour under the same domain can plant the cookie.
const cookieName = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? '__Host-vigie-provider' : 'vigie-provider';

function cookieOf(
  value: string,
  { publicUrl, maxAgeMs }: { publicUrl: string; maxAgeMs: number },
): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  const life = `Max-Age=${Math.floor(maxAgeMs / 1000)}`;
  return `${cookieName(publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Lax; ${life}${secure}`;
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const cookies = header?.split(';').map((one) => one.trim()) ?? [];
  const found = cookies.find((one) => one.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || undefined;
}

const notSet = () =>
  new Conflict(
    'accounts/provider-not-set',
    'No OpenID provider is configured. Set VIGIE_OIDC_ISSUER, VIGIE_OIDC_CLIENT_ID and VIGIE_OIDC_CLIENT_SECRET.',
  );
const expired = () =>
  new NotAuthenticated(
    'accounts/provider-expired',
    'Nobody is awaited with this answer in this browser, or no longer. Sign in again.',
  );
const refusals: Readonly<Record<ProviderRefusal, () => VigieError>> = {
  'provider-unknown': () =>
    new NotAllowed(
      'accounts/provider-unknown',
      'The OpenID provider knows who you are, and no account awaits you. Ask an administrator for an invitation.',
    ),
  'provider-unverified': () =>
    new NotAllowed(
      'accounts/provider-unverified',
      'The OpenID provider does not vouch for your mail address, so no invitation can be found. Have it verified there.',
    ),
  'provider-disabled': () =>
    new NotAllowed('accounts/provider-disabled', 'Your account is disabled. Ask an administrator.'),
};
