/** One car: it comes `afterDays` after the space became free and stays `stayDays`, both in parking days. */
export interface Visit {
  afterDays: number;
  stayDays: number;
}

/**
 * What happens on a space. `forgotten`: the car that the demo is about, there until black and well beyond.
 * `regular`: cars come and go within the allowed days.
 */
export type Role = 'forgotten' | 'regular';

/** Days that a forgotten car stays in black when nobody has it towed away. */
const blackDays = 12;

/** Share of the allowed days that a regular car uses, at least and at most. */
const shortest = 0.12;
const longest = 0.9;

/**
 * The visits to one space, without end. The same seed gives the same visits. The forgotten car comes soon after
 * the start, so that black is reached after little more than `allowedDays`.
 */
export function* visitsTo(input: {
  role: Role;
  allowedDays: number;
  seed: number;
}): Generator<Visit, never> {
  const { role, allowedDays } = input;
  const random = createRandom(input.seed);
  const between = (least: number, most: number) => least + random() * (most - least);
  if (role === 'forgotten') {
    for (let afterDays = 0.2; ; afterDays = between(0.8, 1.6))
      yield { afterDays, stayDays: allowedDays + blackDays };
  }
  for (let afterDays = between(0.05, 3); ; afterDays = between(0.3, 2)) {
    yield { afterDays, stayDays: allowedDays * between(shortest, longest) };
  }
}

/** Numbers in (0, 1), the same for the same seed. Source: Park and Miller, CACM 31 (1988), with their later 48271. */
function createRandom(seed: number): () => number {
  const modulus = 2_147_483_647;
  let state = (Math.abs(Math.trunc(seed)) % (modulus - 1)) + 1;
  const next = () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
  // Seeds that stand side by side begin nearly alike: a few steps drive them apart.
  for (let i = 0; i < 4; i++) next();
  return next;
}

/** A space in the story: what happens at each look at the clock. */
export interface StorySpace {
  isOccupied(): boolean;
  /** Lets everything due at `now` happen; `true` when a car came or left. `now` must not go back. */
  advance(now: Date): boolean;
  /** The police had the car removed: it is gone at the next look. */
  towAway(): void;
}

/** Plays the visits on a space from `start` on. `dayMs`: length of a parking day in ms of the clock. */
export function createStorySpace(
  visits: Iterator<Visit, never>,
  start: Date,
  dayMs = 86_400_000,
): StorySpace {
  let visit = visits.next().value;
  let changeAt = start.getTime() + visit.afterDays * dayMs;
  let isOccupied = false;
  return {
    isOccupied: () => isOccupied,
    advance: (now) => {
      if (now.getTime() < changeAt) return false;
      isOccupied = !isOccupied;
      if (!isOccupied) visit = visits.next().value;
      const nextDays = isOccupied ? visit.stayDays : visit.afterDays;
      changeAt = now.getTime() + nextDays * dayMs;
      return true;
    },
    towAway: () => {
      if (isOccupied) changeAt = 0;
    },
  };
}
