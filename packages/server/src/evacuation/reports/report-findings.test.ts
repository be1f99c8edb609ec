import type { IncidentLine } from '@vigie/contracts/evacuation';
import type { AssemblyCount, Override, Sweep } from '@vigie/contracts/sweeps';
import { describe, expect, it } from 'vitest';
import { findingsTold } from './report-findings.ts';

const at = (seconds: number): string =>
  new Date(Date.parse('2026-03-02T09:00:00.000Z') + seconds * 1000).toISOString();
const found = (id: string, seconds: number) => ({
  id,
  by: 'ada',
  at: at(seconds),
  madeAt: at(seconds),
  receivedAt: at(seconds + 5),
});
const sweep = (id: string, seconds: number): Sweep => ({
  what: 'sweep',
  ...found(id, seconds),
  roomId: 'hall',
  result: 'clear',
  people: null,
});
const override = (id: string, seconds: number): Override => ({
  what: 'override',
  ...found(id, seconds),
  roomId: 'hall',
  reason: 'a coat',
  upTo: 1,
});
const count = (id: string, seconds: number, told: Partial<AssemblyCount>): AssemblyCount => ({
  what: 'assembly',
  ...found(id, seconds),
  point: 'square',
  how: 'add',
  people: 1,
  ...told,
});
const contradicted = (seconds: number, said = 'clear'): IncidentLine => ({
  at: at(seconds),
  actor: 'system',
  what: 'standing',
  data: {
    roomId: 'hall',
    kind: 'contradiction',
    by: 'ada',
    sweptAt: at(0),
    said,
    seenAt: at(seconds - 1),
  },
});
const swept = (seconds: number): IncidentLine => ({
  at: at(seconds),
  actor: 'system',
  what: 'standing',
  data: { roomId: 'hall', kind: 'swept', by: 'ada', at: at(seconds), reason: null },
});

describe('what people found, in the report', () => {
  it('stands in the order in which it was made, however it came', () => {
    const { sweeps } = findingsTold([sweep('b', 20), sweep('a', 10)], []);
    expect(sweeps.map(({ at: moment }) => moment)).toEqual([at(10), at(20)]);
  });

  it('tells how many stood at each point after each count', () => {
    const counts = [
      count('c', 30, { people: -1 }),
      count('a', 10, { how: 'set', people: 4 }),
      count('b', 20, { point: 'yard' }),
    ];
    expect(findingsTold(counts, []).assembly).toEqual([
      { at: at(10), by: 'ada', point: 'square', people: 4 },
      { at: at(20), by: 'ada', point: 'yard', people: 1 },
      { at: at(30), by: 'ada', point: 'square', people: 3 },
    ]);
  });

  it('gives each contradiction the override that lifted it, and no later one', () => {
    const lines = [swept(5), contradicted(10), swept(20), contradicted(30), swept(40)];
    const { contradictions } = findingsTold([override('o', 35)], lines);
    expect(contradictions).toEqual([
      { at: at(9), roomId: 'hall', said: 'clear', by: 'ada', override: null },
      {
        at: at(29),
        roomId: 'hall',
        said: 'clear',
        by: 'ada',
        override: { at: at(35), by: 'ada', reason: 'a coat' },
      },
    ]);
  });

  it('tells of a room that a warden left with people and cameras see empty, too', () => {
    const lines = [contradicted(10), contradicted(20, 'people')];
    expect(findingsTold([], lines).contradictions).toMatchObject([
      { at: at(9), said: 'clear' },
      { at: at(19), said: 'people', by: 'ada' },
    ]);
  });

  it('tells of a contradiction once, though a restart told it again', () => {
    const { contradictions } = findingsTold([], [contradicted(10), contradicted(50)]);
    expect(contradictions).toHaveLength(1);
  });
});
