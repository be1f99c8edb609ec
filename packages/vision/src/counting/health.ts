import type { CameraHealth, CameraWarning } from '@vigie/contracts/vision';
import type { View } from '../camera/view.ts';
import { isKnown, type Likeness, likenessOf, type Scene, slidLikeness, withView } from './scene.ts';

/** Limits of a picture by itself; luma 0..255. Measured, see docs/counting.md, Health. */
const DARK_LUMA = 20;
const COVERED_SPREAD = 6;
const BLURRED_SHARPNESS = 0.25;
/** Limits against the usual scene; measured, see docs/counting.md, Health. */
const COVERED_SHARE = 0.4;
const DARK_LIGHT = 0.5;
const SMOKE_CONTRAST = 0.65;
const BLURRED_FOCUS = 0.55;
/** Share of alike fields: below the first the camera looks elsewhere, from the second on it does not. */
const ELSEWHERE = 0.3;
const IN_PLACE = 0.75;
/** So many more fields are alike once the view is slid back: the camera was turned a little. */
const SLID_GAIN = 0.25;
const SLIDE_EVERY_MS = 1000;
/** The shapes are elsewhere for this long: the camera was moved. Shorter than a room needs to be called empty; milliseconds. */
const MOVED_MS = 1500;
/** The view is soft for this long: the lens is dirty or out of focus, and nothing just passes before it; milliseconds. */
const BLURRED_MS = 3000;
/** A view with less contrast than this is not learnt: smoke must not become usual. */
const LEARN_CONTRAST = 0.85;
/** A picture that was blind is believed again after it has been good for this long, in milliseconds. */
const TRUST_AGAIN_MS = 1000;
/** Live pictures carry noise: bit for bit the same for this long, the camera hangs; milliseconds. */
const FROZEN_MS = 10_000;

type Hindrance = Exclude<CameraWarning, 'slow'>;

/** Whether the camera can see at all. Times in milliseconds since 1970. */
export interface Sightedness {
  readonly blind: Hindrance | 'moved' | undefined;
  /** believed blind up to then */
  readonly until: number;
  /** the view is bad, but somebody is seen in it: at least they are there */
  readonly hindrance: Hindrance | undefined;
  /** what the camera usually shows; `undefined`: nothing was seen yet */
  readonly scene: Scene | undefined;
  /** since when the shapes of the scene are elsewhere; `undefined`: they are in place */
  readonly elsewhereSince: number | undefined;
  readonly slidAt: number;
  /** since when the view is soft; `undefined`: it is sharp */
  readonly softSince: number | undefined;
}

export const SIGHTED: Sightedness = {
  blind: undefined,
  until: 0,
  hindrance: undefined,
  scene: undefined,
  elsewhereSince: undefined,
  slidAt: 0,
  softSince: undefined,
};

const isSoft = (view: View, likeness: Likeness | undefined): boolean =>
  view.sharpness < BLURRED_SHARPNESS || (likeness !== undefined && likeness.focus < BLURRED_FOCUS);

/** What hinders the view, the plainest cause first; `softMs`: how long it has been soft. */
function hindranceOf(
  view: View,
  likeness: Likeness | undefined,
  softMs: number,
): Hindrance | undefined {
  if (view.meanLuma < DARK_LUMA) return 'dark';
  if (view.spread < COVERED_SPREAD) return 'covered';
  if (likeness && likeness.plain >= COVERED_SHARE) return 'covered';
  if (likeness && likeness.light < DARK_LIGHT) return 'dark';
  // Smoke leaves the shapes where they are; a wall that a camera was turned to does not.
  const isInPlace = likeness !== undefined && likeness.alike >= ELSEWHERE;
  if (isInPlace && likeness.contrast < SMOKE_CONTRAST) return 'smoke';
  return softMs >= BLURRED_MS ? 'blurred' : undefined;
}

type Place = Pick<Sightedness, 'elsewhereSince' | 'slidAt'>;

