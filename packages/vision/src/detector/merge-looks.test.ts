import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detection } from './boxes.ts';
import { halvesOf } from './framing.ts';
import { mergeLooks } from './merge-looks.ts';

const size = { width: 1000, height: 500 };
const [left, right] = halvesOf(size);
const person = (x: number, score: number, width = 40): Detection => ({
  x1: x,
  y1: 100,
  x2: x + width,
  y2: 250,
  score,
});
const whole = (...humans: Detection[]) => ({ part: undefined, humans });

describe('several looks at one picture', () => {
  it('leave a single look as it is', () => {
    const humans = [person(100, 0.8), person(300, 0.1)];
    expect(mergeLooks([whole(...humans)], size)).toEqual(humans);
  });

  it('show each person once, with the better box', () => {
    const merged = mergeLooks([whole(person(100, 0.4)), whole(person(104, 0.8))], size);
    expect(merged).toHaveLength(1);
    expect(merged[0]).toMatchObject({ x1: 104 });
  });

  it('keep two people apart whom one look tells apart', () => {
    const two = whole(person(100, 0.8), person(110, 0.7));
    expect(mergeLooks([two, whole(person(102, 0.9))], size)).toHaveLength(2);
    expect(mergeLooks([two, whole(person(100, 0.6), person(110, 0.5))], size)).toHaveLength(2);
  });

  it('add whom only one of them found', () => {
    const merged = mergeLooks([whole(person(100, 0.8)), whole(person(400, 0.3))], size);
    expect(merged.map(({ x1 }) => x1)).toEqual([100, 400]);
  });

  it('do not count half a person where a part was cut', () => {
    const cut = person(left.x2 - 20, 0.9, 20);
    const looks = [whole(), { part: left, humans: [cut] }, { part: right, humans: [] }];
    expect(mergeLooks(looks, size)).toEqual([]);
    const atTheEdge = { part: left, humans: [person(0, 0.9)] };
    expect(mergeLooks([whole(), atTheEdge], size)).toHaveLength(1);
  });

  it('find nobody twice or more often than one look did, whoever is there and in whatever order', () => {
    const finds = fc.array(
      fc.record({ x: fc.nat(900), score: fc.double({ min: 0.04, max: 1, noNaN: true }) }),
      { maxLength: 6 },
    );
    const looks = fc.array(
      finds.map((all) => whole(...all.map(({ x, score }) => person(x, score)))),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(looks, (all) => {
        const merged = mergeLooks(all, size);
        const most = Math.max(...all.map(({ humans }) => humans.length));
        const sum = all.reduce((total, { humans }) => total + humans.length, 0);
        expect(merged.length).toBeGreaterThanOrEqual(most);
        expect(merged.length).toBeLessThanOrEqual(sum);
        const scores = merged.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
      }),
    );
  });
});
