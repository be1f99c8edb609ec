/** What the configuration says of an OpenID provider. */
interface GivenSettings {
  VIGIE_OIDC_ISSUER?: string | undefined;
  VIGIE_OIDC_CLIENT_ID?: string | undefined;
  VIGIE_OIDC_CLIENT_SECRET?: string | undefined;
  VIGIE_OIDC_PROVIDER: 'generic' | 'proconnect';
  VIGIE_OIDC_NAME?: string | undefined;
  VIGIE_OIDC_SCOPES?: string | undefined;
  VIGIE_OIDC_ACR?: string | undefined;
  VIGIE_OIDC_EMAIL?: 'verified' | 'trusted' | undefined;
}

/** An OpenID provider, and how far it is believed. */
export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the button. */
  name: string;
  isProConnect: boolean;
  /** With spaces between. */
  scopes: string;
  /** `acr` that are let in; empty: any. */
  levels: readonly string[];
  /** `acr` that only who gave two factors has. */
  twoFactorLevels: readonly string[];
  /** A mail address counts although `email_verified` is missing. */
  trustsEmail: boolean;
  /** What it says of people is a signed JWT, and nothing else is believed. */
  signsUserInfo: boolean;
}

/**
 * What ProConnect gives to every service, and its levels with two factors. Its identity providers vouch for professional mail
 * addresses, so `email_verified` is not among its claims.
 * Source: ProConnect, documentation for service providers: "Données fournies", "Double authentification".
 */
const proConnect = {
  name: 'ProConnect',
  scopes: 'openid given_name usual_name email uid siret',
  twoFactorLevels: [
    'eidas2',
    'eidas3',
    'https://proconnect.gouv.fr/assurance/self-asserted-2fa',
    'https://proconnect.gouv.fr/assurance/consistency-checked-2fa',
  ],
};

/** The provider that the configuration names; `undefined`: none. */
export function providerSettingsFrom(given: GivenSettings): ProviderSettings | undefined {
  const { VIGIE_OIDC_ISSUER: issuer, VIGIE_OIDC_CLIENT_ID: clientId } = given;
  const { VIGIE_OIDC_CLIENT_SECRET: clientSecret, VIGIE_OIDC_EMAIL: email } = given;
  if (!issuer || !clientId || !clientSecret) return undefined;
  const isProConnect = given.VIGIE_OIDC_PROVIDER === 'proconnect';
  const usual = isProConnect
    ? proConnect
    : { name: new URL(issuer).host, scopes: 'openid email', twoFactorLevels: [] };
  return {
    issuer,
    clientId,
    clientSecret,
    isProConnect,
    name: given.VIGIE_OIDC_NAME ?? usual.name,
    scopes: given.VIGIE_OIDC_SCOPES ?? usual.scopes,
    levels: given.VIGIE_OIDC_ACR?.split(' ').filter((level) => level !== '') ?? [],
    twoFactorLevels: usual.twoFactorLevels,
    trustsEmail: (email ?? (isProConnect ? 'trusted' : 'verified')) === 'trusted',
    signsUserInfo: isProConnect,
  };
}
