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
