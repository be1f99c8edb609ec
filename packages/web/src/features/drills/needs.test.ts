import type { Drills } from '@vigie/contracts/drills';
import { expect, it } from 'vitest';
import { drillNeeds } from './needs.ts';

const nowMs = Date.parse('2026-03-01T10:00:00Z');
const planned = (at: string) => ({ id: at, at }) as Drills['planned'][number];
const due = (isOverdue: boolean) => ({ isOverdue }) as Drills['due'][number];

it('drills that need somebody are missing ones, those of the next week, and those nobody started', () => {
  const all = {
    due: [due(true), due(false)],
    planned: ['2026-02-27T10:00:00Z', '2026-03-08T10:00:00Z', '2026-03-08T10:00:01Z'].map(planned),
  };
  expect(drillNeeds(all, nowMs)).toEqual({
    due: [due(true)],
    planned: ['2026-02-27T10:00:00Z', '2026-03-08T10:00:00Z'].map(planned),
  });
});
