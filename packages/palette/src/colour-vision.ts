import { codeOf, type HexString, hexOfLight, type LinearRgb, linearRgbOf } from './srgb.ts';

/** Eyes a colour is looked at with: normal, or wholly without one cone type. */
export const VISIONS = ['normal', 'protan', 'deutan', 'tritan'] as const;
export type Vision = (typeof VISIONS)[number];

type Matrix = readonly [LinearRgb, LinearRgb, LinearRgb];

/**
 * Severity 1.0, rows give red, green, blue of what is seen; they act on linear light.
 * Source: Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color
 * Vision Deficiency", IEEE TVCG 15(6), table of the matrices.
 */
const DEFICIENCY: Readonly<Record<Exclude<Vision, 'normal'>, Matrix>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** The linear light that a normal eye would have to be shown to see what these eyes see; 0..1. */
export function seenBy(vision: Vision, light: LinearRgb): LinearRgb {
  if (vision === 'normal') return light;
  const [red, green, blue] = DEFICIENCY[vision];
  return [row(red, light), row(green, light), row(blue, light)];
}

/** The colour that a normal eye sees as these eyes see this one. @throws RangeError unless `#rrggbb`. */
export const seenAs = (hex: string, vision: Vision): HexString =>
  hexOfLight(seenBy(vision, linearRgbOf(codeOf(hex))));

function row(weights: LinearRgb, light: LinearRgb): number {
  const sum = weights[0] * light[0] + weights[1] * light[1] + weights[2] * light[2];
  return Math.min(1, Math.max(0, sum));
}
