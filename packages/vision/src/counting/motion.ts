/**
 * Where something is along one axis and how fast it goes, as a Kalman filter knows it: mean and covariance of place and
 * speed. Pixels and pixels per second.
 */
export interface Motion {
  readonly place: number;
  readonly speed: number;
  readonly placeVariance: number;
  readonly covariance: number;
  readonly speedVariance: number;
}

/** Error of the middle of a find, in heights of its box. */
const FIND_ERROR = 0.05;
/** Most people who come into sight are slower than this, in heights of their box per second: 2.5 m/s. */
const FIRST_SPEED = 1.5;
/** How restless people walk: spectral density of their acceleration, in squared heights per second cubed. */
const RESTLESSNESS = 1.5;

/** Something that was found once, at `place`; `height` of its box in pixels. */
export const firstMotion = (place: number, height: number): Motion => ({
  place,
  speed: 0,
  placeVariance: (FIND_ERROR * height) ** 2,
  covariance: 0,
  speedVariance: (FIRST_SPEED * height) ** 2,
});

/**
 * The motion `seconds` later if nothing was found in between. Two steps lead to the same as one of their length: rate and
 * rhythm of the looks do not matter. `height` of the box in pixels.
 */
export function movedOn(motion: Motion, seconds: number, height: number): Motion {
  const { place, speed, placeVariance, covariance, speedVariance } = motion;
  const noise = RESTLESSNESS * height ** 2;
  return {
    place: place + speed * seconds,
    speed,
    placeVariance:
      placeVariance +
      2 * seconds * covariance +
      seconds ** 2 * speedVariance +
      (noise * seconds ** 3) / 3,
    covariance: covariance + seconds * speedVariance + (noise * seconds ** 2) / 2,
    speedVariance: speedVariance + noise * seconds,
  };
}

/** The motion after something was found at `place`, at the very moment of `motion`. `height` of its box in pixels. */
export function foundAt(motion: Motion, place: number, height: number): Motion {
  const { placeVariance, covariance, speedVariance } = motion;
  const whole = placeVariance + (FIND_ERROR * height) ** 2;
  const surprise = place - motion.place;
  const kept = 1 - placeVariance / whole;
  return {
    place: motion.place + (placeVariance / whole) * surprise,
    speed: motion.speed + (covariance / whole) * surprise,
    placeVariance: kept * placeVariance,
    covariance: kept * covariance,
    speedVariance: speedVariance - covariance ** 2 / whole,
  };
}
