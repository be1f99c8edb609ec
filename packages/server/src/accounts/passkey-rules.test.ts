import { describe, expect, it } from 'vitest';
import { isFresh, mayChangeWaysIn, passkeyPlaceOf } from './passkey-rules.ts';

describe('the place of passkeys', () => {
  it.each([
    ['https://vigie.ville.fr', { origin: 'https://vigie.ville.fr', rpId: 'vigie.ville.fr' }],
    ['https://vigie:8443/', { origin: 'https://vigie:8443', rpId: 'vigie' }],
    ['http://localhost:8080', { origin: 'http://localhost:8080', rpId: 'localhost' }],
    ['http://vigie.ville.fr', undefined],
    ['https://192.168.1.5', undefined],
    ['https://[fd00::1]', undefined],
    ['http://127.0.0.1:8080', undefined],
  ])('of a public address %s is %o', (publicUrl, place) => {
    expect(passkeyPlaceOf(publicUrl)).toEqual(place);
  });
});

describe('ways into an account', () => {
  it.each([
    { duties: [], hasPasskey: true, may: true },
    { duties: ['second-factor'], hasPasskey: false, may: true },
    { duties: ['second-factor'], hasPasskey: true, may: false },
    { duties: ['password'], hasPasskey: false, may: false },
  ] as const)(
    'change while $duties must be done and a passkey is there ($hasPasskey): $may',
    ({ duties, hasPasskey, may }) => {
      expect(mayChangeWaysIn(duties, { hasPasskey })).toBe(may);
    },
  );

  it.each([
    ['10:09:59', true],
    ['10:10:00', false],
  ])('need no password again at %s when one signed in at 10:00', (time, fresh) => {
    expect(isFresh(new Date('2026-03-29T10:00:00Z'), new Date(`2026-03-29T${time}Z`))).toBe(fresh);
  });
});
