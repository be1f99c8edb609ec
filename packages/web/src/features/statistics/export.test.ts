import type { ParkingStatistics } from '@vigie/contracts/parking-statistics';
import { describe, expect, it } from 'vitest';
import { occupancyRows, zoneRows } from './export.ts';

const hourMs = 3_600_000;
const statistics: ParkingStatistics = {
  from: '2026-03-01',
  to: '2026-03-02',
  timeZone: 'Europe/Paris',
  step: 'day',
  starts: ['2026-02-28T23:00:00.000Z', '2026-03-01T23:00:00.000Z'],
  until: '2026-03-02T23:00:00.000Z',
  outcomes: null,
  sensors: null,
  zones: [
    {
      zoneId: 'a',
      zoneName: 'Centre',
      spaces: 2,
      occupancy: [
        { occupiedMs: 0, observedMs: 0 },
        { occupiedMs: 12 * hourMs, observedMs: 48 * hourMs },
      ],
      stays: 1,
      overstays: 0,
      ended: 0,
      lengthMs: null,
      lengths: [],
    },
  ],
};

describe('the file of what is shown', () => {
  it('has a line for each moment and zone, empty where nothing was observed', () => {
    expect(occupancyRows(statistics).slice(1)).toEqual([
      ['2026-02-28T23:00:00.000Z', 'Centre', 0, 0, ''],
      ['2026-03-01T23:00:00.000Z', 'Centre', 12, 48, 0.25],
    ]);
  });

  it('has a line for each zone, as wide as its heading', () => {
    const [heading, line] = zoneRows(statistics);
    expect(line).toHaveLength(heading?.length ?? 0);
    expect(line?.slice(2, 6)).toEqual(['Centre', 2, 0.25, 1]);
  });
});
