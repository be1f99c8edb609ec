import type { Zone, ZoneRulesFrom } from '@vigie/contracts/parking';

/** What the rules of a zone consist of, in the order in which they are read. */
export const ruleParts = [
  'name',
  'allowedDays',
  'dayRule',
  'timeZone',
  'holdMs',
  'legalBasis',
  'recipients',
  'remindAfterHours',
  'escalateAfterHours',
  'quietHours',
] as const satisfies readonly (keyof Zone)[];
export type RulePart = (typeof ruleParts)[number];

/** The parts in which two rules differ; all of them are the same to somebody who looks at the zone: none. */
export const differencesOf = (before: Zone, after: Zone): RulePart[] =>
  ruleParts.filter((part) => written(before[part]) !== written(after[part]));

/** Keys in order: the same object may come with its keys in another one. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** A line of a zone's rules beside the rules that it follows; the first line follows none. */
export interface RuleChange {
  line: ZoneRulesFrom;
  before: Zone | undefined;
}

/** The lines of a zone, oldest first, as what is past, in force at a moment, and announced. */
export function sortedLines(lines: readonly ZoneRulesFrom[], nowMs: number) {
  const changes: RuleChange[] = lines.map((line, index) => ({
    line,
    before: lines[index - 1]?.rules,
  }));
  const isAnnounced = ({ line: { appliesFrom } }: RuleChange) =>
    appliesFrom !== null && Date.parse(appliesFrom) > nowMs;
  const begun = changes.filter((change) => !isAnnounced(change));
  return { inForce: begun.at(-1) ?? changes[0], begun, announced: changes.filter(isAnnounced) };
}
