import type { Account, SecondFactorRule } from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import {
  BackupCodes,
  OwnPassword,
  OwnSecondFactor,
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
  InvalidInput,
  NotAllowed,
  NotAuthenticated,
  NotFound,
  VigieError,
} from '../platform/errors.ts';
import type { Http, SignedIn } from '../platform/http.ts';
import type { AccountsDriver, Question } from './accounts.driver.ts';
import type { AccountsService } from './accounts.service.ts';
import type { AccountsStore } from './accounts.store.ts';
import { mustKeepSecondFactor } from './duties.ts';
import { isFresh, mayChangeWaysIn } from './passkey-rules.ts';
import { markOf } from './provider/provider-people.store.ts';
import { setupOf } from './second-factor.driver.ts';
import { askFor, Done, refused } from './sign-in.routes.ts';
import type { SignInThrottle } from './sign-in-throttle.service.ts';

/** What is needed to ask for the password once more. */
export interface ProofDeps {
  store: Pick<AccountsStore, 'find'>;
  throttle: Pick<SignInThrottle, 'begin'>;
  /** Wrong passwords after which the directory locks an account. */
  lockout: number;
}

interface RouteDeps extends ProofDeps {
  accounts: Pick<AccountsService, 'requireGoodPassword'>;
  store: Pick<AccountsStore, 'find' | 'settlePassword' | 'listSessions' | 'endSession'>;
  driver: Pick<AccountsDriver, 'answer' | 'countBackupCodes'>;
  secondFactorRule: SecondFactorRule;
  clock: Clock;
}

const config = { access: 'in-person' } as const;
const done = { 200: Done, '4xx': Problem, '5xx': Problem };

/** What people do with their own account. */
export function ownAccountRoutes(http: Http, deps: RouteDeps): void {
  passwordRoute(http, deps);
  secondFactorRoutes(http, deps);
  backupCodesRoutes(http, deps);
  sessionRoutes(http, deps);
}

/** What proves once more who asks: his password, or that he has just come from the provider. @throws NotAllowed, InvalidInput */
async function proofOf(
  request: FastifyRequest & { body: OwnPassword },
  { store, clock }: Pick<RouteDeps, 'store' | 'clock'>,
): Promise<Pick<Question, 'body' | 'proven'>> {
  const { id } = personOf(request);
  if (!(await store.find(id))?.provider) {
    if (request.body.password !== undefined) return { body: request.body };
    throw new InvalidInput('input/invalid', 'password: give your password once more.');
  }
  if (await hasJustSignedIn(request, { store, clock }))
    return { body: { password: markOf(id) }, proven: markOf(id) };
  throw new NotAllowed(
    'accounts/sign-in-stale',
    'You came by the OpenID provider a while ago. Sign out, sign in again, and do this at once.',
  );
}

/** `true`: nobody asks again who sits at the page. */
export async function hasJustSignedIn(
  request: FastifyRequest,
  { store, clock }: { store: Pick<AccountsStore, 'listSessions'>; clock: Clock },
): Promise<boolean> {
  const { id, sessionId } = personOf(request);
  const now = clock.now();
  const session = (await store.listSessions(id, now)).find((one) => one.id === sessionId);
  return session !== undefined && isFresh(new Date(session.createdAt), now);
}

/** Whoever sits at an open page may guess no faster than at the door. */
export async function guessed<T>(
  request: FastifyRequest,
  { throttle, store, lockout }: ProofDeps,
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
  const { store, driver, secondFactorRule } = deps;
  http.post(
    '/api/v1/me/second-factor',
    {
      config: { ...config, audit: 'never' },
      schema: { body: OwnPassword, response: { 200: SecondFactorSetup, '4xx': Problem } },
    },
    async (request) => {
      const { username } = await ownAccountOf(request, deps);
      const proof = await proofOf(request, deps);
      return guessed(request, deps, async () => {
        const answer = await driver.answer(request, { path: '/two-factor/enable', ...proof });
        if (!answer.ok) throw await refused(answer);
        return setupOf(await answer.json(), username);
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
      if (account && mustKeepSecondFactor(account, secondFactorRule)) {
        throw new Conflict(
          'accounts/second-factor-required',
          'This account keeps a second factor. An administrator may reset it.',
        );
      }
      const question = { path: '/two-factor/disable', ...(await proofOf(request, deps)) };
      return guessed(request, deps, () => askFor(driver, { request, reply }, question));
    },
  );
}

function backupCodesRoutes(http: Http, deps: RouteDeps): void {
  const { store, driver } = deps;
  http.get(
    '/api/v1/me/second-factor',
    { config, schema: { response: { 200: OwnSecondFactor } } },
    async (request) => {
      const account = await store.find(personOf(request).id);
      if (!account?.hasSecondFactor) return { backupCodesLeft: null };
      return { backupCodesLeft: await driver.countBackupCodes(account.id) };
    },
  );
  http.post(
    '/api/v1/me/second-factor/backup-codes',
    {
      config: { ...config, audit: 'backup-codes-renewed' },
      schema: { body: OwnPassword, response: { 200: BackupCodes, '4xx': Problem, '5xx': Problem } },
    },
    async (request) => {
      const proof = await proofOf(request, deps);
      return guessed(request, deps, async () => {
        const question = { path: '/two-factor/generate-backup-codes', ...proof };
        const answer = await driver.answer(request, question);
        if (!answer.ok) throw await refused(answer);
        return BackupCodes.parse(await answer.json());
      });
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

/** Whom the provider lets in has no way past it. */
export const passwordless = () =>
  new Conflict(
    'accounts/provider-account',
    'The OpenID provider lets you in: this account has no password and no passkey.',
  );

/**
 * The account of whoever may change how one gets into it.
 * @throws NotAllowed when the session has shown less than is asked of the person and he could show.
 */
export async function ownAccountOf(
  request: FastifyRequest,
  { store }: Pick<ProofDeps, 'store'>,
): Promise<Account> {
  const { id, username, duties = [] } = personOf(request);
  const account = await store.find(id);
  if (!account) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
  if (mayChangeWaysIn(duties, account)) return account;
  throw new NotAllowed(
    'accounts/duty-first',
    `First ${username} must ${duties.includes('password') ? 'set a password of his own' : 'sign in with his passkey'}.`,
  );
}

/** @throws NotAuthenticated; the access rule of the route made sure before. */
export function personOf({ person }: FastifyRequest): SignedIn {
  if (!person) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
  return person;
}
