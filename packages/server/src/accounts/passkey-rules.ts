import type { Duty } from '@vigie/contracts/accounts';

/** How long a challenge may be answered, in milliseconds. */
export const challengeMs = 5 * 60_000;

/** So long after signing in nobody is asked for the password again, in milliseconds. */
const freshMs = 10 * 60_000;

/** Where passkeys hold: pages of this origin, and the name in it to which authenticators bind them. */
export interface PasskeyPlace {
  origin: string;
  rpId: string;
}

/**
 * `undefined`: there are none at this public address, because browsers make them only over https and for a name, or on the
 * machine itself. Source: WebAuthn Level 3, sections 5.1.3 (secure contexts) and 4 (an RP ID is a domain, not an IP address).
 */
export function passkeyPlaceOf(publicUrl: string): PasskeyPlace | undefined {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isLocal = hostname === 'localhost';
  const isAddress = /^[\d.]+$|^\[/.test(hostname);
  if (isAddress || (protocol !== 'https:' && !isLocal)) return undefined;
  return { origin, rpId: hostname };
}

/** `true`: whoever sits at the page signed in just now. */
export const isFresh = (signedInAt: Date, now: Date): boolean =>
  now.getTime() - signedInAt.getTime() < freshMs;

/**
 * `true`: the session may add or remove ways into the account. One that knows but the password may not where more is asked
 * for and there is more: a drawn password is to be changed, a passkey to be shown first.
 */
export const mayChangeWaysIn = (
  duties: readonly Duty[],
  { hasPasskey }: { hasPasskey: boolean },
): boolean => !duties.includes('password') && !(duties.includes('second-factor') && hasPasskey);
