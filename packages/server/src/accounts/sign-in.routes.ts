import {
  type Account,
  Credentials,
  Duty,
  Me,
  PersonRole,
  permissionsOf,
  type SecondFactorRule,
} from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import { SecondFactorCode, SignInAnswer } from '@vigie/contracts/own-account';
import { SignedOut } from '@vigie/contracts/provider';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { createAttemptWindow } from '../platform/attempt-window.ts';
import type { AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import { NotAuthenticated, TooManyAttempts, VigieError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { AccountsDriver, Question } from './accounts.driver.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { DirectoryPeople } from './directory-people.service.ts';
import { mustKeepSecondFactor } from './duties.ts';
import { refusalOf } from './refusals.ts';
import type { Attempt, SignInThrottle } from './sign-in-throttle.service.ts';

interface RouteDeps {
  store: Pick<AccountsStore, 'find' | 'findByUsername' | 'useCode' | 'endSessionOf'>;
  clock: Clock;
  throttle: Pick<SignInThrottle, 'begin'>;
  driver: Pick<AccountsDriver, 'answer'>;
  audit: Pick<AuditLog, 'write'>;
  people: Pick<DirectoryPeople, 'nameOf' | 'signIn'>;
  /** Wrong passwords after which the directory locks an account. */
  lockout: number;
  secondFactorRule: SecondFactorRule;
  /** Where the browser of an account ends the session at the OpenID provider; `undefined`: there is none. */
  findEnd(userId: string): Promise<string | undefined>;
  place: Pick<Me, 'town' | 'timeZone' | 'isDemo' | 'passwordMinLength'>;
}

/** Nothing but that it worked. */
export const Done = z.object({ ok: z.literal(true) });

/** Signing in and out, and who I am. */
export function signInRoutes(http: Http, deps: RouteDeps): void {
  const { driver, store, throttle, people } = deps;
  const signIns = signInRecord(deps);
  http.post(
    '/api/v1/auth/sign-in/username',
    {
      config: { access: 'public', audit: 'inside' },
      schema: {
        body: Credentials,
        response: { 200: SignInAnswer, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request, reply) => {
      const { username: typed, password } = request.body;
      const known = await store.findByUsername(typed);
      const { answer, attempt, account } = await signIns.orRefusal(request, known, async () => {
        const name = known?.directory === null ? undefined : people.nameOf(typed);
        const attempt = await throttle.begin({
          username: name ?? typed,
          address: request.ip,
          lockout: name === undefined ? undefined : deps.lockout,
        });
        const { username, id: proven } =
          name === undefined
            ? { username: typed, id: undefined }
            : await provenByDirectory({ name, password }, attempt, deps);
        const body = { username, password };
        const answer = await driver.answer(request, { path: '/sign-in/username', body, proven });
        if (!answer.ok) throw await refused(answer);
        const account = await store.findByUsername(username);
        if (account?.isDisabled !== false) throw wrongCredentials();
        return { answer, attempt, account };
      });
      await attempt.pass();
      const { twoFactorRedirect } = (await answer.json()) as { twoFactorRedirect?: boolean };
      if (twoFactorRedirect !== true) await signIns.passed(request, account);
      passCookies(answer, reply);
      return { secondFactor: twoFactorRedirect === true };
    },
  );
  http.post(
    '/api/v1/auth/second-factor',
    {
      config: { access: 'public', audit: 'inside' },
      schema: { body: SecondFactorCode, response: { 200: Done, '4xx': Problem } },
    },
    async (request, reply) => {
      const { kind, code } = request.body;
      const path = kind === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
      const { answer, user } = await signIns.orRefusal(request, undefined, async () => {
        const given = await driver.answer(request, { path, body: { code } });
        if (!given.ok) throw await refused(given);
        const opened = Opened.parse(await given.json());
        if (kind === 'totp') await mustBeNew(opened, code, deps);
        return { answer: given, user: opened.user };
      });
      const account = await store.find(user.id);
      if (account) await signIns.passed(request, account, kind);
      passCookies(answer, reply);
      return { ok: true as const };
    },
  );
  http.post(
    '/api/v1/auth/sign-out',
    {
      config: { access: 'in-person', audit: 'signed-out' },
      schema: { response: { 200: SignedOut, '4xx': Problem } },
    },
    async (request, reply) => {
      const done = await askFor(driver, { request, reply }, { path: '/sign-out' });
      const goTo = request.person && (await deps.findEnd(request.person.id));
      return { ...done, goTo: goTo ?? null };
    },
  );
  meRoute(http, deps);
}

const Opened = z.object({ token: z.string(), user: z.object({ id: z.string() }) });

/** A code that somebody looked at over a shoulder opens no second time. @throws NotAuthenticated */
async function mustBeNew(
  { token, user }: z.infer<typeof Opened>,
  code: string,
  { store, clock }: Pick<RouteDeps, 'store' | 'clock'>,
): Promise<void> {
  if (await store.useCode(user.id, code, clock.now())) return;
  await store.endSessionOf(token);
  throw new NotAuthenticated(
    'accounts/wrong-code',
    'This code has been used. Wait for the next one.',
  );
}

/** Refusals of those who are held up already: one a minute from an address says as much as a thousand. */
const heldUp = { window: 60, max: 1 };

/** Puts on record who came in and who did not. A name that nobody has is left out: people type passwords there. */
export function signInRecord({ audit }: Pick<RouteDeps, 'audit'>) {
  const holdUps = createAttemptWindow();

  async function refuse({ ip }: FastifyRequest, account: Account | undefined, error: VigieError) {
    const isHeldUp = error instanceof TooManyAttempts;
    if (isHeldUp && !holdUps.take(ip, heldUp, Date.now()).allowed) return;
    await audit.write({
      actor: { id: 'nobody', address: ip },
      act: 'sign-in-refused',
      details: { code: error.code, isDisabled: account?.isDisabled ?? null },
      ...(account
        ? { subject: `account:${account.id}`, told: { subjectName: account.username } }
        : {}),
    });
  }

  return {
    orRefusal: async <T>(
      request: FastifyRequest,
      account: Account | undefined,
      signIn: () => Promise<T>,
    ): Promise<T> => {
      try {
        return await signIn();
      } catch (error) {
        if (error instanceof VigieError) await refuse(request, account, error);
        throw error;
      }
    },
    passed: ({ ip }: FastifyRequest, { id, username }: Account, secondFactor?: string) =>
      audit.write({
        actor: { id: `account:${id}`, name: username, address: ip },
        act: 'signed-in',
        details: { secondFactor: secondFactor ?? null },
      }),
  };
}

/** @throws NotAuthenticated; Unavailable, and then the attempt was none. */
async function provenByDirectory(
  { name, password }: { name: string; password: string },
  attempt: Pick<Attempt, 'cancel'>,
  { people }: Pick<RouteDeps, 'people'>,
): Promise<{ id: string; username: string }> {
  try {
    const person = await people.signIn(name, password);
    if (person) return person;
  } catch (error) {
    await attempt.cancel();
    throw error;
  }
  throw wrongCredentials();
}

function meRoute(http: Http, { store, secondFactorRule, place }: RouteDeps): void {
  http.get(
    '/api/v1/me',
    { config: { access: 'in-person' }, schema: { response: { 200: Me } } },
    async ({ person }) => {
      const account = person && (await store.find(person.id));
      if (!account) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
      const { username, name, scope, hasSecondFactor, hasPasskey } = account;
      const role = PersonRole.parse(account.role);
      return {
        username,
        name,
        role,
        permissions: [...permissionsOf[role]],
        scope,
        duties: z.array(Duty).parse(person.duties ?? []),
        hasSecondFactor,
        hasPasskey,
        isFromDirectory: account.directory !== null,
        isFromProvider: account.provider !== null,
        mustKeepSecondFactor: mustKeepSecondFactor({ role }, secondFactorRule),
        ...place,
      };
    },
  );
}

/** Asks better-auth in the name of the caller and hands on the cookies that it sets. @throws VigieError */
export async function askFor(
  driver: Pick<AccountsDriver, 'answer'>,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  question: Question,
): Promise<z.infer<typeof Done>> {
  const answer = await driver.answer(request, question);
  if (!answer.ok) throw await refused(answer);
  passCookies(answer, reply);
  return { ok: true };
}

/** Hands on the cookies that better-auth sets. */
export function passCookies(answer: Response, reply: FastifyReply): void {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
}

/** A second factor that was wrong too often is locked for so long. Source: better-auth, plugin two-factor. */
const lockSeconds = 900;

/** What better-auth refused, as one of our errors. */
export async function refused(answer: Response): Promise<VigieError> {
  if (answer.status === 429) {
    return new TooManyAttempts(
      'accounts/too-many-attempts',
      'The second factor was wrong too often. Wait 15 minutes.',
      { retryAfterSeconds: lockSeconds },
    );
  }
  const { code: theirs } = (await answer.json().catch(() => ({}))) as { code?: string };
  const { code, text } = refusalOf(answer.status, theirs);
  return new VigieError(code, text);
}

const wrongCredentials = () => {
  const { code, text } = refusalOf(401, undefined);
  return new VigieError(code, text);
};
