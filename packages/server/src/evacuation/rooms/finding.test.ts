import type { Sweep } from '@vigie/contracts/sweeps';
import { describe, expect, it } from 'vitest';
import { isSameFinding, madeAt } from './finding.ts';

const received = new Date('2026-11-24T10:05:00.000Z');
const context = {
  startedAt: '2026-11-24T10:00:00.000Z',
  onDoubt: '2026-11-24T10:00:00.000Z',
};
const own = (at: string, sentAt: string) => ({
  at: `2026-11-24T${at}Z`,
  sentAt: `2026-11-24T${sentAt}Z`,
});

describe('when something was found, by the server’s clock', () => {
  it.each([
    { name: 'sent at once', at: '10:05:00', sentAt: '10:05:00', made: '10:05:00' },
    { name: 'waited two minutes', at: '10:03:00', sentAt: '10:05:00', made: '10:03:00' },
    { name: 'a clock an hour ahead', at: '11:03:00', sentAt: '11:05:00', made: '10:03:00' },
    { name: 'a clock an hour behind', at: '09:03:00', sentAt: '09:05:00', made: '10:03:00' },
    { name: 'a clock set back meanwhile', at: '11:03:00', sentAt: '10:05:00', made: '10:00:00' },
    { name: 'before the incident', at: '09:05:00', sentAt: '10:05:00', made: '10:00:00' },
  ])('$name: $made', ({ at, sentAt, made }) => {
    expect(madeAt(own(at, sentAt), received, context)).toBe(`2026-11-24T${made}.000Z`);
  });
});

describe('a finding that is sent again', () => {
  const sweep: Sweep = {
    what: 'sweep',
    id: 's',
    by: 'ada',
    at: '2026-11-24T10:03:00Z',
    madeAt: context.startedAt,
    receivedAt: context.startedAt,
    roomId: 'hall',
    result: 'clear',
    people: null,
  };

  it('is the same whenever it was received, and another one when it says something else', () => {
    const again = { ...sweep, at: '2026-11-24T10:03:00.000Z', receivedAt: received.toISOString() };
    expect(isSameFinding(sweep, again)).toBe(true);
    expect(isSameFinding(sweep, { ...sweep, result: 'not-entered' })).toBe(false);
    expect(isSameFinding(sweep, { ...sweep, by: 'bob' })).toBe(false);
  });
});
