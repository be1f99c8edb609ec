/** Share of the capacity that is used, so that queues stay short. */
const USABLE = 0.9;

/** What the detector's threads can do. `msPerLook`: mean time of one picture on one thread; `undefined`: not measured yet. */
export interface Power {
  readonly threads: number;
  readonly msPerLook: number | undefined;
}

/** Pictures per second it could count in all; 0 while not measured. */
export const capacityFps = ({ threads, msPerLook }: Power): number =>
  msPerLook === undefined || msPerLook <= 0 ? 0 : (threads * 1000) / msPerLook;

/**
 * By how much the looks at every camera are spread: 1 keeps the wanted rates; 2 halves them all. A machine that is too
 * slow lowers all cameras evenly and drops none. `wantedFps`: the rates of all cameras of this worker.
 */
export function slowdown(wantedFps: readonly number[], power: Power): number {
  const usable = capacityFps(power) * USABLE;
  const wanted = wantedFps.reduce((sum, fps) => sum + fps, 0);
  return usable === 0 ? 1 : Math.max(1, wanted / usable);
}

/** Weight of the newest measurement. */
const NEWEST = 0.05;

/** Moving mean of the time of one picture. */
export const averaged = (before: number | undefined, ms: number): number =>
  before === undefined ? ms : before * (1 - NEWEST) + ms * NEWEST;

/** Looks a second; `times`: of the newest looks, oldest first, milliseconds; falls while no new one comes. */
export function rateOf(times: readonly number[], now: number): number {
  const [oldest] = times;
  if (oldest === undefined || now <= oldest || times.length < 2) return 0;
  return Math.round(((times.length - 1) * 10_000) / (now - oldest)) / 10;
}
