import { describe, expect, it } from 'vitest';
import { eventTime } from './event-time.ts';

const received = new Date('2026-03-10T12:00:00Z');
const shifted = (ms: number) => new Date(received.getTime() + ms);
const hour = 3_600_000;

describe('the time of an event', () => {
  it.each([
    ['now', 0, 'ok'],
    ['an hour late', -hour, 'ok'],
    ['exactly 48 h late', -48 * hour, 'ok'],
    ['more than 48 h late', -48 * hour - 1, 'too-old'],
    ['two minutes ahead', 120_000, 'ok'],
    ['more than two minutes ahead', 120_001, 'in-future'],
    ['ten years ahead', 87_600 * hour, 'in-future'],
    ['a clock that lost its battery', -30 * 365 * 24 * hour, 'too-old'],
  ])('%s', (_name, offset, flag) => {
    const expected = flag === 'ok' ? shifted(offset) : received;
    expect(eventTime(shifted(offset), received)).toEqual({ at: expected, flag });
  });
});
