import type { Watch, WatchMode } from '@vigie/contracts/vision';
import type { Moment } from './camera-state.ts';

/** Until when each kind of picture is asked for, milliseconds of the clock that nobody sets; 0: not at all. */
export type Watching = Readonly<Record<WatchMode, number>>;

export const UNWATCHED: Watching = { private: 0, clear: 0 };

/** A request for pictures; a clear viewer never makes a private viewer's picture clear, each kind has its own end. */
export const watched = (before: Watching, { mode, until }: Watch, now: Moment): Watching => ({
  ...before,
  [mode]: now.at + Date.parse(until) - now.wallAt,
});

/** Kinds of picture to send now, the clear one first: pixelating changes the picture. */
export const wantedModes = (watching: Watching, now: number): WatchMode[] =>
  (['clear', 'private'] as const).filter((mode) => watching[mode] > now);
