import type { CameraHealth } from '@vigie/contracts/vision';
import type { View } from '../camera/view.ts';

/** Darker on the mean than this, nobody could be seen; 0..255. Rooms with the lights off are above it on cameras with infra-red. */
const DARK_LUMA = 14;
/** Less difference of brightness over the whole picture than this: something lies over the lens. */
const COVERED_SPREAD = 6;
/** A picture that was blind is believed again after it has been good for this long, in milliseconds. */
const TRUST_AGAIN_MS = 1000;
/** Live pictures carry noise: bit for bit the same for this long, the camera hangs; milliseconds. */
const FROZEN_MS = 10_000;

/** Whether the camera can see at all. `until`: believed blind up to then, milliseconds since 1970. */
export interface Sightedness {
  readonly blind: 'dark' | 'covered' | undefined;
  readonly until: number;
}

export const SIGHTED: Sightedness = { blind: undefined, until: 0 };

/**
 * Quick to say blind, slow to trust again. Who is seen in a dark picture is seen: `seen` people keep the camera sighted.
 */
export function judgeView(before: Sightedness, view: View, seen: number, at: number): Sightedness {
  if (seen > 0) return SIGHTED;
  const until = at + TRUST_AGAIN_MS;
  if (view.meanLuma < DARK_LUMA) return { blind: 'dark', until };
  if (view.spread < COVERED_SPREAD) return { blind: 'covered', until };
  return at < before.until ? before : SIGHTED;
}

/** What is known of a camera now. Times in milliseconds since 1970; `undefined`: not yet. */
export interface Signs {
  readonly now: number;
  readonly staleMs: number;
  readonly hasModel: boolean;
  /** the stream is broken, the address refused, or the configuration unreadable */
  readonly isLost: boolean;
  /** when the worker began to wait for the first frame */
  readonly waitingSince: number;
  readonly newestFrameAt: number | undefined;
  readonly newestLookAt: number | undefined;
  readonly unchangedMs: number;
  readonly sightedness: Sightedness;
  readonly hasCount: boolean;
}

/** Health of a camera; the first thing that is wrong names it. Only `ok` lets its count stand. */
export function healthOf(signs: Signs): CameraHealth {
  const { now, staleMs, newestLookAt } = signs;
  if (!signs.hasModel) return 'no-model';
  if (signs.isLost) return 'lost';
  if (newestLookAt === undefined) {
    if (now - signs.waitingSince <= staleMs) return 'starting';
    return signs.newestFrameAt === undefined ? 'lost' : 'late';
  }
  if (now - newestLookAt > staleMs) return 'late';
  if (signs.unchangedMs >= FROZEN_MS) return 'frozen';
  if (signs.sightedness.blind) return signs.sightedness.blind;
  return signs.hasCount ? 'ok' : 'starting';
}
