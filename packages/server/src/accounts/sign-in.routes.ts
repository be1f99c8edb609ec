import { Credentials, Duty, Me, PersonRole, permissionsOf } from '@vigie/contracts/accounts';
import { Problem } from '@vigie/contracts/errors';
import { SecondFactorCode, SignInAnswer } from '@vigie/contracts/own-account';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { NotAuthenticated, TooManyAttempts, VigieError } from '../platform/errors.ts';
import type { Http } from '../platform/http.ts';
import type { AccountsDriver, Question } from './accounts.driver.ts';
import type { AccountsStore } from './accounts.store.ts';
import type { DirectoryPeople } from './directory-people.service.ts';
import { type AdminTotp, mustKeepSecondFactor } from './duties.ts';
import { refusalOf } from './refusals.ts';
import type { Attempt, SignInThrottle } from './sign-in-throttle.service.ts';

interface RouteDeps {
  store: Pick<AccountsStore, 'find' | 'findByUsername'>;
  throttle: Pick<SignInThrottle, 'begin'>;
  driver: Pick<AccountsDriver, 'answer'>;
  people: Pick<DirectoryPeople, 'nameOf' | 'signIn'>;
  /** Wrong passwords after which the directory locks an account. */
  lockout: number;
  adminTotp: AdminTotp;
  place: Pick<Me, 'town' | 'timeZone' | 'isDemo' | 'passwordMinLength'>;
}

/** Nothing but that it worked. */
export const Done = z.object({ ok: z.literal(true) });

/** Signing in and out, and who I am. */
export function signInRoutes(http: Http, deps: RouteDeps): void {
  const { driver, store, throttle } = deps;
  http.post(
    '/api/v1/auth/sign-in/username',
    {
      config: { access: 'public' },
      schema: {
        body: Credentials,
        response: { 200: SignInAnswer, '4xx': Problem, '5xx': Problem },
      },
    },
    async (request, reply) => {
      const { username: typed, password } = request.body;
      const name = await directoryName(typed, deps);
      const attempt = await throttle.begin({
        username: name ?? typed,
        address: request.ip,
        lockout: name === undefined ? undefined : deps.lockout,
      });
      const found =
        name === undefined
          ? { username: typed, id: undefined }
          : await provenByDirectory({ name, password }, attempt, deps);
      const { username, id: proven } = found;
      const body = { username, password };
      const answer = await driver.answer(request, { path: '/sign-in/username', body, proven });
      if (!answer.ok) throw await refused(answer);
      if ((await store.findByUsername(username))?.isDisabled !== false) throw wrongCredentials();
      await attempt.pass();
      passCookies(answer, reply);
      const { twoFactorRedirect } = (await answer.json()) as { twoFactorRedirect?: boolean };
      return { secondFactor: twoFactorRedirect === true };
    },
  );
  http.post(
    '/api/v1/auth/second-factor',
    {
      config: { access: 'public' },
      schema: { body: SecondFactorCode, response: { 200: Done, '4xx': Problem } },
    },
    async (request, reply) => {
      const { kind, code } = request.body;
      const path = kind === 'totp' ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code';
      return askFor(driver, { request, reply }, { path, body: { code } });
    },
  );
  http.post(
    '/api/v1/auth/sign-out',
    { config: { access: 'in-person' }, schema: { response: { 200: Done, '4xx': Problem } } },
    (request, reply) => askFor(driver, { request, reply }, { path: '/sign-out' }),
  );
  meRoute(http, deps);
}

/** The name to ask the directory about; `undefined`: a local account has what was typed, or there is no such directory. */
async function directoryName(
  typed: string,
  { store, people }: Pick<RouteDeps, 'store' | 'people'>,
): Promise<string | undefined> {
  const known = await store.findByUsername(typed);
  return known?.directory === null ? undefined : people.nameOf(typed);
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

function meRoute(http: Http, { store, adminTotp, place }: RouteDeps): void {
  http.get(
    '/api/v1/me',
    { config: { access: 'in-person' }, schema: { response: { 200: Me } } },
    async ({ person }) => {
      const account = person && (await store.find(person.id));
      if (!account) throw new NotAuthenticated('accounts/not-signed-in', 'Sign in first.');
      const { username, name, scope, hasSecondFactor } = account;
      const role = PersonRole.parse(account.role);
      return {
        username,
        name,
        role,
        permissions: [...permissionsOf[role]],
        scope,
        duties: z.array(Duty).parse(person.duties ?? []),
        hasSecondFactor,
        isFromDirectory: account.directory !== null,
        mustKeepSecondFactor: mustKeepSecondFactor({ role }, adminTotp),
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

function passCookies(answer: Response, reply: FastifyReply): void {
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
