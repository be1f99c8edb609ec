import { angleDegrees, exponential, smallSine } from './portable-math.ts';
import type { Triple } from './spaces.ts';

const TWENTY_FIVE_TO_7 = 6103515625;
const COS_30 = 0.8660254037844387;
const SIN_30 = 0.5;
const COS_6 = 0.9945218953682733;
const SIN_6 = 0.10452846326765347;
const COS_63 = 0.45399049973954675;
const SIN_63 = 0.8910065241883678;
/** 60° in radians: the largest turn of the blue region, twice Δθ. */
const BLUE_TURN = 1.0471975511965976;

/** CIEDE2000 colour difference of two CIELAB colours, kL = kC = kH = 1. */
export function deltaE00(one: Triple, other: Triple): number {
  const [l1, a1, b1] = one;
  const [l2, a2, b2] = other;
  const c1 = Math.sqrt(a1 * a1 + b1 * b1);
  const c2 = Math.sqrt(a2 * a2 + b2 * b2);
  return Math.sqrt(Math.max(0, deltaE00Squared(l1, a1, b1, c1, l2, a2, b2, c2)));
}

/**
 * Square of the CIEDE2000 difference of L* a* b* C*ab and L* a* b* C*ab. Hue angles stay vectors: the
 * mean hue is the bisector, its multiples come by the angle-sum rules, so that only the blue region
 * asks for an angle.
 * Source: Sharma, Wu, Dalal 2005, "The CIEDE2000 color-difference formula", Color Research and
 * Application 30(1), equations 2–22.
 */
export function deltaE00Squared(
  l1: number,
  a1: number,
  b1: number,
  c1: number,
  l2: number,
  a2: number,
  b2: number,
  c2: number,
): number {
  const stretch = 1 + 0.5 * (1 - Math.sqrt(seventh((c1 + c2) / 2)));
  const x1 = a1 * stretch;
  const x2 = a2 * stretch;
  const chroma1 = Math.sqrt(x1 * x1 + b1 * b1);
  const chroma2 = Math.sqrt(x2 * x2 + b2 * b2);
  const meanChroma = (chroma1 + chroma2) / 2;

  const product = chroma1 * chroma2;
  const dot = x1 * x2 + b1 * b2;
  const cross = x1 * b2 - x2 * b1;
  const hueDistance = hueDifference(product, dot, cross);

  let cosine = x1 * chroma2 + x2 * chroma1;
  let sine = b1 * chroma2 + b2 * chroma1;
  if (product === 0) {
    cosine = x1 + x2;
    sine = b1 + b2;
  }
  let length = Math.sqrt(cosine * cosine + sine * sine);
  if (length === 0) {
    // Opposite hues: the mean is a quarter turn on from the hue in the upper half plane.
    const lower = b1 > 0 || (b1 === 0 && x1 >= 0) ? 1 : -1;
    cosine = -b1 * lower;
    sine = x1 * lower;
    length = chroma1;
  }
  if (length === 0) {
    cosine = 1;
    sine = 0;
  } else {
    cosine /= length;
    sine /= length;
  }
  const middle = (l1 + l2) / 2 - 50;
  const square = middle * middle;
  const lightness = (l2 - l1) / (1 + (0.015 * square) / Math.sqrt(20 + square));
  const chroma = (chroma2 - chroma1) / (1 + 0.045 * meanChroma);
  const hue = hueDistance / (1 + 0.015 * meanChroma * hueWeight(cosine, sine));
  const sum = lightness * lightness + chroma * chroma + hue * hue;
  // The blue rotation is below 1e-15 for mean hues under 125°; the formula does not wrap them round.
  if (sine >= 0 && cosine > -0.57) return sum;
  const off = (angleDegrees(sine, cosine) - 275) / 25;
  const turn = 2 * Math.sqrt(seventh(meanChroma)) * smallSine(BLUE_TURN * exponential(-off * off));
  return sum - turn * chroma * hue;
}

/** T: how hue differences count by mean hue, given as a unit vector. */
function hueWeight(cosine: number, sine: number): number {
  const cos2 = cosine * cosine - sine * sine;
  const sin2 = 2 * sine * cosine;
  const cos3 = cos2 * cosine - sin2 * sine;
  const sin3 = sin2 * cosine + cos2 * sine;
  const cos4 = cos2 * cos2 - sin2 * sin2;
  const sin4 = 2 * sin2 * cos2;
  return (
    1 -
    0.17 * (cosine * COS_30 + sine * SIN_30) +
    0.24 * cos2 +
    0.32 * (cos3 * COS_6 - sin3 * SIN_6) -
    0.2 * (cos4 * COS_63 + sin4 * SIN_63)
  );
}

/** C⁷ / (C⁷ + 25⁷). */
function seventh(c: number): number {
  const square = c * c;
  const power7 = square * square * square * c;
  return power7 / (power7 + TWENTY_FIVE_TO_7);
}

/** ΔH′ = 2 √(C₁C₂) sin(Δh/2), signed, by whichever form does not cancel. */
function hueDifference(product: number, dot: number, cross: number): number {
  if (product === 0) return 0;
  if (dot > 0) return cross / Math.sqrt((product + dot) / 2);
  const size = Math.sqrt(2 * (product - dot));
  return cross < 0 ? -size : size;
}
