import { power } from './portable-math.ts';

/** `#rrggbb`, lower case, sRGB. */
export type HexString = `#${string}`;

/** Linear light, 0..1 per channel, sRGB primaries. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

/** Linear light by 8-bit code. Source: IEC 61966-2-1:1999, 4.2. */
const LINEAR_BY_CODE = Float64Array.from({ length: 256 }, (_, code) => {
  const encoded = code / 255;
  return encoded <= 0.04045 ? encoded / 12.92 : power((encoded + 0.055) / 1.055, 2.4);
});

/** Linear light, 0..1, of an sRGB code 0..255. */
function linearOf(code: number): number {
  return LINEAR_BY_CODE[code] as number;
}

/** A colour as one integer, 0xRRGGBB. @throws RangeError unless `#rrggbb`. */
export function codeOf(hex: string): number {
  if (!/^#[0-9a-fA-F]{6}$/.test(hex)) {
    throw new RangeError(`"${hex}" is not a colour: write # and six hexadecimal digits.`);
  }
  return Number.parseInt(hex.slice(1), 16);
}

/** `#rrggbb` of 0xRRGGBB. */
export function hexOf(code: number): HexString {
  return `#${code.toString(16).padStart(6, '0')}`;
}

/** Linear light of 0xRRGGBB. */
export function linearRgbOf(code: number): LinearRgb {
  return [linearOf(code >> 16), linearOf((code >> 8) & 255), linearOf(code & 255)];
}

/** `#rrggbb` of linear light. Source: IEC 61966-2-1:1999, 4.2. */
export function hexOfLight(light: LinearRgb): HexString {
  const encoded = light.map((part) =>
    part <= 0.0031308 ? 12.92 * part : 1.055 * power(part, 1 / 2.4) - 0.055,
  );
  const [red = 0, green = 0, blue = 0] = encoded.map((part) => Math.round(255 * part));
  return hexOf((red << 16) | (green << 8) | blue);
}
