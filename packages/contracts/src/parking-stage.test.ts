import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Display } from './parking.ts';
import { dayStart } from './parking-days.ts';
import { stageOf } from './parking-stage.ts';

const week = ['#e60000', '#e6a100', '#2ee600', '#00e6c3', '#0057e6', '#7b00e6', '#e600b0'];
const palette = { version: '7-test', colours: [...week, '#000000'] };
const colour = (day: number): string => palette.colours[day - 1] ?? '';

/** A car that came on 1 June at 10:00 in Paris, as the server describes it on day 1. */
const parked: Display = {
  v: 1,
  state: 'parked',
  day: 1,
  colour: colour(1),
  label: '1',
  since: '2026-06-01T08:00:00.000Z',
  until: '2026-06-08T08:00:00.000Z',
  allowedDays: 7,
  dayRule: 'arrival',
  timeZone: 'Europe/Paris',
  paletteVersion: palette.version,
};
const free: Display = { ...parked, state: 'free', day: null, colour: null, label: '', since: null };

const faceAt = (display: Display, now: string) =>
  stageOf({ display, palette, now: new Date(now) }).face;

describe('a parked car, told of on day 1 and then left alone', () => {
  it.each([
    ['keeps its colour through the first day', '2026-06-02T07:59:59.999Z', 1],
    ['takes the second colour after 24 h', '2026-06-02T08:00:00.000Z', 2],
    ['takes the third colour a day later', '2026-06-03T20:00:00.000Z', 3],
    ['keeps the seventh colour to the end', '2026-06-08T07:59:59.999Z', 7],
    ['stays on day 1 when the clock on board lost its time', '1970-01-01T00:00:10.000Z', 1],
  ])('%s', (_name, now, day) => {
    expect(faceAt(parked, now)).toEqual({ kind: 'day', day, colour: colour(day), label: `${day}` });
  });

  it('turns black when the allowed days are used up, and goes on counting', () => {
    expect(faceAt(parked, '2026-06-08T08:00:00.000Z')).toEqual({
      kind: 'overstay',
      day: 8,
      label: '8',
    });
    expect(faceAt(parked, '2026-06-10T08:00:00.000Z')).toMatchObject({ kind: 'overstay', day: 10 });
  });

  it('changes at midnight in Paris under the midnight rule, over the 23 h day too', () => {
    const night: Display = { ...parked, dayRule: 'midnight', since: '2026-03-28T12:00:00.000Z' };
    expect(faceAt(night, '2026-03-28T22:59:59.999Z')).toMatchObject({ day: 1 });
    expect(faceAt(night, '2026-03-28T23:00:00.000Z')).toMatchObject({ day: 2 });
    expect(faceAt(night, '2026-03-29T22:00:00.000Z')).toMatchObject({ day: 3 });
  });
});

describe('a face that does not move on', () => {
  it.each<[string, Display, object]>([
    ['free stays free', free, { kind: 'free' }],
    ['a fault stays a fault', { ...free, state: 'fault' }, { kind: 'fault' }],
    [
      'an unknown state keeps the frozen colour',
      { ...parked, state: 'unknown', day: 3, colour: colour(3), label: '3' },
      { kind: 'unknown', colour: colour(3), label: '3' },
    ],
    [
      'a car without a known arrival keeps the day that was sent',
      { ...parked, since: null, day: 4, colour: colour(4), label: '4' },
      { kind: 'day', day: 4, colour: colour(4), label: '4' },
    ],
  ])('%s', (_name, display, face) => {
    expect(faceAt(display, '2027-01-01T00:00:00.000Z')).toEqual(face);
  });
});

describe('a palette of another version', () => {
  const foreign: Display = { ...parked, colour: '#123456', paletteVersion: 'another' };

  it('is reported, and the colour that was sent is shown on its day', () => {
    const stage = stageOf({ display: foreign, palette, now: new Date('2026-06-01T09:00Z') });
    expect(stage.isPaletteOurs).toBe(false);
    expect(stage.face).toMatchObject({ day: 1, colour: '#123456' });
  });

  it('gives way to our own colours from the next day on', () => {
    expect(faceAt(foreign, '2026-06-02T08:00:00.000Z')).toMatchObject({
      day: 2,
      colour: colour(2),
    });
  });
});

it('shows, whenever it looks, the colour of the day the server would send', () => {
  const rule = fc.constantFrom<Display['dayRule']>('arrival', 'midnight');
  const day = fc.integer({ min: 1, max: 7 });
  fc.assert(
    fc.property(rule, day, fc.integer({ min: 0, max: 3_600_000 }), (dayRule, n, later) => {
      const since = new Date('2026-03-26T20:15:00Z');
      const display = { ...parked, dayRule, since: since.toISOString() };
      const start = dayStart({ since, day: n, dayRule, timeZone: display.timeZone });
      const now = new Date(start.getTime() + later);
      expect(stageOf({ display, palette, now })).toEqual({
        face: { kind: 'day', day: n, colour: colour(n), label: `${n}` },
        isPaletteOurs: true,
      });
    }),
  );
});
