import { useTimeStyle } from '../platform/react.tsx';
import { exactTime, momentText, timeOfDay } from '../platform/time.ts';

/** When something was: relative within the hour, absolute beyond, exact on hover. `nowMs` of the same clock. */
export function Moment({ at, nowMs }: { at: string; nowMs: number }) {
  const style = useTimeStyle();
  const atMs = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(atMs, style)}>
      {momentText(atMs, nowMs, style)}
    </time>
  );
}

/** The time of day to the second: for what must be exact. */
export function TimeOfDay({ at }: { at: string }) {
  const style = useTimeStyle();
  const atMs = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(atMs, style)}>
      {timeOfDay(atMs, style)}
    </time>
  );
}