/** Where the shapes of the scene are. Only a clear view can tell. */
function placeOf(before: Sightedness, view: View, alike: number | undefined, at: number): Place {
  const { scene, slidAt, elsewhereSince } = before;
  if (alike === undefined || scene === undefined || alike >= IN_PLACE) {
    return { elsewhereSince: undefined, slidAt };
  }
  const elsewhere = { elsewhereSince: elsewhereSince ?? at, slidAt };
  if (alike < ELSEWHERE) return elsewhere;
  if (at - slidAt < SLIDE_EVERY_MS) return { elsewhereSince, slidAt };
  const isSlid = slidLikeness(scene, view) >= alike + SLID_GAIN;
  return { elsewhereSince: isSlid ? elsewhere.elsewhereSince : undefined, slidAt: at };
}

/** A bad view cannot tell: a moved camera stays moved, and no other becomes it. */
const hiddenPlace = ({ blind, elsewhereSince, slidAt }: Sightedness): Place => ({
  elsewhereSince: blind === 'moved' ? elsewhereSince : undefined,
  slidAt,
});

/**
 * Quick to say blind, slow to trust again. People who are seen in a bad view are there: the camera stays sighted and the
 * hindrance is told beside the count. A camera that was moved is blind whoever is seen: they may be in another room. It is
 * believed again when the old view is back; a new one has to be confirmed by a person, for a wall looks like an empty room.
 */
export function judgeView(before: Sightedness, view: View, seen: number, at: number): Sightedness {
  const { scene } = before;
  const likeness = scene && isKnown(scene) ? likenessOf(scene, view) : undefined;
  const softSince = isSoft(view, likeness) ? (before.softSince ?? at) : undefined;
  const hindrance = hindranceOf(view, likeness, at - (softSince ?? at));
  const place = hindrance ? hiddenPlace(before) : placeOf(before, view, likeness?.alike, at);
  const { elsewhereSince, slidAt } = place;
  const isInPlace = !hindrance && elsewhereSince === undefined;
  const isClear = softSince === undefined && (likeness?.contrast ?? 1) >= LEARN_CONTRAST;
  const after = {
    hindrance: seen > 0 ? hindrance : undefined,
    scene: isInPlace && isClear ? withView(scene, view, at) : scene,
    elsewhereSince,
    slidAt,
    softSince,
  };
  const blind = blindnessOf(before, { hindrance, elsewhereSince, seen, at });
  return { ...after, blind, until: isInPlace ? before.until : at + TRUST_AGAIN_MS };
}

interface Verdict {
  readonly hindrance: Hindrance | undefined;
  readonly elsewhereSince: number | undefined;
  readonly seen: number;
  readonly at: number;
}

function blindnessOf(
  before: Sightedness,
  { hindrance, elsewhereSince, seen, at }: Verdict,
): Sightedness['blind'] {
  const isMoved = elsewhereSince !== undefined && at - elsewhereSince >= MOVED_MS;
  if (isMoved || (before.blind === 'moved' && at < before.until)) return 'moved';
  if (seen > 0) return undefined;
  if (hindrance) return hindrance;
  return at < before.until ? before.blind : undefined;
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
  /** looks a second, and how many were asked for */
  readonly fps: number;
  readonly wantedFps: number;
  /** when the looks began over which `fps` was measured */
  readonly measuredSince: number | undefined;
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

/** Below this share of the rate that was asked for, a camera is slow. */
const SLOW_SHARE = 0.5;
/** A rate is believed once it was measured over this long, in milliseconds. */
const RATE_MS = 4000;

/** What hampers a camera although its count stands; empty where the health is not `ok`, which says it all. */
export function warningsOf(signs: Signs): CameraWarning[] {
  if (healthOf(signs) !== 'ok') return [];
  const { now, fps, wantedFps, measuredSince = now } = signs;
  const isSlow = now - measuredSince >= RATE_MS && fps < wantedFps * SLOW_SHARE;
  const { hindrance } = signs.sightedness;
  return [...(isSlow ? (['slow'] as const) : []), ...(hindrance ? [hindrance] : [])];
}
