import type { Corners } from './boxes.ts';
import type { Profile } from './choose-model.ts';
import type { Framing } from './detector.ts';
import { halvesOf, sizeOf } from './framing.ts';

/** When a picture is worth further looks. Measured gains and costs: docs/counting.md. */
export interface SecondLook {
  /** so many people counted in the first look make it worth while */
  readonly fromPeople: number;
  /** on a camera, so many milliseconds from one to the next */
  readonly everyMs: number;
}

/** By profile. */
export const SECOND_LOOK: Readonly<Record<Profile, SecondLook>> = {
  quick: { fromPeople: 6, everyMs: 1000 },
  standard: { fromPeople: 6, everyMs: 1000 },
  crowded: { fromPeople: 3, everyMs: 400 },
};

/**
 * The further looks at a crowd: all of it mirrored, and each half larger. All raise the contrast, which tells people in
 * the back from the wall.
 */
export const furtherLooks = (whole: Corners): Framing[] => [
  { isMirrored: true, hasContrast: true },
  ...halvesOf(sizeOf(whole)).map((part) => ({ part, hasContrast: true })),
];
