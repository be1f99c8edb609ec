import type { Drills } from '@vigie/contracts/drills';

const weekMs = 7 * 86_400_000;

/** What waits for somebody: buildings without a drill for too long, and plans of the next week or whose hour is over. */
export const drillNeeds = ({ due, planned }: Drills, nowMs: number): Drills => ({
  due: due.filter(({ isOverdue }) => isOverdue),
  planned: planned.filter(({ at }) => Date.parse(at) - nowMs <= weekMs),
});
