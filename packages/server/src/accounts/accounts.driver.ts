import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import { Username } from '@vigie/contracts/accounts';
import { longestPassword } from '@vigie/contracts/password-policy';
import { type BetterAuthPlugin, betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { verifyPassword } from 'better-auth/crypto';
import { fromNodeHeaders } from 'better-auth/node';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { username } from 'better-auth/plugins/username';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Database } from '../platform/database.ts';
import { InvalidInput, messageOf } from '../platform/errors.ts';
import { authAccounts, sessions, twoFactors, users, verifications } from './accounts.tables.ts';
import { directoryMark } from './directory-people.store.ts';
import type { Entrance } from './duties.ts';
import { isMark } from './provider/provider-people.store.ts';

interface DriverOptions {
  db: Database;
  /** Signs the session cookies. */
  secret: string;
  publicUrl: string;
  /** Whether the directory takes this password for the person of this id. @throws VigieError when it cannot say. */
  prove(directoryId: string, password: string): Promise<boolean>;
}

/** What better-auth is asked: where, and with what body. */
export interface Question {
  path: string;
  body?: object;
  /** Who of the directory has just proven who he is: it is not asked twice. Or the mark of who came from the provider. */
  proven?: string | undefined;
  /** A link of another site led here: of what the browser sends only its own name counts. */
  isArrival?: boolean;
}

/** A session that lasts. */
interface FoundSession extends Entrance {
  id: string;
  userId: string;
  createdAt: Date;
}

/** Local accounts, sessions and second factors, kept by better-auth. */
export interface AccountsDriver {
  /** Asks in the name of whoever sent the request, with its cookies and its address, which a session keeps. */
  answer(request: FastifyRequest, question: Question): Promise<Response>;
  /** Signs in whoever has shown two factors at once: the answer sets the cookies of a new session. */
  openSession(request: FastifyRequest, userId: string, entrance: Entrance): Promise<Response>;
  /** Whether this is the password of whoever sent the request: 200, or better-auth's refusal. */
  provePassword(request: FastifyRequest, password: string): Promise<Response>;
  /** How many backup codes are left of a second factor. */
  countBackupCodes(userId: string): Promise<number>;
  /** The session that the cookies name; `undefined` without one that lasts. */
  findSession(headers: IncomingHttpHeaders): Promise<FoundSession | undefined>;
  hash(password: string): Promise<string>;
}

/** Header that carries the caller's address to better-auth; what a caller sends in it is overwritten. */
const addressHeader = 'x-vigie-address';
const basePath = '/api/v1/auth';

export function createAccountsDriver(options: DriverOptions): AccountsDriver {
  const { db, secret, publicUrl } = options;
  /** The id of who has proven himself within the request that is being answered. */
  const proven = new AsyncLocalStorage<string | undefined>();
  const auth = betterAuth({
    appName: 'Vigie',
    basePath,
    baseURL: publicUrl,
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: authAccounts,
        verification: verifications,
        twoFactor: twoFactors,
      },
    }),
    // The length is a matter of the town's policy, which was asked before.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: longestPassword,
      password: {
        verify: async ({ hash, password }) => {
          if (isMark(hash)) return proven.getStore() === hash;
          if (!hash.startsWith(directoryMark)) return verifyPassword({ hash, password });
          const id = hash.slice(directoryMark.length);
          return proven.getStore() === id || askDirectory(options.prove(id, password));
        },
      },
    },
    // It wants to know every column that has no default.
    user: { additionalFields: { role: { type: 'string', input: false } } },
    session: {
      additionalFields: {
        byPasskey: { type: 'boolean', input: false, defaultValue: false },
        isVouched: { type: 'boolean', input: false, defaultValue: false },
      },
    },
    plugins: [
      username({ minUsernameLength: 1, maxUsernameLength: 64, usernameValidator: isUsername }),
      twoFactor({ issuer: 'Vigie' }),
      provenSessions,
    ],
    // The browser's Origin must be the host it speaks to, under whatever name the town gives this server.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    // Ours is in `sign-in-throttle.ts`: by account and address, and kept through a restart.
    rateLimit: { enabled: false },
    advanced: {
      useSecureCookies: publicUrl.startsWith('https:'),
      cookiePrefix: 'vigie',
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
  });

  return {
    answer: (request, question) =>
      proven.run(question.proven, () => auth.handler(webRequest(request, question))),
    openSession: (request, userId, entrance) =>
      auth.api.openProvenSession({
        body: { userId, ...entrance },
        headers: headersOf(request),
        asResponse: true,
      }),
    provePassword: (request, password) =>
      auth.api.verifyPassword({
        body: { password },
        headers: headersOf(request),
        asResponse: true,
      }),
    countBackupCodes: async (userId) =>
      (await auth.api.viewBackupCodes({ body: { userId } })).backupCodes.length,
    findSession: async (headers) => {
      const found = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
      if (!found) return undefined;
      const { id, createdAt, byPasskey, isVouched } = found.session;
      return { id, userId: found.user.id, createdAt, byPasskey, isVouched };
    },
    hash: async (password) => (await auth.$context).password.hash(password),
  };
}

/** better-auth turns only errors of its own into answers. */
async function askDirectory(proof: Promise<boolean>): Promise<boolean> {
  try {
    return await proof;
  } catch (error) {
    throw new APIError('SERVICE_UNAVAILABLE', {
      code: 'DIRECTORY_AWAY',
      message: messageOf(error),
    });
  }
}

const Proven = z.object({ userId: z.string(), byPasskey: z.boolean(), isVouched: z.boolean() });

/** Sessions of those of whom no second factor is asked any more. No address leads to it: only we ask. */
const provenSessions = {
  id: 'proven-sessions',
  endpoints: {
    openProvenSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: Proven },
      async (context) => {
        const { internalAdapter } = context.context;
        const { userId, ...entrance } = context.body;
        const user = await internalAdapter.findUserById(userId);
        if (!user) throw new APIError('UNAUTHORIZED');
        const session = await internalAdapter.createSession(user.id, false, entrance, true);
        await setSessionCookie(context, { session, user });
        return context.json({ ok: true });
      },
    ),
  },
} satisfies BetterAuthPlugin;

function headersOf(request: FastifyRequest, isArrival = false): Headers {
  const { 'user-agent': agent = '' } = request.headers;
  const headers = isArrival
    ? new Headers({ 'user-agent': agent })
    : fromNodeHeaders(request.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  headers.set(addressHeader, request.ip);
  return headers;
}

/** better-auth speaks the web's Request. @throws InvalidInput */
function webRequest(request: FastifyRequest, { path, body = {}, isArrival }: Question): Request {
  const headers = headersOf(request, isArrival);
  const origin = `${request.protocol}://${request.host}`;
  if (!URL.canParse(origin))
    throw new InvalidInput(
      'input/invalid',
      `${request.host} is no host. Open Vigie by its address.`,
    );
  const url = new URL(basePath + path, origin);
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

const isUsername = (name: string): boolean => Username.safeParse(name).success;
