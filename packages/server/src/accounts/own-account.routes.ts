import { Problem } from '@vigie/contracts/errors';
import {
  OwnPassword,
  OwnSession,
  PasswordChange,
  SecondFactorSetup,
  TotpCode,
} from '@vigie/contracts/own-account';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import {
  Conflict,
  NotAllowed,
  NotAuthenticated,
  NotFound,
  VigieError,
} from '../platform/errors.ts';
import type { Http, SignedIn } from '../platform/http.ts';
import type { AccountsDriver, Question } from './accounts.driver.ts';
import type { AccountsService } from './accounts.service.ts';
import type { AccountsStore } from './accounts.store.ts';
import { type AdminTotp, mustKeepSecondFactor } from './duties.ts';
import { markOf } from './provider/provider-people.store.ts';
import { setupOf } from './second-factor.driver.ts';
import { askFor, Done, refused } from './sign-in.routes.ts';
import type { SignInThrottle } from './sign-in-throttle.service.ts';

interface RouteDeps {
  accounts: Pick<AccountsService, 'requireGoodPassword'>;
  store: Pick<AccountsStore, 'find' | 'settlePassword' | 'listSessions' | 'endSession'>;
  throttle: Pick<SignInThrottle, 'begin'>;
  driver: Pick<AccountsDriver, 'answer'>;
  /** Wrong passwords after which the directory locks an account. */
  lockout: number;
  adminTotp: AdminTotp;
  clock: Clock;
}

const config = { access: 'in-person' } as const;
const done = { 200: Done, '4xx': Problem, '5xx': Problem };

/** What people do with their own account. */
export function ownAccountRoutes(http: Http, deps: RouteDeps): void {
  passwordRoute(http, deps);
  secondFactorRoutes(http, deps);
  sessionRoutes(http, deps);
}

/** Whoever came by the provider has no password to repeat: what he changes, he changes soon after. */
const freshMs = 10 * 60_000;

/** What proves once more who asks: his password, or that he has just come from the provider. @throws NotAllowed */
async function proofOf(
  request: FastifyRequest & { body: OwnPassword },
  { store, clock }: Pick<RouteDeps, 'store' | 'clock'>,
): Promise<Pick<Question, 'body' | 'proven'>> {
  const { id, sessionId } = personOf(request);
  if (!(await store.find(id))?.provider) return { body: request.body };
  const now = clock.now();
  const session = (await store.listSessions(id, now)).find((one) => one.id === sessionId);
  if (session && now.getTime() - Date.parse(session.createdAt) <= freshMs)
    return { body: { password: markOf(id) }, proven: markOf(id) };
  throw new NotAllowed(
    'accounts/sign-in-again',
    'You came by the OpenID provider a while ago. Sign out, sign in again, and do this at once.',
  );
}

/** Whoever sits at an open page may guess no faster than at the door. */
async function guessed<T>(
  request: FastifyRequest,
  { throttle, store, lockout }: Pick<RouteDeps, 'throttle' | 'store' | 'lockout'>,
  ask: () => Promise<T>,
): Promise<T> {
  const { id, username } = personOf(request);
  const isFromDirectory = (await store.find(id))?.directory !== null;
  const attempt = await throttle.begin({
    username,
    address: request.ip,
    lockout: isFromDirectory ? lockout : undefined,
  });
  try {
    const answer = await ask();
    await attempt.pass();
    return answer;
  } catch (error) {
    if (error instanceof VigieError && error.code === 'accounts/directory-away')
      await attempt.cancel();
    throw error;
  }
}

function passwordRoute(http: Http, deps: RouteDeps): void {
  const { accounts, store, driver } = deps;
  http.post(
    '/api/v1/me/password',
    {
      config: { ...config, audit: 'password-changed' },
      schema: { body: PasswordChange, response: done },
    },
    async (request, reply) => {
      const { id, name, username } = personOf(request);
      const { current, next } = request.body;
      const account = await store.find(id);
      if (account?.provider) throw passwordless();
      if (account?.directory !== null) throw passwordElsewhere();
      accounts.requireGoodPassword(next, [name, username]);
      if (current === next)
        throw new Conflict('accounts/password-same', 'Choose a password other than the old one.');
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      const answer = await guessed(request, deps, () =>
        askFor(driver, { request, reply }, { path: '/change-password', body }),
      );
      await store.settlePassword(id);
      return answer;
    },
  );
}

function secondFactorRoutes(http: Http, deps: RouteDeps): void {
  const { store, driver, adminTotp } = deps;
  http.post(
    '/api/v1/me/second-factor',
    {
      config: { ...config, audit: 'never' },
      schema: { body: OwnPassword, response: { 200: SecondFactorSetup, '4xx': Problem } },
    },
    async (request) => {
      const proof = await proofOf(request, deps);
      return guessed(request, deps, async () => {
        const answer = await driver.answer(request, { path: '/two-factor/enable', ...proof });
        if (!answer.ok) throw await refused(answer);
        return setupOf(await answer.json(), personOf(request).username);
      });
    },
  );
  http.post(
    '/api/v1/me/second-factor/confirmation',
    {
      config: { ...config, audit: 'second-factor-set' },
      schema: { body: TotpCode, response: done },
    },
    (request, reply) =>
      askFor(driver, { request, reply }, { path: '/two-factor/verify-totp', body: request.body }),
  );
  http.post(
    '/api/v1/me/second-factor/removal',
    {
      config: { ...config, audit: 'second-factor-removed' },
      schema: { body: OwnPassword, response: done },
    },
    async (request, reply) => {
      const account = await store.find(personOf(request).id);
      if (account && mustKeepSecondFactor(account, adminTotp)) {
        throw new Conflict(
          'accounts/second-factor-required',
          'Administrators keep a second factor. Another administrator may reset it.',
        );
      }
      const question = { path: '/two-factor/disable', ...(await proofOf(request, deps)) };
      return guessed(request, deps, () => askFor(driver, { request, reply }, question));
    },
  );
}

function sessionRoutes(http: Http, { store, clock }: RouteDeps): void {
  http.get(
    '/api/v1/me/sessions',
    { config, schema: { response: { 200: z.array(OwnSession) } } },
    async (request) => {
      const { id, sessionId } = personOf(request);
      const sessions = await store.listSessions(id, clock.now());
      return sessions.map((one) => ({ ...one, isCurrent: one.id === sessionId }));
    },
  );
  http.delete(
    '/api/v1/me/sessions/:id',
    {
      config: { ...config, audit: 'session-ended' },
      schema: { params: z.object({ id: z.string().max(64) }), response: done },
    },
    async (request) => {
      if (await store.endSession(personOf(request).id, request.params.id))
        return { ok: true as const };
      throw new NotFound('accounts/session-unknown', 'This session has ended already.');
    },
  );
}

const passwordElsewhere = () =>
  new Conflict(
    'accounts/directory-account',
    'The directory keeps this password. Change it at your computer.',
  );

const passwordless = () =>
  new Conflict(
    'accounts/provider-account',
    'This account has no password: the OpenID provider lets you in.',
  );

/** @throws NotAuthenticated; the access rule of the route made sure before. */
function personOf({ person }: FastifyRequest): SignedIn {
  if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
  return person;
}
