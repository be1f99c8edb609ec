import * as z from 'zod';
import { NewAccount } from './accounts.ts';

/** `GET /api/v1/auth/provider`: the provider by which people may sign in besides with a password. */
export const ProviderOffer = z.object({
  name: z.string().nullable().describe('Shown on the button; null: there is none'),
  isProConnect: z.boolean().describe('The button follows the rules of ProConnect'),
});
export type ProviderOffer = z.infer<typeof ProviderOffer>;

/**
 * Body of `POST /api/v1/accounts/invitations`: the first one who comes by the provider with this verified address gets the
 * account. Addresses count without upper case.
 */
export const ProviderInvitation = NewAccount.omit({ username: true }).extend({
  email: z.email().max(120).toLowerCase(),
});
export type ProviderInvitation = z.infer<typeof ProviderInvitation>;

/** Answer to `POST /api/v1/auth/sign-out`. */
export const SignedOut = z.object({
  ok: z.literal(true),
  goTo: z.url().nullable().describe('Ends the session at the provider, too; null: there is none'),
});
export type SignedOut = z.infer<typeof SignedOut>;
