import { cam16For, SRGB_VIEWING } from './cam16.ts';
import { seenBy, VISIONS } from './colour-vision.ts';
import { labFrom, oklabFrom, xyzFrom } from './spaces.ts';
import { linearRgbOf } from './srgb.ts';

/**
 * A colour as everything a distance needs, in 32 doubles: for each of VISIONS L* a* b* C*ab J′ a′ b′,
 * then OKLab × 100 at OKLAB, then one double unused.
 */
export const STRIDE = 32;
export const PER_VISION = 7;
export const OKLAB = PER_VISION * VISIONS.length;

const cam16 = cam16For(SRGB_VIEWING);

/** Writes the appearance of 0xRRGGBB at into[offset … offset + STRIDE − 1]. */
export function writeAppearance(code: number, into: Float64Array, offset: number): void {
  const light = linearRgbOf(code);
  VISIONS.forEach((vision, v) => {
    const xyz = xyzFrom(seenBy(vision, light));
    const [L, a, b] = labFrom(xyz);
    const { ucs } = cam16([xyz[0] * 100, xyz[1] * 100, xyz[2] * 100]);
    into.set([L, a, b, Math.sqrt(a * a + b * b), ...ucs], offset + v * PER_VISION);
  });
  const oklab = oklabFrom(light);
  into.set([oklab[0] * 100, oklab[1] * 100, oklab[2] * 100], offset + OKLAB);
}

/** Appearances of the colours, one after the other. */
export function appearancesOf(codes: ArrayLike<number>): Float64Array {
  const table = new Float64Array(codes.length * STRIDE);
  for (let i = 0; i < codes.length; i++) writeAppearance(codes[i] as number, table, i * STRIDE);
  return table;
}
