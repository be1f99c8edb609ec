import { describe, expect, it } from 'vitest';
import { Instant } from './time.ts';

describe('a moment', () => {
  it.each([
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00.000001Z',
    '2026-03-29T02:30:00+02:00',
    '9999-12-31T23:59:59.999Z',
  ])('may be %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(true);
  });

  it.each([
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59-23:59',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00',
  ])('is not %s', (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});
