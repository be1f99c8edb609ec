/**
 * Elementary functions that give the same 64 bits on every machine.
 *
 * ECMAScript fixes + − × ÷ and Math.round/floor/imul to the bit (IEEE 754) but leaves Math.pow, exp,
 * log, cbrt, sin and atan2 to the engine. These use only the former, and Math.sqrt, which every engine
 * maps to the correctly rounded instruction. No engine fuses a multiplication with an addition:
 * ECMA-262 § 6.1.6.1 rounds after each. Relative error below 4e-16 · (1 + |exponent|).
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const MOST_BINARY = 1000;
const DEGREES_PER_RADIAN = 57.29577951308232;

/** 2^(i − MOST_BINARY); exact, because doubling and halving are. */
const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2 * MOST_BINARY + 1);
  powers[MOST_BINARY] = 1;
  for (let i = 1; i <= MOST_BINARY; i++) {
    powers[MOST_BINARY + i] = (powers[MOST_BINARY + i - 1] as number) * 2;
    powers[MOST_BINARY - i] = (powers[MOST_BINARY - i + 1] as number) / 2;
  }
  return powers;
}

/** e^x for |x| ≤ 690. @throws RangeError outside. */
export function exponential(x: number): number {
  const k = Math.round(x / Math.LN2);
  if (!(k >= -MOST_BINARY && k <= MOST_BINARY)) throw new RangeError(`e^${x} is out of range.`);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const upper =
    1 / 5040 +
    r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r / 479001600))));
  const lower = 1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * upper)));
  return (1 + r * (1 + r * (1 / 2 + r * lower))) * (POWERS_OF_TWO[k + MOST_BINARY] as number);
}

/** ln x for x > 0. @throws RangeError otherwise. */
export function logarithm(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`ln ${x} does not exist.`);
  let mantissa = x;
  let binary = 0;
  for (; mantissa > Math.SQRT2; binary++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; binary--) mantissa *= 2;
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  const upper = 1 / 13 + q * (1 / 15 + q * (1 / 17 + q * (1 / 19 + q * (1 / 21 + q / 23))));
  const lower = 1 / 5 + q * (1 / 7 + q * (1 / 9 + q * (1 / 11 + q * upper)));
  return 2 * s * (1 + q * (1 / 3 + q * lower)) + binary * LN2_LOW + binary * LN2_HIGH;
}

/** base^exponent for base ≥ 0; 0 for base 0. */
export function power(base: number, exponent: number): number {
  return base === 0 ? 0 : exponential(exponent * logarithm(base));
}

/** ∛x for x ≥ 0: scaled into [1/8, 1], a parabola within 2 %, then Halley's step three times. */
export function cubeRoot(x: number): number {
  if (x === 0) return 0;
  let scaled = x;
  let scale = 1;
  for (; scaled < 0.125; scale /= 2) scaled *= 8;
  for (; scaled > 1; scale *= 2) scaled /= 8;
  let root = 0.3811 + scaled * (1.014 - scaled * 0.3958);
  for (let i = 0; i < 3; i++) {
    const cube = root * root * root;
    root *= (cube + 2 * scaled) / (2 * cube + scaled);
  }
  return root * scale;
}

/** sin x for |x| ≤ π/2. */
export function smallSine(x: number): number {
  const square = x * x;
  let sum = 1;
  for (let n = 21; n >= 3; n -= 2) sum = 1 - (square / (n * (n - 1))) * sum;
  return x * sum;
}

/** Angle of the vector (x, y) in degrees, 0 ≤ angle < 360; 0 for the null vector. */
export function angleDegrees(y: number, x: number): number {
  if (x === 0 && y === 0) return 0;
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  const first = DEGREES_PER_RADIAN * arcTangent(Math.min(ax, ay) / Math.max(ax, ay));
  const quadrant = ay > ax ? 90 - first : first;
  const half = x < 0 ? 180 - quadrant : quadrant;
  return y < 0 ? 360 - half : half;
}

/** arctan t for 0 ≤ t ≤ 1: halve the angle twice, then the series. */
function arcTangent(t: number): number {
  const once = t / (1 + Math.sqrt(1 + t * t));
  const twice = once / (1 + Math.sqrt(1 + once * once));
  const square = twice * twice;
  let sum = 1 / 27;
  for (let n = 25; n >= 1; n -= 2) sum = 1 / n - square * sum;
  return 4 * twice * sum;
}
