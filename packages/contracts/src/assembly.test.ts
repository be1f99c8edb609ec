import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembledFrom, countedFrom, tallyOf } from './assembly.ts';
import type { AssembledPeople, AssemblyCount, AssemblyTally, SeenPeople } from './sweeps.ts';

const count = (
  second: number,
  how: AssemblyCount['how'],
  people: number,
  point = 'Parvis',
): AssemblyCount => {
  const at = `2026-11-24T10:00:${String(second).padStart(2, '0')}.000Z`;
  const id = `${point}-${second}`;
  return { what: 'assembly', id, by: 'ada', at, madeAt: at, receivedAt: at, point, how, people };
};

describe('the people at an assembly point', () => {
  it.each<{ name: string; counts: AssemblyCount[]; people: number[] }>([
    { name: 'nobody counted', counts: [], people: [] },
    { name: 'one after the other', counts: [count(1, 'add', 1), count(2, 'add', 2)], people: [3] },
    { name: 'set anew', counts: [count(1, 'add', 9), count(2, 'set', 4)], people: [4] },
    { name: 'set, then more', counts: [count(1, 'set', 4), count(2, 'add', 1)], people: [5] },
    { name: 'set, told late', counts: [count(2, 'add', 1), count(1, 'set', 4)], people: [5] },
    { name: 'never fewer than nobody', counts: [count(1, 'add', -3)], people: [0] },
    {
      name: 'by point',
      counts: [count(1, 'set', 4), count(2, 'set', 2, 'Cour')],
      people: [2, 4],
    },
  ])('are counted: $name', ({ counts, people }) => {
    expect(countedFrom(counts).map((point) => point.people)).toEqual(people);
  });

  it('are the same in whatever order and however often counts come', () => {
    const counts = [1, 2, 3, 4, 5].map((s) => count(s, s === 3 ? 'set' : 'add', s));
    fc.assert(
      fc.property(fc.shuffledSubarray([...counts, ...counts], { minLength: 10 }), (shuffled) => {
        expect(countedFrom(shuffled)).toEqual(countedFrom(counts));
      }),
    );
  });
});

describe('the assembly points', () => {
  const unknown = { min: null, max: null };
  it('are those of the registry, counted or not, and those that somebody named besides', () => {
    const counted = countedFrom([count(1, 'set', 4), count(2, 'set', 2, 'Cour')]);
    const places = [
      { name: 'Parvis', states: [{ min: 3, max: 5 }] },
      { name: 'Gare', states: [{ min: 1, max: 1 }, unknown] },
      { name: 'Parc', states: [] },
    ];
    expect(assembledFrom(counted, places)).toMatchObject([
      { point: 'Cour', people: 2, seen: null },
      { point: 'Gare', people: null, by: null, seen: { min: 1, max: null } },
      { point: 'Parc', people: null, seen: null },
      { point: 'Parvis', people: 4, by: 'ada', seen: { min: 3, max: 5 } },
    ]);
  });
});

describe('inside and outside against T0', () => {
  it.each<{
    start: [number, number | null];
    inside: [number, number | null];
    out: number | null;
    is: object;
  }>([
    { start: [5, 5], inside: [0, 0], out: null, is: { kind: 'not-counted' } },
    { start: [5, 5], inside: [1, 1], out: 4, is: { kind: 'adds-up' } },
    { start: [5, 5], inside: [0, 0], out: 3, is: { kind: 'missing', people: 2 } },
    { start: [5, 7], inside: [0, 0], out: 3, is: { kind: 'missing', people: 2 } },
    { start: [5, 7], inside: [0, 0], out: 6, is: { kind: 'open', people: 1 } },
    { start: [5, 5], inside: [0, null], out: 3, is: { kind: 'open', people: 2 } },
    { start: [5, 5], inside: [0, null], out: 5, is: { kind: 'adds-up' } },
    { start: [5, 5], inside: [0, 0], out: 6, is: { kind: 'more', people: 1 } },
    { start: [2, null], inside: [0, 0], out: 6, is: { kind: 'unknown-start' } },
    { start: [2, null], inside: [0, 0], out: 1, is: { kind: 'missing', people: 1 } },
    { start: [2, null], inside: [0, null], out: 1, is: { kind: 'open', people: 1 } },
  ])('$start at T0, $inside inside, $out outside: $is.kind', ({ start, inside, out, is }) => {
    const range = ([min, max]: [number, number | null]) => ({ min, max });
    const outside = [point(out)];
    expect(tallyOf(range(start), range(inside), outside)).toMatchObject(is);
  });

  const point = (people: number | null, seen: SeenPeople | null = null): AssembledPeople => ({
    point: 'Parvis',
    people,
    by: null,
    at: null,
    seen,
  });
  const five = { min: 5, max: 5 };
  const nobody = { min: 0, max: 0 };
  it.each<{ name: string; points: AssembledPeople[]; is: Partial<AssemblyTally> }>([
    {
      name: 'a point that nobody counted may hold them',
      points: [point(2), point(null)],
      is: { kind: 'open', people: 3, assembled: 2, seen: null },
    },
    {
      name: 'whom a camera alone sees may be a passer-by',
      points: [point(null, five)],
      is: { kind: 'open', people: 5, assembled: 0, seen: five },
    },
    {
      name: 'even with all whom a camera sees too few',
      points: [point(2), point(null, { min: 0, max: 1 })],
      is: { kind: 'missing', people: 2 },
    },
    {
      name: 'a camera that does not see says nothing',
      points: [point(2), point(null, { min: 0, max: null })],
      is: { kind: 'open', people: 3 },
    },
    {
      name: 'a count by hand holds beside a camera',
      points: [point(5, { min: 0, max: 1 })],
      is: { kind: 'adds-up', assembled: 5, seen: null },
    },
    { name: 'nothing but a point', points: [point(null)], is: { kind: 'not-counted' } },
    { name: 'no point', points: [], is: { kind: 'not-counted' } },
  ])('$name', ({ points, is }) => {
    expect(tallyOf(five, nobody, points)).toMatchObject(is);
  });
});
