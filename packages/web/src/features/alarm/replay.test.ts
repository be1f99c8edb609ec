import type { IncidentReport, ReportPeriod } from '@vigie/contracts/report';
import { describe, expect, it } from 'vitest';
import { boardAt } from './replay.ts';

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
const room = (id: string, periods: ReportPeriod[], confirmedEmptyAt: string | null = null) => ({
  room: { id, buildingId: 'b', name: id, floor: '', capacity: null },
  confirmedEmptyAt,
  sweptClearAt: null,
  periods,
});
const report = {
  incident: { id: 'i', kind: 'drill', startedAt: at(0), endedAt: at(100), endedBy: 'ada' },
  rooms: [
    room('attic', [period(0, 50, null), period(50, 100, 0)], at(50)),
    room('hall', [period(0, 20, 3), period(20, 60, null), period(60, 100, 0)]),
  ],
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
