import { describe, expect, it } from 'vitest';
import { createIntake } from './intake.ts';

describe('the intake', () => {
  it('gathers what arrives while a batch is taken, and never takes twice at once', async () => {
    const batches: number[][] = [];
    let running = 0;
    const intake = createIntake<number>(async (items) => {
      expect(++running).toBe(1);
      batches.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    });
    await Promise.all(Array.from({ length: 100 }, (_, n) => intake.add(n)));
    expect(batches.flat()).toEqual(Array.from({ length: 100 }, (_, n) => n));
    expect(batches.length).toBeLessThanOrEqual(2);
  });

  it('does not let one bad item hold up the others', async () => {
    const taken: number[] = [];
    const intake = createIntake<number>(async (items) => {
      if (items.includes(3)) throw new Error('three is bad');
      taken.push(...items);
    });
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => intake.add(n)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(taken).toEqual([1, 2, 4]);
  });

  it('never takes more than the largest batch', async () => {
    const sizes: number[] = [];
    const intake = createIntake<number>(async (items) => void sizes.push(items.length), 10);
    await Promise.all(Array.from({ length: 35 }, (_, n) => intake.add(n)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10);
    await intake.idle();
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(35);
  });
});
