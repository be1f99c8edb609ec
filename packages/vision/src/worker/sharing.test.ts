import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presentWorkers, workerFor } from './sharing.ts';

const names = (kind: string, n: number): string[] =>
  Array.from({ length: n }, (_, i) => `${kind}-${i}`);
const workers = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 8,
});

describe('sharing cameras', () => {
  it('gives every camera to exactly one worker, whatever the order in which they are known', () => {
    fc.assert(
      fc.property(workers, fc.string(), (list, camera) => {
        const chosen = workerFor(camera, list);
        expect(list).toContain(chosen);
        expect(workerFor(camera, [...list].reverse())).toBe(chosen);
      }),
    );
  });

  it('moves only the cameras of a worker that goes', () => {
    fc.assert(
      fc.property(workers, fc.string(), fc.nat(), (list, camera, i) => {
        const gone = list[i % list.length];
        const rest = list.filter((worker) => worker !== gone);
        const before = workerFor(camera, list);
        if (before !== gone) expect(workerFor(camera, rest)).toBe(before);
      }),
    );
  });

  it('takes only cameras for itself when a worker comes', () => {
    fc.assert(
      fc.property(workers, fc.string(), fc.string({ minLength: 1 }), (list, camera, fresh) => {
        const after = workerFor(camera, [...list, fresh]);
        expect([workerFor(camera, list), fresh]).toContain(after);
      }),
    );
  });

  it.each([2, 3, 5])('shares 1,000 cameras among %i workers about evenly', (n) => {
    const list = names('worker', n);
    const shares = list.map(
      (worker) => names('cam', 1000).filter((camera) => workerFor(camera, list) === worker).length,
    );
    for (const share of shares) expect(Math.abs(share - 1000 / n)).toBeLessThan(0.2 * (1000 / n));
  });

  it('leaves a camera to nobody when there is none', () => {
    expect(workerFor('cam', [])).toBeUndefined();
  });
});

describe('the workers that are there', () => {
  const online = { online: true, cameras: [], capacityFps: 0, model: null, models: [] };
  const now = 1_000_000;

  it('are those online, and always we ourselves', () => {
    const heard = new Map([
      ['b', { status: online, at: now - 1000 }],
      ['c', { status: { ...online, online: false }, at: now - 1000 }],
    ]);
    expect(presentWorkers('a', heard, now)).toEqual(['a', 'b']);
    expect(presentWorkers('c', heard, now)).toEqual(['b', 'c']);
  });

  it('are not those whose retained status stands but who have long been silent', () => {
    const heard = new Map([['b', { status: online, at: now - 60_000 }]]);
    expect(presentWorkers('a', heard, now)).toEqual(['a']);
  });
});
