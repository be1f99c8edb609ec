import type { DrillDue } from '@vigie/contracts/report';
import { describe, expect, it } from 'vitest';
import { drillStateAt, mustStart, remindersDue, tellingOf } from './drill-plan.ts';

const at = new Date('2026-03-30T08:00:00.000Z');
const planned = { at, startsItself: true, toldFor: null };
/** `minutes` after the hour of the drill; negative: before. */
const after = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

describe('a planned drill', () => {
  it.each([
    [-16, 'ahead'],
    [-15, 'due'],
    [0, 'due'],
    [240, 'due'],
    [241, 'missed'],
  ])('%i minutes after its hour is %s', (minutes, state) => {
    expect(drillStateAt(planned, after(minutes))).toBe(state);
  });

  it.each([
    ['not before its hour', -1, true, false],
    ['at its hour', 0, true, true],
    ['a little late, after a restart', 15, true, true],
    ['not when the server comes back hours later', 16, true, false],
    ['never when people start it', 0, false, false],
  ])('starts itself %s', (_name, minutes, startsItself, is) => {
    expect(mustStart({ ...planned, startsItself }, after(minutes))).toBe(is);
  });

  it.each([
    ['is not told of long before', -1441, null, undefined],
    ['is told of a day before', -1440, null, 'ahead'],
    ['is told of at once when it is planned at short notice', -5, null, 'ahead'],
    ['is told of once', -1000, at, undefined],
    ['is told of at once when people know another hour', -20_000, after(-3000), 'moved'],
    ['is not told of when its hour is over', 0, null, undefined],
  ])('%s', (_name, minutes, toldFor, is) => {
    expect(tellingOf({ ...planned, toldFor }, after(minutes))).toBe(is);
  });
});

describe('the reminder that a drill is due', () => {
  const due = (change: Partial<DrillDue> = {}): DrillDue => ({
    buildingId: 'b',
    buildingName: 'Mairie',
    lastDrillAt: null,
    dueAt: null,
    isOverdue: true,
    ...change,
  });

  it.each([
    ['comes at once', due(), undefined, '2026-01-31T23:00Z', 1],
    ['does not come while the building has time', due({ isOverdue: false }), undefined, at, 0],
    ['is not repeated within the month', due(), '2026-01-31T09:00Z', '2026-02-28T08:59Z', 0],
    [
      'is repeated on the last day of a shorter month',
      due(),
      '2026-01-31T09:00Z',
      '2026-02-28T09:00Z',
      1,
    ],
    ['keeps the hour when clocks change', due(), '2026-03-15T09:00Z', '2026-04-15T07:59Z', 0],
    ['comes again at that hour', due(), '2026-03-15T09:00Z', '2026-04-15T08:00Z', 1],
    [
      'comes for the next drill, long after the last reminder',
      due({ lastDrillAt: '2026-02-01T09:00Z' }),
      '2026-01-15T09:00Z',
      '2026-08-01T08:00Z',
      1,
    ],
  ])('%s', (_name, drill, last, now, count) => {
    const remindedAt = new Map(last === undefined ? [] : [['b', new Date(last)]]);
    const reminding = { remindedAt, now: new Date(now), timeZone: 'Europe/Paris' };
    expect(remindersDue([drill], reminding)).toHaveLength(count);
  });
});
