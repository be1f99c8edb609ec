import type { Zone } from '@vigie/contracts/parking';

/** The rules of one zone through time, oldest first. `appliesFrom` null: from the beginning. */
export type Timeline = readonly { appliesFrom: Date | null; rules: Zone }[];

/** The rules in force at a moment; before the first line, its rules. @throws RangeError for an empty timeline. */
export function rulesAt(timeline: Timeline, moment: Date): Zone {
  const found = timeline.findLast(({ appliesFrom }) => isInForce(appliesFrom, moment));
  const line = found ?? timeline[0];
  if (!line) throw new RangeError('A zone has at least one line of rules.');
  return line.rules;
}

/** When the next rules begin; `null` when none are announced. */
export const nextRulesAt = (timeline: Timeline, now: Date): Date | null =>
  timeline.find(({ appliesFrom }) => !isInForce(appliesFrom, now))?.appliesFrom ?? null;

const isInForce = (appliesFrom: Date | null, moment: Date): boolean =>
  appliesFrom === null || appliesFrom <= moment;
