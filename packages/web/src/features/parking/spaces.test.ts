import type { Display, SpaceView } from '@vigie/contracts/parking';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countByState,
  groupByNeed,
  readFilter,
  spacesMatching,
  stripOf,
  withSpace,
} from './spaces.ts';

const space = (
  label: string,
  display: Partial<Display>,
  more: Partial<SpaceView> = {},
): SpaceView => ({
  id: `s${label}`,
  zoneId: 'centre',
  zoneName: 'Centre',
  label,
  address: 'rue de la Liberté',
  latitude: null,
  longitude: null,
  caseId: null,
  display: {
    v: 1,
    state: 'free',
    day: null,
    colour: null,
    label: '',
    since: null,
    until: null,
    allowedDays: 7,
    dayRule: 'arrival',
    timeZone: 'Europe/Paris',
    paletteVersion: 'x',
    ...display,
  },
  ...more,
});

const parked = (label: string, day: number, until: string) =>
  space(label, { state: 'parked', day, colour: '#ff8800', until });

describe('the order of the parking list', () => {
  it('puts overstays first, the longest one before the others, then faults, then unknown', () => {
    const { now } = groupByNeed([
      space('1', { state: 'unknown' }),
      space('2', { state: 'fault' }),
      space('3', { state: 'overstay', since: '2026-03-02T08:00:00Z' }),
      space('4', { state: 'overstay', since: '2026-03-01T08:00:00Z' }),
    ]);
    expect(now.map(({ label }) => label)).toEqual(['4', '3', '2', '1']);
  });

  it('puts the car that turns black next before the others', () => {
    const late = parked('9', 2, '2026-03-09T08:00:00Z');
    const soon = parked('10', 6, '2026-03-05T08:00:00Z');
    expect(groupByNeed([late, soon]).parked.map(({ label }) => label)).toEqual(['10', '9']);
  });

  it('sorts free spaces as people count: 2 before 10', () => {
    const groups = groupByNeed([space('10', {}), space('2', {})]);
    expect(groups.free.map(({ label }) => label)).toEqual(['2', '10']);
  });

  it('neither loses nor doubles a space', () => {
    const state = fc.constantFrom('free', 'parked', 'overstay', 'unknown', 'fault' as const);
    fc.assert(
      fc.property(fc.array(state, { maxLength: 30 }), (states) => {
        const spaces = states.map((s, i) => space(String(i), { state: s }));
        const groups = groupByNeed(spaces);
        const shown = [...groups.now, ...groups.parked, ...groups.free].map(({ id }) => id);
        expect(shown.sort()).toEqual(spaces.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('finding spaces', () => {
  const spaces = [
    space('12', { state: 'parked' }),
    space('13', {}, { zoneId: 'gare', zoneName: 'Gare', address: 'quai Été' }),
  ];

  it.each([
    ['without accents', { q: 'liberte' }, ['12']],
    ['in any case', { q: 'GARE' }, ['13']],
    ['by several words in any order', { q: 'ete gare' }, ['13']],
    ['by number', { q: '12' }, ['12']],
    ['by zone', { zone: 'gare' }, ['13']],
    ['by state', { state: 'parked' as const }, ['12']],
    ['by everything at once', { zone: 'gare', state: 'parked' as const }, []],
    ['without a wish', {}, ['12', '13']],
  ])('finds %s', (_name, filter, labels) => {
    expect(spacesMatching(spaces, filter).map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ['nothing', {}, {}],
    ['a number that was searched', { q: 12 }, { q: '12' }],
    ['a state that does not exist', { state: 'gone' }, {}],
    ['empty fields', { q: '', zone: '' }, {}],
    ['everything', { q: 'a', zone: 'z', state: 'fault' }, { q: 'a', zone: 'z', state: 'fault' }],
  ])('reads from an address %s', (_name, search, filter) => {
    expect(readFilter(search)).toEqual(filter);
  });
});

describe('a live change', () => {
  it('replaces the space where it stood', () => {
    const before = [space('1', {}), space('2', {})];
    const after = withSpace(before, space('1', { state: 'parked' }));
    expect(after.map(({ display }) => display.state)).toEqual(['parked', 'free']);
    expect(before[0]?.display.state).toBe('free');
  });

  it('adds a space that was not there', () => {
    expect(withSpace([], space('1', {}))).toHaveLength(1);
  });
});

describe('the strip of a zone', () => {
  it('holds every space once, days in order, free ones last', () => {
    const parts = stripOf([
      space('1', {}),
      parked('2', 3, '2026-03-09T08:00:00Z'),
      parked('3', 1, '2026-03-09T08:00:00Z'),
      parked('4', 3, '2026-03-09T08:00:00Z'),
      space('5', { state: 'overstay', day: 8 }),
      space('6', { state: 'overstay', day: 11 }),
    ]);
    expect(parts.map(({ state, day, count }) => [state, day, count])).toEqual([
      ['parked', 1, 1],
      ['parked', 3, 2],
      ['overstay', null, 2],
      ['free', null, 1],
    ]);
  });

  it('counts the states', () => {
    expect(countByState([space('1', {}), space('2', { state: 'fault' })])).toEqual({
      free: 1,
      parked: 0,
      overstay: 0,
      unknown: 0,
      fault: 1,
    });
  });
});
