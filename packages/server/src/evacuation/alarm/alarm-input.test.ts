import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Contact,
  faultAfterMs,
  isAlarming,
  releaseMs,
  shownContact,
  UNREAD,
  withReading,
} from './alarm-input.ts';

/** A reading `afterMs` after the one before. */
interface Reading {
  isActive: boolean;
  afterMs: number;
}

function read(readings: readonly Reading[]): { contact: Contact; turns: string[]; at: number } {
  let [contact, at] = [UNREAD, 0];
  const turns: string[] = [];
  for (const { isActive, afterMs } of readings) {
    at += afterMs;
    const result = withReading(contact, isActive, at);
    contact = result.contact;
    if (result.turned) turns.push(result.turned);
  }
  return { contact, turns, at };
}

const every100 = (word: string): Reading[] =>
  [...word].map((sign) => ({ isActive: sign === '!', afterMs: 100 }));
const reading = fc.record({ isActive: fc.boolean(), afterMs: fc.integer({ min: 1, max: 4000 }) });

describe('a contact', () => {
  it.each([
    ['at rest is told of nothing', '....', []],
    ['that closes alarms at once', '...!', ['active']],
    ['that is found active at the first reading alarms', '!', ['active']],
    ['that bounces alarms once', '.!.!!..!.!', ['active']],
    ['that rests for two seconds is at rest', `!${'.'.repeat(21)}`, ['active', 'rest']],
    [
      'that alarms again after its rest is a new alarm',
      `!${'.'.repeat(21)}!`,
      ['active', 'rest', 'active'],
    ],
  ])('%s', (_name, word, turns) => {
    expect(read(every100(word)).turns).toEqual(turns);
  });

  it.each([
    ['normally-open', true, true],
    ['normally-open', false, false],
    ['normally-closed', true, false],
    ['normally-closed', false, true],
  ] as const)('%s that is read closed: %s, alarms: %s', (contact, isClosed, expected) => {
    expect(isAlarming({ contact }, isClosed)).toBe(expected);
  });

  it('that was never read, or not for long, is a fault, whatever was read before', () => {
    expect(shownContact(UNREAD, 0)).toBe('fault');
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1 }), fc.integer({ min: 1 }), (all, more) => {
        const { contact, at } = read(all);
        expect(shownContact(contact, at)).not.toBe('fault');
        expect(shownContact(contact, at + faultAfterMs + more)).toBe('fault');
      }),
    );
  });

  it('never misses an alarm, and turns by turns', () => {
    fc.assert(
      fc.property(fc.array(reading), (all) => {
        const { turns, contact } = read(all);
        expect(turns.includes('active')).toBe(all.some(({ isActive }) => isActive));
        expect(turns.every((turn, i) => turn === (i % 2 === 0 ? 'active' : 'rest'))).toBe(true);
        if (all.at(-1)?.isActive) expect(contact.known).toBe('active');
      }),
    );
  });

  it('alarms once however it bounces within the release time', () => {
    const bounce = fc.array(
      fc.record({
        isActive: fc.boolean(),
        afterMs: fc.integer({ min: 1, max: releaseMs / 20 - 1 }),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(bounce, (all) => {
        expect(read([{ isActive: true, afterMs: 1 }, ...all]).turns).toEqual(['active']);
      }),
    );
  });
});
