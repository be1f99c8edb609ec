import type { PasskeyOffer } from '@vigie/contracts/passkeys';

/**
 * Why passkeys cannot be used on a page: plain http; no public address that allows them; another address than the public one;
 * a browser without them.
 */
export type PasskeyHindrance = 'insecure' | 'no-address' | 'elsewhere' | 'unsupported';

/** The page that is open. */
export interface OpenPage {
  origin: string;
  /** https, or the machine itself. */
  isSecure: boolean;
  /** The browser has passkeys, and writes them as JSON. */
  hasPasskeys: boolean;
}

/** `undefined`: nothing hinders. */
export function hindranceOf(
  { origin }: PasskeyOffer,
  page: OpenPage,
): PasskeyHindrance | undefined {
  if (!page.isSecure && !origin?.startsWith('https:')) return 'insecure';
  if (origin === null || (isLocal(origin) && !isLocal(page.origin))) return 'no-address';
  if (page.origin !== origin) return 'elsewhere';
  return page.hasPasskeys ? undefined : 'unsupported';
}

const isLocal = (origin: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
