import * as z from 'zod';
import type { CountInterval } from './clip-score.ts';

/** How many people clips show: by file name, the intervals in which that is beyond doubt; seconds from the start. */
const ClipTruth = z.object({
  videos: z.record(
    z.string().min(1),
    z.object({
      count_intervals: z.array(
        z.object({ from: z.number(), to: z.number(), persons: z.int().nonnegative() }),
      ),
    }),
  ),
});

export interface AnnotatedClip {
  readonly fileName: string;
  readonly truth: readonly CountInterval[];
}

/** Reads what clips show. @throws Error that says what is missing. */
export function readClipTruth(json: unknown): AnnotatedClip[] {
  const parsed = ClipTruth.safeParse(json);
  if (!parsed.success) throw new Error(`no truth of clips: ${z.prettifyError(parsed.error)}`);
  return Object.entries(parsed.data.videos).map(([fileName, { count_intervals }]) => ({
    fileName,
    truth: count_intervals,
  }));
}
