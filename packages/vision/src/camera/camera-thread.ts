import type { Shot, StreamKind } from './camera.ts';
import type { SourceUrl } from './source-url.ts';

/** Shared numbers between a camera and its thread, by index. */
export const control = { stop: 0, wanted: 1, intervalMs: 2, length: 3 } as const;

export interface CameraThreadData {
  readonly source: SourceUrl;
  /** addresses and networks that are allowed although they are of a forbidden kind */
  readonly allowed: readonly string[];
  readonly control: SharedArrayBuffer;
}

export type CameraThreadNews =
  | { kind: 'opened'; stream: StreamKind }
  | { kind: 'shot'; shot: Shot }
  | { kind: 'lost'; reason: string };
