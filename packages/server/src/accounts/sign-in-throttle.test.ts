import { describe, expect, it } from 'vitest';
import {
  type Failures,
  subscriberOf,
  waitBeforeAttempt,
  waitBeforeLockout,
} from './sign-in-throttle.ts';

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

describe('before a directory that locks after ten wrong passwords', () => {
  it.each([
    { name: 'strangers have four', failures: every(minute, 3), isFamiliar: false, wait: 0 },
    {
      name: 'strangers wait then until it forgets',
      failures: every(minute, 4),
      isFamiliar: false,
      wait: 30 * minute - 1000,
    },
    {
      name: 'the person has what they left',
      failures: every(minute, 8),
      isFamiliar: true,
      wait: 0,
    },
    {
      name: 'nobody has a tenth',
      failures: every(minute, 9),
      isFamiliar: true,
      wait: 30 * minute - 1000,
    },
    {
      name: 'a slow guesser is counted as it counts him',
      failures: every(29 * minute, 4),
      isFamiliar: false,
      wait: 30 * minute - 1000,
    },
    {
      name: 'what it has forgotten counts no more',
      failures: [...every(minute, 3), ...every(30 * minute, 9).map((at) => at - 40 * minute)],
      isFamiliar: false,
      wait: 0,
    },
    {
      name: 'half an hour of quiet frees everybody',
      failures: every(minute, 9).map((at) => at - 30 * minute),
      isFamiliar: false,
      wait: 0,
    },
    { name: 'a first attempt is free', failures: [], isFamiliar: false, wait: 0 },
  ])('$name', ({ failures, isFamiliar, wait }) => {
    expect(waitBeforeLockout(failures, { attempts: 10, isFamiliar, now })).toBe(wait);
  });
});
