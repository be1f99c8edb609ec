import { cubeRoot } from './portable-math.ts';
import type { LinearRgb } from './srgb.ts';

/** Three coordinates of a colour space, in the order of its name. */
export type Triple = readonly [number, number, number];

/** CIE XYZ of the sRGB white, Y = 1. Source: CIE 15, D65 chromaticity 0.3127, 0.3290. */
export const D65: Triple = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];

const LAB_LINEAR_BELOW = 216 / 24389;
const LAB_SLOPE = 24389 / 27;

/** CIE XYZ, Y of white = 1, of linear sRGB light. Source: IEC 61966-2-1, primaries at full precision. */
export function xyzFrom([r, g, b]: LinearRgb): Triple {
  return [
    0.4123907992659593 * r + 0.357584339383878 * g + 0.1804807884018343 * b,
    0.2126390058715102 * r + 0.715168678767756 * g + 0.0721923153607337 * b,
    0.0193308187155918 * r + 0.119194779794626 * g + 0.9505321522496607 * b,
  ];
}

/** CIELAB for D65: L* 0..100. Source: CIE 15:2004, 8.2.1. */
export function labFrom([x, y, z]: Triple): Triple {
  const fx = labCurve(x / D65[0]);
  const fy = labCurve(y);
  const fz = labCurve(z / D65[2]);
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function labCurve(t: number): number {
  return t > LAB_LINEAR_BELOW ? cubeRoot(t) : (LAB_SLOPE * t + 16) / 116;
}

/** OKLab, L 0..1. Source: B. Ottosson 2020, "A perceptual color space for image processing". */
export function oklabFrom([r, g, b]: LinearRgb): Triple {
  const l = cubeRoot(0.412221469470763 * r + 0.5363325372617348 * g + 0.0514459932675022 * b);
  const m = cubeRoot(0.2119034958178252 * r + 0.6806995506452344 * g + 0.1073969535369406 * b);
  const s = cubeRoot(0.0883024591900564 * r + 0.2817188391361215 * g + 0.6299787016738222 * b);
  return [
    0.210454268309314 * l + 0.7936177747023054 * m - 0.0040720430116193 * s,
    1.9779985324311684 * l - 2.4285922420485799 * m + 0.450593709617411 * s,
    0.0259040424655478 * l + 0.7827717124575296 * m - 0.8086757549230774 * s,
  ];
}
