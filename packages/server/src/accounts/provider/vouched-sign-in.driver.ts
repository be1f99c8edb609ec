import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import * as z from 'zod';

/** Where better-auth opens a session for somebody for whose second factor the OpenID provider vouches. */
export const vouchedPath = '/sign-in/vouched';

/**
 * Opens such a session: no second factor of Vigie is asked for. `isProven` says of an id of an account that its person has
 * just been proven within the request.
 */
export const vouchedSignIn = (isProven: (userId: string) => boolean) =>
  ({
    id: 'vouched-sign-in',
    endpoints: {
      signInVouched: createAuthEndpoint(
        vouchedPath,
        { method: 'POST', body: z.object({ userId: z.string() }) },
        async (ctx) => {
          const { userId } = ctx.body;
          const { internalAdapter } = ctx.context;
          const user = isProven(userId) ? await internalAdapter.findUserById(userId) : null;
          if (!user) throw new APIError('UNAUTHORIZED');
          const session = await internalAdapter.createSession(
            userId,
            false,
            { isVouched: true },
            true,
          );
          await setSessionCookie(ctx, { session, user });
          return ctx.json({ token: session.token });
        },
      ),
    },
  }) satisfies BetterAuthPlugin;
