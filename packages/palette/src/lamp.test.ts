import { describe, expect, it } from 'vitest';
import { dutyAt, type LampFace, lightAt } from './lamp.ts';

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

describe('an LED', () => {
  it.each<[string, LampFace, readonly number[]]>([
    ['is on fully for what is full', { kind: 'day', colour: '#ff00ff' }, [255, 0, 255]],
    [
      'is on a fifth of the time for a middle code',
      { kind: 'day', colour: '#808080' },
      [55, 55, 55],
    ],
    ['shows a dark code hardly', { kind: 'day', colour: '#203000' }, [4, 8, 0]],
    ['dims the frozen colour', { kind: 'unknown', colour: '#ff8000' }, [89, 19, 0]],
    ['flashes black at full strength', { kind: 'overstay' }, [255, 255, 255]],
  ])('%s', (_name, face, duty) => {
    expect(dutyAt(face, 0)).toEqual(duty);
  });

  it('breathes as strongly as the lamp it stands for', () => {
    expect(dutyAt({ kind: 'free' }, 3000)).toEqual(lightAt({ kind: 'free' }, 3000));
  });
});
