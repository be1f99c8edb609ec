import { Username } from '@vigie/contracts/accounts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { invitedUntil, usernameFrom } from './invitation.ts';
import { personFrom } from './provider-claims.ts';
import { type ProviderSettings, providerSettingsFrom } from './provider-settings.ts';
import { pathWith, returnPathOf } from './return-path.ts';

const given = {
  VIGIE_OIDC_ISSUER: 'https://id.ville.example/realms/agents',
  VIGIE_OIDC_CLIENT_ID: 'vigie',
  VIGIE_OIDC_CLIENT_SECRET: 'secret',
  VIGIE_PUBLIC_URL: 'https://vigie.ville.example',
};
function settingsFrom(change: Record<string, string> = {}): ProviderSettings {
  const settings = providerSettingsFrom(readConfig({ ...given, ...change }));
  if (!settings) throw new Error('no provider is set');
  return settings;
}
const proConnect = settingsFrom({ VIGIE_OIDC_PROVIDER: 'proconnect' });

describe('the settings of a provider', () => {
  it('are none without an issuer', () => {
    expect(providerSettingsFrom(readConfig({}))).toBeUndefined();
  });

  it('ask for little, and believe what is said to be verified', () => {
    expect(settingsFrom()).toMatchObject({
      name: 'id.ville.example',
      scopes: 'openid email',
      levels: [],
      trustsEmail: false,
      signsUserInfo: false,
    });
  });

  it('of ProConnect bring what it demands, and give way to what is set', () => {
    expect(proConnect).toMatchObject({
      name: 'ProConnect',
      scopes: 'openid given_name usual_name email uid siret',
      trustsEmail: true,
      signsUserInfo: true,
    });
    const change = {
      VIGIE_OIDC_PROVIDER: 'proconnect',
      VIGIE_OIDC_SCOPES: 'openid email',
      VIGIE_OIDC_EMAIL: 'verified',
      VIGIE_OIDC_ACR: ' eidas2  eidas3',
    };
    expect(settingsFrom(change)).toMatchObject({
      scopes: 'openid email',
      trustsEmail: false,
      levels: ['eidas2', 'eidas3'],
    });
  });
});

describe('who comes', () => {
  const idClaims = { iss: given.VIGIE_OIDC_ISSUER, sub: 's', aud: 'vigie' };
  const read = (claims: object, { info, ...change }: { info?: object; trusted?: boolean } = {}) =>
    personFrom({ ...idClaims, ...claims }, info && { ...idClaims, ...info }, {
      ...settingsFrom(),
      ...(change.trusted ? { trustsEmail: true } : {}),
    });
  const email = 'anna@ville.example';

  it.each([
    { why: 'it is said', claims: { email, email_verified: true }, verified: true },
    { why: 'it is said as a text', claims: { email, email_verified: 'true' }, verified: true },
    { why: 'nothing is said', claims: { email }, verified: false },
    { why: 'nothing is said by who is trusted', claims: { email }, trusted: true, verified: true },
    {
      why: 'it is denied by who is trusted',
      claims: { email, email_verified: false },
      trusted: true,
      verified: false,
    },
    {
      why: 'nonsense is said by who is trusted',
      claims: { email, email_verified: 'perhaps' },
      trusted: true,
      verified: false,
    },
    {
      why: 'there is no address',
      claims: { email_verified: true },
      trusted: true,
      verified: false,
    },
    {
      why: 'the address is no address',
      claims: { email: 'anna', email_verified: true },
      verified: false,
    },
    {
      why: 'a letter only looks like another one in lower case',
      claims: { email: '\u212Aarl@ville.example', email_verified: true },
      verified: false,
    },
    {
      why: 'one answer has the address and the other the word',
      claims: { email_verified: true },
      info: { email },
      verified: false,
    },
  ])('has a verified address: $verified, since $why', ({ claims, verified, ...rest }) => {
    expect(read(claims, rest)).toMatchObject({ person: { isEmailVerified: verified } });
  });

  it('is in lower case, and of the userinfo rather than the ID token', () => {
    expect(read({ email: 'old@ville.example' }, { info: { email: 'Anna@Ville.example' } })).toEqual(
      {
        person: expect.objectContaining({ email }),
      },
    );
  });

  it.each([
    [{ acr: 'eidas1' }, false],
    [{ acr: 'eidas2' }, true],
    [{ acr: 'https://proconnect.gouv.fr/assurance/self-asserted-2fa' }, true],
    [{ amr: ['pwd', 'mail'] }, false],
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ amr: 'mfa' }, false],
    [{}, false],
  ])('with %j has given two factors to ProConnect: %s', (claims, hasSecondFactor) => {
    expect(personFrom({ ...idClaims, ...claims }, idClaims, proConnect)).toMatchObject({
      person: { hasSecondFactor },
    });
  });

  it('is below the level that is asked for when no level is given', () => {
    const settings = settingsFrom({ VIGIE_OIDC_ACR: 'eidas2' });
    expect(personFrom(idClaims, undefined, settings)).toEqual({ refusal: 'level' });
  });
});

describe('the page on which people go on', () => {
  it('is one of Vigie, whatever was asked for', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '.',
      ':',
      '@',
      '%2f',
      'evil.example',
      '\t',
      '#',
      '?',
      'api',
    );
    fc.assert(
      fc.property(
        fc.array(parts).map((some) => some.join('')),
        (wanted) => {
          const url = new URL(returnPathOf(wanted), 'https://vigie.ville.example');
          expect(url.origin).toBe('https://vigie.ville.example');
          expect(url.pathname.startsWith('/api/')).toBe(false);
        },
      ),
    );
  });

  it('keeps its query beside a word for it', () => {
    expect(pathWith('/parking?zone=a', 'refused', 'x/y')).toBe('/parking?zone=a&refused=x%2Fy');
  });
});

describe('an invitation', () => {
  it('makes a user name of every address that can be invited', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const name = usernameFrom(address);
        expect(Username.safeParse(name).success).toBe(true);
      }),
    );
    expect(usernameFrom("anne.d'arc+x@ville.example")).toBe('anne.d-arc-x@ville.example');
  });

  it('is open for thirty days', () => {
    expect(invitedUntil(new Date('2026-03-01T10:00:00Z'))).toEqual(
      new Date('2026-03-31T10:00:00Z'),
    );
  });
});
