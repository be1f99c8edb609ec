import { describe, expect, it } from 'vitest';
import { type LampFace, lightAt } from './lamp.ts';

/** Every light of half a minute, sampled as a driver would. */
const halfMinute = (face: LampFace) =>
  Array.from({ length: 600 }, (_, i) => lightAt(face, 1_780_000_000_000 + i * 50));
const strength = (light: readonly number[]) => Math.max(...light);

describe('the lamp', () => {
  it('gives the colour of the day, steadily', () => {
    const lights = halfMinute({ kind: 'day', colour: '#b95d00' });
    expect(new Set(lights.map(String))).toEqual(new Set(['185,93,0']));
  });

  it('is dark in black, with a short white flash that a dead lamp does not have', () => {
    const lights = halfMinute({ kind: 'overstay' });
    const lit = lights.filter((light) => strength(light) > 0);
    expect(lit.length).toBeGreaterThan(5);
    expect(lit.length).toBeLessThan(lights.length / 20);
    expect(new Set(lit.map(String))).toEqual(new Set(['255,255,255']));
  });

  it('breathes faintly while the space is free', () => {
    const strengths = halfMinute({ kind: 'free' }).map(strength);
    expect(Math.max(...strengths)).toBeLessThan(20);
    expect(new Set(strengths).size).toBeGreaterThan(5);
  });

  it('changes between amber and violet in a fault and is never off', () => {
    const lights = halfMinute({ kind: 'fault' });
    expect(new Set(lights.map(String))).toEqual(new Set(['255,140,0', '140,0,255']));
  });

  it('keeps the frozen colour, dimmed, while the state is unknown', () => {
    expect(lightAt({ kind: 'unknown', colour: '#ff8040' }, 0)).toEqual([89, 45, 22]);
  });

  it('shows signs of life while it waits for the server', () => {
    const strengths = halfMinute({ kind: 'waiting' }).map(strength);
    expect(strengths.filter((value) => value > 0).length).toBeGreaterThan(5);
    expect(Math.max(...strengths)).toBeLessThan(60);
  });
});
