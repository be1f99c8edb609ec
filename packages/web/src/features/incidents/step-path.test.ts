import type { RemainingPoint } from '@vigie/contracts/report';
import { describe, expect, it } from 'vitest';
import { stepPath } from './step-path.ts';

const point = (seconds: number, min: number, max: number | null): RemainingPoint => ({
  at: '2026-03-02T09:00:00.000Z',
  seconds,
  min,
  max,
  roomsUnknown: max === null ? 1 : 0,
});
const scale = { width: 100, height: 10, seconds: 100, people: 5 };

describe('the curve of people remaining', () => {
  it('goes by steps to the end', () => {
    expect(stepPath([point(0, 5, 5), point(40, 2, 2)], 'min', scale)).toBe('M0 0H40V6H100');
  });

  it('breaks off where no upper limit is known, and never falls to zero there', () => {
    const curve = [point(0, 5, 5), point(40, 2, null), point(60, 0, 0)];
    expect(stepPath(curve, 'max', scale)).toBe('M0 0H40M60 10H100');
  });

  it('is nothing without points', () => {
    expect(stepPath([], 'min', scale)).toBe('');
  });
});
