import * as z from 'zod';
import type { ProviderSettings } from './provider-settings.ts';

/** Somebody whom the provider knows. */
export interface ProvenPerson {
  /** Issuer and subject together are one person for ever. */
  issuer: string;
  subject: string;
  /** In lower case; `undefined`: none that can be read. */
  email: string | undefined;
  /** The provider says that the address is his. */
  isEmailVerified: boolean;
  /** He gave two factors there. */
  hasSecondFactor: boolean;
}

/** A person, or why what was said is not enough: `unsigned` by the provider for us, or below the `level` that is asked for. */
export type Reading = { person: ProvenPerson } | { refusal: 'unsigned' | 'level' };

/** Claims of the ID token, whose signature, issuer, audience, nonce and times were checked. */
const IdClaims = z.object({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  acr: z.string().optional().catch(undefined),
  amr: z.array(z.string()).optional().catch(undefined),
});

/** Source: OpenID Connect Core 1.0, 5.1. Some providers write `email_verified` as a text. */
const EmailClaims = z.object({
  // Only plain letters: others become plain ones in lower case, and somebody else's address.
  email: z.email().max(120).toLowerCase().optional().catch(undefined),
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(false),
});

/**
 * Who comes, from the claims of the ID token and those of the userinfo (`undefined`: the provider has none). Both are of the
 * same subject.
 */
export function personFrom(
  idClaims: object,
  userInfo: object | undefined,
  settings: ProviderSettings,
): Reading {
  const { iss, sub, acr, amr = [] } = IdClaims.parse(idClaims);
  if (settings.signsUserInfo && !isForUs(userInfo, iss, settings)) return { refusal: 'unsigned' };
  const { levels, twoFactorLevels } = settings;
  if (levels.length > 0 && !levels.includes(acr ?? '')) return { refusal: 'level' };
  const { email, email_verified } = EmailClaims.parse(
    userInfo && 'email' in userInfo ? userInfo : idClaims,
  );
  return {
    person: {
      issuer: iss,
      subject: sub,
      email,
      isEmailVerified: email !== undefined && (email_verified ?? settings.trustsEmail),
      hasSecondFactor: amr.includes('mfa') || twoFactorLevels.includes(acr ?? ''),
    },
  };
}

/** A signed userinfo says who made it, and for whom: another service's would have a good signature, too. */
function isForUs(
  userInfo: object | undefined,
  issuer: string,
  { clientId }: ProviderSettings,
): boolean {
  const { iss, aud } = (userInfo ?? {}) as { iss?: unknown; aud?: unknown };
  return iss === issuer && [aud].flat().includes(clientId);
}
