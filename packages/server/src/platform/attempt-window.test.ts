import { describe, expect, it } from 'vitest';
import { createAttemptWindow } from './attempt-window.ts';

const rule = { window: 60, max: 3 };

describe('attempts within a window', () => {
  it('are allowed up to the limit, and the next one hears how long to wait', () => {
    const { take } = createAttemptWindow();
    for (const second of [0, 10, 20]) expect(take('a', rule, second * 1000).allowed).toBe(true);
    expect(take('a', rule, 25_000)).toEqual({ allowed: false, retryAfter: 35 });
    expect(take('a', rule, 59_999)).toEqual({ allowed: false, retryAfter: 1 });
    expect(take('a', rule, 60_000).allowed).toBe(true);
  });

  it('never add up over many windows, however steadily somebody tries', () => {
    const { take } = createAttemptWindow();
    const allowed = Array.from({ length: 100 }, (_, n) => take('a', rule, n * 25_000).allowed);
    expect(allowed.every(Boolean)).toBe(true);
  });

  it('are counted by key', () => {
    const { take } = createAttemptWindow();
    for (let n = 0; n < 5; n++) take('a', rule, 0);
    expect(take('b', rule, 0).allowed).toBe(true);
    expect(take('a', rule, 0).allowed).toBe(false);
  });

  it('are forgotten when there are very many keys and their time is over', () => {
    const { take } = createAttemptWindow();
    for (let n = 0; n < 20_000; n++) take(`k${n}`, rule, n * 10);
    for (let n = 0; n < 4; n++) take('late', rule, 300_000);
    expect(take('late', rule, 300_000).allowed).toBe(false);
    expect(take('k0', rule, 300_000).allowed).toBe(true);
  });
});
