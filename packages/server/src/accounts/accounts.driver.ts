import type { IncomingHttpHeaders } from 'node:http';
import { Role } from '@vigie/contracts/accounts';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { fromNodeHeaders } from 'better-auth/node';
import { username } from 'better-auth/plugins/username';
import { count, eq } from 'drizzle-orm';
import { createAttemptWindow } from '../platform/attempt-window.ts';
import type { Database } from '../platform/database.ts';
import type { SignedIn } from '../platform/http.ts';
import { authAccounts, sessions, users, verifications } from './accounts.tables.ts';

interface DriverOptions {
  db: Database;
  /** Signs the session cookies. */
  secret: string;
  publicUrl: string;
}

/** Local accounts and sessions, kept by better-auth. */
export interface AccountsDriver {
  /** Serves one request of the sign-in protocol, with the caller's address for the rate limit. */
  answer(request: Request, address: string): Promise<Response>;
  identify(headers: IncomingHttpHeaders): Promise<SignedIn | undefined>;
  /** `false` when the user name is taken. */
  createUser(user: {
    username: string;
    name: string;
    role: Role;
    password: string;
  }): Promise<boolean>;
  countUsers(): Promise<number>;
}

/** Header that carries the caller's address to better-auth; what a caller sends in it is overwritten. */
const addressHeader = 'x-vigie-address';

export function createAccountsDriver({ db, secret, publicUrl }: DriverOptions): AccountsDriver {
  const attempts = createAttemptWindow();
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
    user: { additionalFields: { role: { type: 'string', input: false } } },
    plugins: [
      username({ minUsernameLength: 1, maxUsernameLength: 64, usernameValidator: isUsername }),
    ],
    // The browser's Origin must be the host it speaks to, under whatever name the town gives this server.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { '/sign-in/username': { window: 60, max: 40 } },
      // The library's own count ends only after a quiet minute, which a morning behind one address never has.
      customStorage: { consume: async (key, rule) => attempts.take(key, rule, Date.now()) },
    },
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
    identify: async (headers) => {
      const session = await auth.api.getSession({ headers: fromNodeHeaders(headers) });
      const role = Role.safeParse(session?.user.role);
      if (!session || !role.success) return undefined;
      const { id, name } = session.user;
      return { id, name, username: session.user.username ?? id, role: role.data };
    },
    createUser: async ({ username: given, name, role, password }) => {
      const wanted = given.toLowerCase();
      const found = await db.select().from(users).where(eq(users.username, wanted));
      if (found.length > 0) return false;
      const { internalAdapter, password: passwords } = await auth.$context;
      const user = await internalAdapter.createUser(
        {
          name,
          role,
          username: wanted,
          displayUsername: given,
          email: `${wanted}@users.invalid`,
          emailVerified: true,
        },
        { method: 'admin' },
      );
      await internalAdapter.linkAccount({
        userId: user.id,
        accountId: user.id,
        providerId: 'credential',
        password: await passwords.hash(password),
      });
      return true;
    },
    countUsers: async () => (await db.select({ n: count() }).from(users))[0]?.n ?? 0,
  };
}

const isUsername = (name: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u.test(name);
