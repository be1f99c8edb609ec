/** Relative luminance of an sRGB colour `#rrggbb`, 0..1. Source: WCAG 2.2, definition of relative luminance. */
export function luminanceOf(hex: string): number {
  const linear = (at: number) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
}

/** Black or white, whichever is easier to read on the colour: always at least 4.5:1. */
export function inkOn(hex: string): '#000000' | '#ffffff' {
  const luminance = luminanceOf(hex);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}
