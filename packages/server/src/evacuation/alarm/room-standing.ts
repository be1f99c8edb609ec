import type { RoomStanding, RoomState } from '@vigie/contracts/evacuation';
import type { Override, Sweep } from '@vigie/contracts/sweeps';

/** What cameras have shown of a room since T0: when somebody was last seen, when it was last seen empty; null: never. */
export interface RoomTrail {
  readonly seenAt: string | null;
  readonly emptyAt: string | null;
}

export const NO_TRAIL: RoomTrail = { seenAt: null, emptyAt: null };

/** What people said of a room, in any order, each once or more often. */
export interface RoomFindings {
  readonly sweeps: readonly Sweep[];
  readonly overrides: readonly Override[];
}

/** A person's word that holds: who, when by the server's clock, and what. */
type Word =
  | { kind: 'clear' | 'override'; by: string; at: string; reason: string | null }
  | { kind: 'people'; by: string; at: string; people: number };

/**
 * The trail after one more state of the room. Whom an override explains away is not seen again; somebody beyond its number is,
 * and so is anybody after the room was seen empty, because then it was not a coat.
 */
export function trailAfter(
  trail: RoomTrail,
  live: RoomState,
  overrides: readonly Override[],
): RoomTrail {
  if (live.at === null) return trail;
  if (live.state === 'empty') return { ...trail, emptyAt: later(trail.emptyAt, live.at) };
  if (live.state !== 'people' || isExplained(trail, live, overrides)) return trail;
  return { ...trail, seenAt: later(trail.seenAt, live.at) };
}

function isExplained(
  { seenAt, emptyAt }: RoomTrail,
  { count }: RoomState,
  overrides: readonly Override[],
): boolean {
  const newest = overrides.toSorted(byTime).at(-1);
  if (!newest || (count ?? 0) > newest.upTo) return false;
  return !isAfter(seenAt, newest.madeAt) && !isAfter(emptyAt, newest.madeAt);
}

/**
 * What is held of a room: the gravest of what cameras and people say. A person's "clear" holds until somebody is seen after
 * it; then the room is a contradiction until it is swept or overridden once more, or cameras have seen nobody for the
 * settling time after that. "People remain" is taken back by people alone. "Could not enter" takes an earlier "clear"
 * away, and nothing else. The order in which findings came does not matter, only when they were made.
 */
export function standingOf(
  live: RoomState,
  { sweeps, overrides }: RoomFindings,
  trail: RoomTrail,
): RoomStanding {
  const word = wordOf(sweeps, overrides);
  if (word?.kind === 'people') return standingOfPeople(live, word);
  if (!word) return standingByCameras(live);
  const { seenAt, emptyAt } = trail;
  if (seenAt === null || !isAfter(seenAt, word.at))
    return { kind: 'swept', by: word.by, at: word.at, reason: word.reason };
  if (isAfter(emptyAt, seenAt)) return standingByCameras(live);
  return { kind: 'contradiction', by: word.by, sweptAt: word.at, said: 'clear', seenAt };
}

function standingOfPeople(
  live: RoomState,
  { by, at, people }: Extract<Word, { kind: 'people' }>,
): RoomStanding {
  const seenAt = live.at ?? at;
  if (live.state === 'empty')
    return { kind: 'contradiction', by, sweptAt: at, said: 'people', seenAt };
  if (live.state === 'unknown') return { kind: 'people', by, min: people, max: people, at };
  const max = live.max === null ? null : Math.max(live.max, people);
  return { kind: 'people', by, min: Math.max(leastOf(live), people), max, at: later(at, seenAt) };
}

function standingByCameras(live: RoomState): RoomStanding {
  if (live.state === 'empty') return { kind: 'empty', at: live.at };
  if (live.state === 'unknown')
    return { kind: 'unknown', reason: live.reason ?? 'no-headcount-yet' };
  const max = live.max === null ? null : Math.max(live.max, 1);
  return { kind: 'people', by: null, min: leastOf(live), max, at: live.at };
}

/** The same for two standings that rest on the same word, though cameras have looked meanwhile. */
export function standingKey(standing: RoomStanding): string {
  switch (standing.kind) {
    case 'swept':
      return `swept ${standing.by} ${standing.at}`;
    case 'contradiction':
      return `contradiction ${standing.said} ${standing.by} ${standing.sweptAt}`;
    case 'people':
      return `people ${standing.by ?? ''}`;
    default:
      return standing.kind;
  }
}

/** Somebody is seen, so the least is one whatever the doubt about the others. */
const leastOf = ({ min }: RoomState): number => Math.max(1, min ?? 1);

/** The newest word of people about a room; `undefined`: none holds. */
function wordOf(sweeps: readonly Sweep[], overrides: readonly Override[]): Word | undefined {
  let word: Word | undefined;
  for (const finding of [...sweeps, ...overrides].toSorted(byTime))
    word = afterFinding(word, finding);
  return word;
}

function afterFinding(word: Word | undefined, finding: Sweep | Override): Word | undefined {
  const { by, madeAt: at } = finding;
  if (finding.what === 'override') return { kind: 'override', by, at, reason: finding.reason };
  if (finding.result === 'clear') return { kind: 'clear', by, at, reason: null };
  if (finding.result === 'people') return { kind: 'people', by, at, people: finding.people ?? 1 };
  return word?.kind === 'people' ? word : undefined;
}

const gravity = { clear: 0, 'not-entered': 1, people: 2 };

/** Oldest first; of the same moment the gravest last, so that it holds. */
function byTime(a: Sweep | Override, b: Sweep | Override): number {
  return (
    Date.parse(a.madeAt) - Date.parse(b.madeAt) ||
    graveness(a) - graveness(b) ||
    (a.id < b.id ? -1 : Number(a.id > b.id))
  );
}

const graveness = (finding: Sweep | Override): number =>
  finding.what === 'sweep' ? gravity[finding.result] : -1;

/** The newest sweep of a room, whatever it found; null: nobody went there. */
export const newestSweep = (sweeps: readonly Sweep[]): Sweep | null =>
  sweeps.toSorted(byTime).at(-1) ?? null;

/** `true` when there is a first moment and it is later than the second. */
const isAfter = (one: string | null, other: string): boolean =>
  one !== null && Date.parse(one) > Date.parse(other);

const later = (one: string | null, other: string): string =>
  isAfter(one, other) ? (one ?? other) : other;
