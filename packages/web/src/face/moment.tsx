import type { ReactNode } from 'react';
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

/** A translated text with something in the place of its `\0`. */
export function Around({ text, children }: { text: string; children: ReactNode }) {
  const [before = '', after = ''] = text.split('\0');
  return (
    <>
      {before}
      {children}
      {after}
    </>
  );
}
