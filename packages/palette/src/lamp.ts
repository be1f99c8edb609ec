import { codeOf, linearRgbOf } from './srgb.ts';

/**
 * What a lamp is to say. `waiting`: never told anything. `unknown` keeps the colour that was frozen, if there was one.
 * Colours are `#rrggbb`.
 */
export type LampFace =
  | { kind: 'waiting' | 'free' | 'fault' | 'overstay' }
  | { kind: 'day'; colour: string }
  | { kind: 'unknown'; colour: string | null };

/** Red, green and blue, 0..255 each, sRGB. */
export type Light = readonly [red: number, green: number, blue: number];

const dark: Light = [0, 0, 0];
const amber: Light = [255, 140, 0];
const violet: Light = [140, 0, 255];

/**
 * What a coloured lamp gives off at `ms` (milliseconds since 1970, so that a whole street keeps time). A day's
 * colour is steady. A dark lamp could also be dead, so black flashes white for a moment every three seconds, and
 * free breathes faintly. A fault changes between amber and violet; nothing blinks in red or amber, which would
 * look like a signal of the road. Unknown is the frozen colour, dimmed.
 */
export function lightAt(face: LampFace, ms: number): Light {
  switch (face.kind) {
    case 'day':
      return lightOf(face.colour);
    case 'overstay':
      return ms % 3000 < 80 ? white(1) : dark;
    case 'free':
      return white(0.06 * breathAt(ms));
    case 'fault':
      return ms % 2000 < 1000 ? amber : violet;
    case 'unknown':
      return face.colour === null ? waiting(ms) : dimmed(lightOf(face.colour), 0.35);
    case 'waiting':
      return waiting(ms);
  }
}

/**
 * For how much of the time red, green and blue of an LED are on, 0..255 each, at `ms` as `lightAt` takes it. An LED
 * shines in proportion to that, an sRGB code does not: colours are converted, or all of them would look pale. Plain
 * whites are strengths and stay what they are. Source: IEC 61966-2-1:1999, 4.2.
 */
export function dutyAt(face: LampFace, ms: number): Light {
  switch (face.kind) {
    case 'day':
    case 'fault':
      return dutyOf(lightAt(face, ms));
    case 'unknown':
      return face.colour === null ? lightAt(face, ms) : dimmed(dutyOf(lightOf(face.colour)), 0.35);
    default:
      return lightAt(face, ms);
  }
}

function dutyOf([red, green, blue]: Light): Light {
  const [r, g, b] = linearRgbOf((red << 16) | (green << 8) | blue);
  return [Math.round(255 * r), Math.round(255 * g), Math.round(255 * b)];
}

/** In and out in six seconds, 0..1, without a corner at either end. */
function breathAt(ms: number): number {
  const away = Math.abs((2 * (ms % 6000)) / 6000 - 1);
  return away * away * (3 - 2 * away);
}

/** Two short faint blinks every ten seconds: alive, but nothing to say. */
function waiting(ms: number): Light {
  const phase = ms % 10_000;
  return phase < 100 || (phase >= 300 && phase < 400) ? white(0.15) : dark;
}

const white = (strength: number): Light => dimmed([255, 255, 255], strength);

const dimmed = ([red, green, blue]: Light, strength: number): Light => [
  Math.round(red * strength),
  Math.round(green * strength),
  Math.round(blue * strength),
];

function lightOf(colour: string): Light {
  const value = codeOf(colour);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
