import type { Picture } from '../detector/detector.ts';

/**
 * Tells a live picture from a frozen one by its content and its time stamp. The result gives, for each picture in turn, how
 * long nothing has changed, in milliseconds. `t`: time stamp of any unit; `now`: milliseconds of a clock that nobody sets.
 */
export function createChangeWatch() {
  let last = new Uint8Array(0);
  let lastT = Number.NEGATIVE_INFINITY;
  let changedAt = 0;
  return ({ rgb }: Picture, t: number, now: number): number => {
    const frozen = t <= lastT || Buffer.compare(last, rgb) === 0;
    if (!frozen) changedAt = now;
    if (last.length !== rgb.length) last = new Uint8Array(rgb.length);
    last.set(rgb);
    lastT = t;
    return now - changedAt;
  };
}
