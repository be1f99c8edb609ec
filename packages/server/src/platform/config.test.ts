import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const ovh = {
  VIGIE_OVH_APP_KEY: 'k',
  VIGIE_OVH_APP_SECRET: 's',
  VIGIE_OVH_CONSUMER_KEY: 'c',
  VIGIE_OVH_SMS_SERVICE: 'sms-1',
};

describe('the settings of messages', () => {
  it.each([
    ['all keys of OVHcloud', ovh],
    ['a gateway that is asked by GET', { VIGIE_SMS_URL: 'https://sms.example/?to={to}&t={text}' }],
    ['a header', { VIGIE_SMS_HEADER: 'Authorization: Bearer x' }],
    ['a key of 24 bytes', { VIGIE_CASE_WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}` }],
    ['nothing but empty ones', { VIGIE_OVH_APP_KEY: '', VIGIE_SMS_URL: '' }],
  ])('may be %s', (_name, given) => {
    expect(() => readConfig(given)).not.toThrow();
  });

  it.each([
    ['a part of OVHcloud’s keys', { ...ovh, VIGIE_OVH_CONSUMER_KEY: '' }, /VIGIE_OVH_SMS_SERVICE/],
    ['a body that is no JSON', { VIGIE_SMS_BODY: 'to={to}' }, /VIGIE_SMS_BODY/],
    ['a header without a value', { VIGIE_SMS_HEADER: 'Authorization' }, /VIGIE_SMS_HEADER/],
    ['a gateway by FTP', { VIGIE_SMS_URL: 'ftp://sms.example' }, /VIGIE_SMS_URL/],
    ['a short key', { VIGIE_CASE_WEBHOOK_SECRET: 'whsec_short' }, /VIGIE_CASE_WEBHOOK_SECRET/],
  ])('are refused with %s, by name and without the value', (_name, given, named) => {
    expect(() => readConfig(given)).toThrow(named);
    expect(() => readConfig(given)).not.toThrow(/whsec_short|to=\{to\}/);
  });
});

describe('the settings of an OpenID provider', () => {
  const provider = {
    VIGIE_OIDC_ISSUER: 'https://id.ville.example/realms/agents',
    VIGIE_OIDC_CLIENT_ID: 'vigie',
    VIGIE_OIDC_CLIENT_SECRET: 'Secret-of-the-client',
    VIGIE_PUBLIC_URL: 'https://vigie.ville.example',
  };

  it.each([
    ['whole', provider],
    ['those of a provider on this machine', { ...provider, VIGIE_OIDC_ISSUER: 'http://[::1]:9' }],
    ['empty', { VIGIE_OIDC_ISSUER: '', VIGIE_OIDC_CLIENT_ID: '' }],
  ])('may be %s', (_name, given) => {
    expect(() => readConfig(given)).not.toThrow();
  });

  it.each([
    ['no issuer', { VIGIE_OIDC_ISSUER: '' }, /VIGIE_OIDC_CLIENT_SECRET: .*all three, or none/],
    ['no name', { VIGIE_OIDC_CLIENT_ID: '' }, /VIGIE_OIDC_CLIENT_SECRET: .*all three, or none/],
    ['no secret', { VIGIE_OIDC_CLIENT_SECRET: '' }, /VIGIE_OIDC_CLIENT_SECRET/],
    ['no address', { VIGIE_OIDC_ISSUER: 'on' }, /VIGIE_OIDC_ISSUER: /],
    ['an open line', { VIGIE_OIDC_ISSUER: 'http://id.ville.example' }, /VIGIE_OIDC_ISSUER: only/],
    ['no way back', { VIGIE_PUBLIC_URL: '' }, /VIGIE_PUBLIC_URL: .*sends people back/],
    ['an open way back', { VIGIE_PUBLIC_URL: 'http://vigie.ville.example' }, /VIGIE_PUBLIC_URL/],
    ['scopes without openid', { VIGIE_OIDC_SCOPES: 'email' }, /openid is missing/],
    [
      'a provider of everybody',
      { VIGIE_OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' },
      /VIGIE_OIDC_ISSUER: .*name the tenant/,
    ],
  ])('are refused with %s, by name and without the secret', (_name, change, named) => {
    expect(() => readConfig({ ...provider, ...change })).toThrow(named);
    expect(() => readConfig({ ...provider, ...change })).not.toThrow(/Secret-of-the-client/);
  });
});
