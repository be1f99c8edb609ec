import { describe, expect, it } from 'vitest';
import { drillsDue } from './safety-register.ts';

const building = { id: 'b', name: 'Mairie', address: '' };

describe('the next drill of a building', () => {
  it.each([
    ['is due now where none is known', null, '2026-03-01T00:00:00.000Z', null, true],
    [
      'is due six months after the last, at the same hour of the wall',
      '2026-01-15T09:00:00.000Z',
      '2026-07-15T07:59:59.000Z',
      '2026-07-15T08:00:00.000Z',
      false,
    ],
    [
      'is overdue from that moment on',
      '2026-01-15T09:00:00.000Z',
      '2026-07-15T08:00:00.000Z',
      '2026-07-15T08:00:00.000Z',
      true,
    ],
    [
      'falls on the last day of a shorter month',
      '2026-08-31T09:00:00.000Z',
      '2026-12-01T00:00:00.000Z',
      '2027-02-28T10:00:00.000Z',
      false,
    ],
  ])('%s', (_, lastDrillAt, now, dueAt, isOverdue) => {
    const last = new Map(lastDrillAt ? [['b', lastDrillAt]] : []);
    const rule = { months: 6, timeZone: 'Europe/Paris' };
    expect(drillsDue([building], last, { ...rule, now: new Date(now) })).toEqual([
      { buildingId: 'b', buildingName: 'Mairie', lastDrillAt, dueAt, isOverdue },
    ]);
  });
});
