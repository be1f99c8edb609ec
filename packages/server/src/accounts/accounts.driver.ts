import type { IncomingHttpHeaders } from 'node:http';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { fromNodeHeaders } from 'better-auth/node';
import { username } from 'better-auth/plugins/username';
import type { Database } from '../platform/database.ts';
import { authAccounts, sessions, users, verifications } from './accounts.tables.ts';

interface DriverOptions {
  db: Database;
  /** Signs the session cookies. */
  secret: string;
  publicUrl: string;
}

/** Local accounts and sessions, kept by better-auth. */
export interface AccountsDriver {
  /** Serves one request of the sign-in protocol, with the caller's address, which the session keeps. */
  answer(request: Request, address: string): Promise<Response>;
  /** The id of the user whose session the cookies name; `undefined` without a session that lasts. */
  findSession(headers: IncomingHttpHeaders): Promise<{ userId: string } | undefined>;
  hash(password: string): Promise<string>;
}

/** Header that carries the caller's address to better-auth; what a caller sends in it is overwritten. */
const addressHeader = 'x-vigie-address';

export function createAccountsDriver({ db, secret, publicUrl }: DriverOptions): AccountsDriver {
  const auth = betterAuth({
    basePath: '/api/v1/auth',
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
      },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    // It wants to know every column that has no default.
    user: { additionalFields: { role: { type: 'string', input: false } } },
    plugins: [
      username({ minUsernameLength: 1, maxUsernameLength: 64, usernameValidator: isUsername }),
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
    answer: (request, address) => {
      request.headers.set(addressHeader, address);
      return auth.handler(request);
    },
    findSession: async (headers) => {
      const found = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
      return found ? { userId: found.user.id } : undefined;
    },
    hash: async (password) => (await auth.$context).password.hash(password),
  };
}

const isUsername = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u.test(name);
