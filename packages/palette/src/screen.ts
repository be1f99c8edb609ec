import { inkOn } from './ink.ts';
import type { HexString } from './srgb.ts';

/**
 * What a screen is to say. `label`: the day's number. `unknown` keeps the colour that was frozen, if there was one.
 * Colours are `#rrggbb`.
 */
export type ScreenFace =
  | { kind: 'waiting' | 'free' | 'fault' }
  | { kind: 'day'; colour: string; label: string }
  | { kind: 'overstay'; label: string }
  | { kind: 'unknown'; colour: string | null };

/**
 * How the screen says it; `display.css` draws it. `sign`: the few letters that fill the screen. `fill` and `ink`:
 * colours of ground and letters, `null` where the style has its own. `kept`: a frozen colour, shown as a band.
 */
export interface ScreenLook {
  sign: string;
  fill: string | null;
  ink: HexString | null;
  kept: string | null;
}

const plain: ScreenLook = { sign: '', fill: null, ink: null, kept: null };

/**
 * A day fills the screen with its colour and its number. Only a car over time is black, and its white frame and
 * number tell it from a screen that is off. Free is empty. What is not known has a sign, and no day.
 */
export function screenLookOf(face: ScreenFace): ScreenLook {
  switch (face.kind) {
    case 'day':
      return { ...plain, sign: face.label, fill: face.colour, ink: inkOn(face.colour) };
    case 'overstay':
      return { ...plain, sign: face.label, fill: '#000000', ink: '#ffffff' };
    case 'unknown':
      return { ...plain, sign: '?', kept: face.colour };
    case 'fault':
      return { ...plain, sign: '!' };
    case 'waiting':
      return { ...plain, sign: '…' };
    case 'free':
      return plain;
  }
}
