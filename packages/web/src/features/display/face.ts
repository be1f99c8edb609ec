import type { DisplayView } from '@vigie/contracts/parking';
import { type Face, stageOf } from '@vigie/contracts/parking-stage';
import { parkingTime } from '../../platform/clock.ts';

/** The newest view and the moment at which it came, in milliseconds of the page's own clock. */
export interface Seen {
  view: DisplayView;
  takenAtMs: number;
}

/**
 * What the screen shows at the page's moment `atMs`: the newest view, moved on by the parking clock as it ran when the
 * view came, so that an outage changes nothing for the street. `undefined`: the server never spoke.
 */
export function faceAt(seen: Seen | undefined, atMs: number): Face {
  if (!seen) return { kind: 'waiting' };
  const { view, takenAtMs } = seen;
  const { display, colours, clock } = view;
  const palette = { version: display.paletteVersion, colours };
  const now = new Date(parkingTime({ clock, takenAtMs }, atMs));
  return stageOf({ display, palette, now }).face;
}
