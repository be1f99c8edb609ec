import type { DisplayView } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { faceAt } from './face.ts';

const colours = ['#e60000', '#e6a100', '#2ee600', '#000000'];
const view: DisplayView = {
  bollardId: 'b1',
  spaceLabel: 'R-03',
  display: {
    v: 1,
    state: 'parked',
    day: 1,
    colour: '#e60000',
    label: '1',
    since: '2026-06-01T08:00:00.000Z',
    until: '2026-06-04T08:00:00.000Z',
    allowedDays: 3,
    dayRule: 'arrival',
    timeZone: 'Europe/Paris',
    paletteVersion: '3-test',
  },
  colours,
  clock: { now: '2026-06-01T20:00:00.000Z', rate: 1 },
};
const hourMs = 3_600_000;
const takenAtMs = 5000;

describe('a screen that heard of a car twelve hours after its arrival', () => {
  it.each([
    ['shows its day', 0, { kind: 'day', day: 1, colour: '#e60000', label: '1' }],
    ['stays so until the day ends', 11.9, { kind: 'day', day: 1, colour: '#e60000', label: '1' }],
    ['moves on without the server', 12, { kind: 'day', day: 2, colour: '#e6a100', label: '2' }],
    ['and on', 36, { kind: 'day', day: 3, colour: '#2ee600', label: '3' }],
    ['to black', 60, { kind: 'overstay', day: 4, label: '4' }],
  ])('%s', (_name, hours, face) => {
    expect(faceAt({ view, takenAtMs }, takenAtMs + hours * hourMs)).toEqual(face);
  });

  it('runs as fast as the parking clock does', () => {
    const fast = { ...view, clock: { ...view.clock, rate: 17_280 } };
    const atMs = takenAtMs + 12.01 * (hourMs / 17_280);
    expect(faceAt({ view: fast, takenAtMs }, atMs)).toMatchObject({ day: 2 });
  });
});

it('a screen waits until the server speaks', () => {
  expect(faceAt(undefined, 0)).toEqual({ kind: 'waiting' });
});
