import type { IncidentReport, ReportPeriod, ReportRoom } from '@vigie/contracts/report';
import { describe, expect, it } from 'vitest';
import { boardAt } from './replay.ts';
import { marksOf } from './replay-marks.ts';

const t0 = Date.parse('2026-03-02T09:00:00.000Z');
const at = (seconds: number): string => new Date(t0 + seconds * 1000).toISOString();
const period = (from: number, until: number, count: number | null): ReportPeriod => ({
  from: at(from),
  until: at(until),
  state: count === null ? 'unknown' : count > 0 ? 'people' : 'empty',
  reason: count === null ? 'not-recorded' : null,
  count,
  min: count,
  max: count,
});
const room = (
  id: string,
  periods: ReportPeriod[],
  confirmedEmptyAt: string | null = null,
  standings: ReportRoom['standings'] = [],
) => ({
  room: { id, buildingId: 'b', name: id, floor: '', capacity: null },
  confirmedEmptyAt,
  sweptClearAt: null,
  periods,
  standings,
});
const report = {
  incident: { id: 'i', kind: 'drill', startedAt: at(0), endedAt: at(100), endedBy: 'ada' },
  rooms: [
    room('attic', [period(0, 50, null), period(50, 100, 0)], at(50)),
    room('hall', [period(0, 20, 3), period(20, 60, null), period(60, 100, 0)]),
  ],
  sweeps: [],
  contradictions: [],
  assembly: [],
  blind: [],
  inputs: [{ at: at(0), by: 'ada', what: 'started', origin: 'button' }],
} as unknown as IncidentReport;

const shown = (seconds: number) =>
  boardAt(report, t0 + seconds * 1000).rooms.map(({ room: { id }, live }) => [id, live.count]);

describe('the board of a past moment', () => {
  it.each([
    [
      0,
      [
        ['hall', 3],
        ['attic', null],
      ],
    ],
    [
      20,
      [
        ['attic', null],
        ['hall', null],
      ],
    ],
    [
      50,
      [
        ['hall', null],
        ['attic', 0],
      ],
    ],
    [
      100,
      [
        ['attic', 0],
        ['hall', 0],
      ],
    ],
  ])('shows after %i s what was known then, biggest need first', (seconds, expected) => {
    expect(shown(seconds)).toEqual(expected);
  });

  it('stays unknown where nothing was recorded, with no number', () => {
    const { live } = boardAt(report, t0 + 30_000).rooms[1] ?? {};
    expect(live).toMatchObject({ state: 'unknown', count: null, lastSeenAt: at(20) });
  });

  it('knows a confirmation and an end only from their moment on', () => {
    const early = boardAt(report, t0 + 49_000);
    expect(early.rooms.map(({ confirmedEmptyAt }) => confirmedEmptyAt)).toEqual([null, null]);
    expect(early.incident.endedAt).toBeNull();
    expect(boardAt(report, t0 + 100_000).incident.endedAt).toBe(at(100));
  });
});

describe('people in the board of a past moment', () => {
  const swept = { kind: 'swept', by: 'bob', at: at(10), reason: null } as const;
  const doubt = {
    kind: 'contradiction',
    by: 'bob',
    sweptAt: at(10),
    said: 'clear',
    seenAt: at(20),
  } as const;
  const told: IncidentReport = {
    ...report,
    rooms: [
      room('hall', [period(0, 100, 3)], null, [
        { at: at(10), standing: swept },
        { at: at(20), standing: doubt },
        { at: at(40), standing: { kind: 'people', by: null, min: 3, max: 3, at: at(40) } },
      ]),
    ],
    sweeps: [{ at: at(10), by: 'bob', roomId: 'hall', result: 'clear', people: null }],
    contradictions: [
      {
        at: at(20),
        roomId: 'hall',
        said: 'clear',
        by: 'bob',
        override: { at: at(30), by: 'eve', reason: 'a coat' },
      },
    ],
    assembly: [
      { at: at(15), by: 'bob', point: 'Parvis', people: 1 },
      { at: at(25), by: 'bob', point: 'Parvis', people: 2 },
    ],
    blind: [{ roomId: 'hall', cameraId: 'c1', from: at(5), until: at(12), why: 'dark' }],
  };
  const boardOf = (seconds: number) => boardAt(told, t0 + seconds * 1000);

  it.each([
    [9, 'people'],
    [10, 'swept'],
    [20, 'contradiction'],
    [40, 'people'],
  ])('hold a room after %i s as they held it then: %s', (seconds, kind) => {
    expect(boardOf(seconds).rooms[0]?.standing.kind).toBe(kind);
  });

  it('stand outside as they were counted then, against T0', () => {
    expect(boardOf(14).assembled).toEqual([]);
    expect(boardOf(16)).toMatchObject({
      assembled: [{ people: 1, by: 'bob' }],
      tally: { kind: 'open', people: 2, assembled: 1 },
    });
    expect(boardOf(26).assembled).toMatchObject([{ people: 2 }]);
  });

  it('are not seen by a camera that was blind then', () => {
    expect(boardOf(8).blind).toMatchObject([{ cameraId: 'c1', health: 'dark' }]);
    expect(boardOf(12).blind).toEqual([]);
  });

  it('leave marks along the time, oldest first', () => {
    expect(marksOf(told).map(({ kind, at: when }) => [kind, when])).toEqual([
      ['input', at(0)],
      ['blind', at(5)],
      ['sweep', at(10)],
      ['assembly', at(15)],
      ['contradiction', at(20)],
      ['assembly', at(25)],
      ['override', at(30)],
    ]);
  });
});
