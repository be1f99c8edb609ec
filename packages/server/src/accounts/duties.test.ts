import { describe, expect, it } from 'vitest';
import { dutiesOf } from './duties.ts';

const settled = { mustChangePassword: false, hasSecondFactor: false };
const byPassword = { byPasskey: false, isVouched: false };

describe('a second factor', () => {
  it.each([
    ['nobody', 'administrator', false],
    ['nobody', 'warden', false],
    ['administrators', 'administrator', true],
    ['administrators', 'warden', false],
    ['administrators', 'data-protection-officer', false],
    ['everybody', 'administrator', true],
    ['everybody', 'warden', true],
    ['everybody', 'viewer', true],
  ] as const)('asked of %s is a duty of the role %s: %s', (rule, role, isAsked) => {
    expect(dutiesOf({ ...settled, role }, byPassword, rule)).toEqual(
      isAsked ? ['second-factor'] : [],
    );
  });

  it.each([
    ['an app for codes', { hasSecondFactor: true }, {}],
    ['a passkey', {}, { byPasskey: true }],
    ['the word of a provider', {}, { isVouched: true }],
  ])('is there by %s', (_, holder, entrance) => {
    const person = { ...settled, ...holder, role: 'viewer' as const };
    expect(dutiesOf(person, { ...byPassword, ...entrance }, 'everybody')).toEqual([]);
  });

  it('comes after a password of one’s own', () => {
    const person = { ...settled, mustChangePassword: true, role: 'administrator' as const };
    expect(dutiesOf(person, byPassword, 'administrators')).toEqual(['password', 'second-factor']);
  });
});
