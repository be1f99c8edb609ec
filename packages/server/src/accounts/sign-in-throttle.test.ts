import { describe, expect, it } from 'vitest';
import { type Failures, subscriberOf, waitBeforeAttempt } from './sign-in-throttle.ts';

const now = Date.UTC(2026, 2, 29, 12);
const minute = 60_000;
const hour = 60 * minute;
const none: Failures = { pair: [], account: [], address: [] };
/** So many failures, one each so many milliseconds, the newest a second ago. */
const every = (stepMs: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => now - 1000 - i * stepMs);

describe('the throttle of sign-ins', () => {
  it.each<{ name: string; failures: Partial<Failures>; isFamiliar?: boolean; wait: number }>([
    { name: 'lets a first attempt through', failures: {}, wait: 0 },
    { name: 'lets four slips pass', failures: { pair: every(0, 4) }, wait: 0 },
    {
      name: 'holds the sixth quick attempt',
      failures: { pair: every(0, 5) },
      wait: 5 * minute - 1000,
    },
    {
      name: 'frees a place as the oldest of five leaves the window',
      failures: { pair: every(minute, 5) },
      wait: minute - 1000,
    },
    { name: 'lets slow slips pass', failures: { pair: every(2 * minute, 24) }, wait: 0 },
    {
      name: 'ends at 25 a day, however slowly they come',
      failures: { pair: every(30 * minute, 25) },
      wait: 12 * hour - 1000,
    },
    {
      name: 'holds strangers when strangers try an account',
      failures: { account: every(0, 25) },
      wait: hour - 1000,
    },
    {
      name: 'does not hold the colleague at a familiar address for what strangers do',
      failures: { account: every(0, 100) },
      isFamiliar: true,
      wait: 0,
    },
    {
      name: 'holds the colleague for slips of his own',
      failures: { pair: every(0, 5), account: every(0, 100) },
      isFamiliar: true,
      wait: 5 * minute - 1000,
    },
    {
      name: 'holds an address that tries account after account, familiar or not',
      failures: { address: every(0, 100) },
      isFamiliar: true,
      wait: hour - 1000,
    },
    {
      name: 'lets thirty colleagues behind one address slip three times each',
      failures: { address: every(0, 90) },
      wait: 0,
    },
  ])('$name', ({ failures, isFamiliar = false, wait }) => {
    expect(waitBeforeAttempt({ ...none, ...failures }, { isFamiliar, now })).toBe(wait);
  });
});

describe('the subscriber of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:aaaa::', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, subscriber) => {
    expect(subscriberOf(address)).toBe(subscriber);
  });
});
