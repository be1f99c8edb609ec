import { describe, expect, it } from 'vitest';
import type { Picture } from '../detector/detector.ts';
import { pixelate } from './pixelate.ts';
import { isDue, looked, type Sampling } from './sampling.ts';
import { viewOf } from './view.ts';

const size = { width: 160, height: 120 };

function pictureOf(colour: (x: number, y: number) => number): Picture {
  const rgb = new Uint8Array(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      rgb.fill(colour(x, y), (y * size.width + x) * 3, (y * size.width + x) * 3 + 3);
    }
  }
  return { rgb, size };
}

describe('pixelating', () => {
  const checks = (x: number, y: number): number => ((x + y) % 2 === 0 ? 0 : 255);
  const at = ({ rgb }: Picture, x: number, y: number): number =>
    rgb[(y * size.width + x) * 3] ?? -1;

  it('leaves no detail within the box and its margin, and everything outside as it was', () => {
    const picture = pictureOf(checks);
    pixelate(picture, [{ x1: 60, y1: 40, x2: 100, y2: 80 }]);
    for (let y = 30; y < 90; y++) {
      for (let x = 50; x < 110; x++) expect([127, 128]).toContain(at(picture, x, y));
    }
    expect(at(picture, 20, 20)).toBe(checks(20, 20));
    expect(at(picture, 140, 60)).toBe(checks(140, 60));
  });

  it('shows a person by at most five squares across, however large', () => {
    const picture = pictureOf((x) => x);
    pixelate(picture, [{ x1: 40, y1: 0, x2: 120, y2: 120 }]);
    const colours = new Set(Array.from({ length: 100 }, (_, i) => at(picture, 25 + i, 60)));
    expect(colours.size).toBeLessThanOrEqual(6);
  });

  it('takes boxes that reach over the border, and ones of no size', () => {
    const picture = pictureOf(checks);
    pixelate(picture, [
      { x1: -50, y1: -50, x2: 10, y2: 10 },
      { x1: 150, y1: 100, x2: 400, y2: 400 },
      { x1: 80, y1: 80, x2: 80, y2: 80 },
    ]);
    expect(Math.abs(at(picture, 2, 2) - 127)).toBeLessThan(10);
    expect(Math.abs(at(picture, 158, 118) - 127)).toBeLessThan(10);
  });
});

describe('the view as a whole', () => {
  it.each([
    { name: 'a black picture', colour: () => 0, mean: 0, spread: 0 },
    { name: 'a grey picture', colour: () => 90, mean: 90, spread: 0 },
    {
      name: 'half black, half white',
      colour: (x: number) => (x < 80 ? 0 : 255),
      mean: 127.5,
      spread: 127.5,
    },
  ])('of $name', ({ colour, mean, spread }) => {
    const view = viewOf(pictureOf(colour));
    expect(view.meanLuma).toBeCloseTo(mean, 0);
    expect(view.spread).toBeCloseTo(spread, 0);
  });
});

describe('the rate of looks', () => {
  /** Looks taken from frames at these times. */
  function taken(frames: readonly number[], intervalMs: number): number {
    let sampling: Sampling = { dueAt: 0 };
    return frames.filter((now) => {
      if (!isDue(sampling, now, intervalMs)) return false;
      sampling = looked(sampling, now, intervalMs);
      return true;
    }).length;
  }
  const every = (ms: number, jitter = 0): number[] =>
    Array.from(
      { length: Math.round(10_000 / ms) },
      (_, i) => 1000 + i * ms + ((i * 7919) % 13) * jitter,
    );

  it.each([
    { name: 'a camera of 25 frames a second', frames: every(40), looks: 50 },
    { name: 'a camera as fast as the rate', frames: every(200), looks: 50 },
    { name: 'a camera as fast as the rate, trembling', frames: every(200, 3), looks: 50 },
    { name: 'a slow camera', frames: every(1000), looks: 10 },
  ])('of $name at five a second is right', ({ frames, looks }) => {
    expect(Math.abs(taken(frames, 200) - looks)).toBeLessThanOrEqual(1);
  });
});
