import type { Display, HexColour } from './parking.ts';
import { dayAt } from './parking-days.ts';

/** The colours of a period as who shows them knows them: one a day, then black. */
export interface DayColours {
  version: string;
  colours: readonly HexColour[];
}

/**
 * What a bollard shows. `waiting`: never told anything by the server. `label`: short text beside the colour,
 * the day number. `unknown` keeps the colour that was frozen, if there was one.
 */
export type Face =
  | { kind: 'waiting' | 'free' | 'fault' }
  | { kind: 'day'; day: number; colour: HexColour; label: string }
  | { kind: 'overstay'; day: number; label: string }
  | { kind: 'unknown'; colour: HexColour | null; label: string };

/** `isPaletteOurs: false`: the server counts in colours of another version than who shows them knows. */
export interface Stage {
  face: Face;
  isPaletteOurs: boolean;
}

/**
 * What the last display the server sent means at `now`. Parked cars move on to the next colour, and to black,
 * without the server; everything else stays as sent. `palette` is ours for `display.allowedDays`: where its
 * version is not the server's, the colour that was sent stands for the day it was sent for.
 * @throws RangeError when the display's time zone is unknown.
 */
export function stageOf({
  display,
  palette,
  now,
}: {
  display: Display;
  palette: DayColours;
  now: Date;
}): Stage {
  return { face: faceOf(display, palette, now), isPaletteOurs: isOurs(display, palette) };
}

const isOurs = (display: Display, palette: DayColours): boolean =>
  display.paletteVersion === palette.version;

const colourOf = ({ colours }: DayColours, day: number): HexColour => colours[day - 1] ?? '#000000';

function faceOf(display: Display, palette: DayColours, now: Date): Face {
  const { state, colour, label, allowedDays } = display;
  if (state === 'free' || state === 'fault') return { kind: state };
  if (state === 'unknown') return { kind: 'unknown', colour, label };
  const day = dayOf(display, now);
  const shownLabel = day === display.day ? label : String(day);
  if (state === 'overstay' || (day > allowedDays && !isExempt(display, now)))
    return { kind: 'overstay', day, label: shownLabel };
  const isAsSent = day === display.day && colour !== null;
  return {
    kind: 'day',
    day,
    // An authorised stay keeps the last day's colour.
    colour: isAsSent ? colour : colourOf(palette, Math.min(day, allowedDays)),
    label: shownLabel,
  };
}

const isExempt = ({ exemptUntil }: Display, now: Date): boolean =>
  typeof exemptUntil === 'string' && now < new Date(exemptUntil);

/** Never before the day that was sent: a clock on board that lost its time must not give days back. */
function dayOf({ day, since, dayRule, timeZone }: Display, now: Date): number {
  const sent = day ?? 1;
  if (since === null) return sent;
  return Math.max(sent, dayAt({ since: new Date(since), now, dayRule, timeZone }));
}
