import { cam16For, SRGB_VIEWING } from './cam16.ts';
import { seenBy, VISIONS } from './colour-vision.ts';
import { labFrom, oklabFrom, xyzFrom } from './spaces.ts';
import { linearRgbOf } from './srgb.ts';

/**
 * A colour as all that a distance needs, in STRIDE doubles: OKLab × 100; J′ a′ b′ for each of VISIONS,
 * from CAM16 on; L* a* b* C*ab for each of VISIONS, from LAB on; one unused.
 */
export const STRIDE = 32;
export const CAM16 = 3;
export const LAB = 15;

const cam16 = cam16For(SRGB_VIEWING);

/** Writes the appearance of 0xRRGGBB at into[offset … offset + STRIDE − 1]. */
export function writeAppearance(code: number, into: Float64Array, offset: number): void {
  const light = linearRgbOf(code);
  const oklab = oklabFrom(light);
  for (let c = 0; c < 3; c++) into[offset + c] = (oklab[c] as number) * 100;
  for (let v = 0; v < VISIONS.length; v++) {
    const xyz = xyzFrom(seenBy(VISIONS[v] as (typeof VISIONS)[number], light));
    const [L, a, b] = labFrom(xyz);
    const { ucs } = cam16([xyz[0] * 100, xyz[1] * 100, xyz[2] * 100]);
    for (let c = 0; c < 3; c++) into[offset + CAM16 + 3 * v + c] = ucs[c] as number;
    const lab = offset + LAB + 4 * v;
    into[lab] = L;
    into[lab + 1] = a;
    into[lab + 2] = b;
    into[lab + 3] = Math.sqrt(a * a + b * b);
  }
}

/** Appearances of the colours, one after the other. */
export function appearancesOf(codes: ArrayLike<number>): Float64Array {
  const table = new Float64Array(codes.length * STRIDE);
  for (let i = 0; i < codes.length; i++) writeAppearance(codes[i] as number, table, i * STRIDE);
  return table;
}
