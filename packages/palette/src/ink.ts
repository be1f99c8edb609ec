import { codeOf, linearRgbOf } from './srgb.ts';

/** Relative luminance of an sRGB colour `#rrggbb`, 0..1. Source: WCAG 2.2, definition of relative luminance. */
export function luminanceOf(hex: string): number {
  const [red, green, blue] = linearRgbOf(codeOf(hex));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever is easier to read on the colour: always at least 4.5:1. */
export function inkOn(hex: string): '#000000' | '#ffffff' {
  const luminance = luminanceOf(hex);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}
