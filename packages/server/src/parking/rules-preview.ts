import type { Zone, ZonePreview } from '@vigie/contracts/parking';
import { type Situation, shownAt } from './display.ts';
import type { StaySpan } from './stays.ts';

/** A car that stands in a zone now, and what decides about its black besides the rules. */
export interface Standing extends Pick<Situation, 'heardAt' | 'silentAt' | 'exemptUntil'> {
  spaceId: string;
  label: string;
  stay: StaySpan;
}

/** Rules that may follow others, and when. `at` is `now` or later. */
export interface Succession {
  before: Zone;
  after: Zone;
  at: Date;
  now: Date;
}

/** What other rules do to the cars of a zone. */
export type Effects = Pick<
  ZonePreview,
  'parked' | 'turnsBlack' | 'blackNoMore' | 'blackEarlier' | 'blackLater' | 'silent'
>;

/**
 * What each car would show at the moment of the change by either rules, if it still stood there: nobody knows who leaves
 * before. A car whose sensor is silent now is counted apart, since its stage is frozen.
 */
export function effectsOf(cars: readonly Standing[], rules: Succession): Effects {
  const seen = cars.map((car) => ({ car, ...effectOn(car, rules) }));
  const countOf = (effect: Effect) => seen.filter((one) => one.effect === effect).length;
  const carsOf = (effect: Effect) =>
    seen
      .filter((one) => one.effect === effect)
      .map(({ car: { spaceId, label }, day }) => ({ spaceId, label, day }));
  return {
    parked: cars.length,
    turnsBlack: carsOf('turns-black'),
    blackNoMore: carsOf('black-no-more'),
    blackEarlier: countOf('earlier'),
    blackLater: countOf('later'),
    silent: countOf('silent'),
  };
}

type Effect = 'silent' | 'turns-black' | 'black-no-more' | 'earlier' | 'later' | 'same';

function effectOn(car: Standing, { before, after, at, now }: Succession) {
  const { stay, heardAt, exemptUntil } = car;
  // A sensor that answers today is taken to answer then.
  const silentAt = car.silentAt && car.silentAt <= now ? car.silentAt : null;
  const known = { stay, heardAt, exemptUntil, silentAt, leavesAt: null, nextRulesAt: null };
  const was = shownAt({ ...known, zone: before, now: at }).display;
  const will = shownAt({ ...known, zone: after, now: at }).display;
  return { effect: difference(was, will), day: will.day ?? 1 };
}

type Face = Pick<ReturnType<typeof shownAt>['display'], 'state' | 'until'>;

function difference(was: Face, will: Face): Effect {
  if (will.state === 'unknown') return 'silent';
  if (was.state !== will.state) return will.state === 'overstay' ? 'turns-black' : 'black-no-more';
  if (will.state === 'overstay' || was.until === null || will.until === null) return 'same';
  const laterMs = Date.parse(will.until) - Date.parse(was.until);
  if (laterMs === 0) return 'same';
  return laterMs < 0 ? 'earlier' : 'later';
}
