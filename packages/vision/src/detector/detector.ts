import type { Corners, Detection, Size } from './boxes.ts';
import type { Waiting } from './turns.ts';

/**
 * A picture in memory: `rgb` has 3 bytes a pixel, rows without padding, top row first. It lies in shared memory, so that every
 * thread reads it where it is; memory that is not shared is copied from thread to thread.
 */
export interface Picture {
  readonly rgb: Uint8Array;
  readonly size: Size;
}

/**
 * Limits of the detector, both 0..1. `conf`: weaker finds are dropped. `iou`: of two boxes that overlap by more, the
 * weaker goes.
 */
export interface Thresholds {
  readonly conf: number;
  readonly iou: number;
}

/** How a picture is shown to a model. */
export interface Framing {
  /** this part only, whole pixels of the picture; `undefined`: all of it */
  readonly part?: Corners | undefined;
  /** left and right exchanged */
  readonly isMirrored?: boolean;
  /** dim and hazy places are made clearer first */
  readonly hasContrast?: boolean;
}

export interface DetectRequest extends Thresholds, Framing, Waiting {
  readonly picture: Picture;
  /** path of the weights */
  readonly modelPath: string;
}

/**
 * Humans of one picture, best score first, corners in pixels of the whole picture as it came, clipped to the part that was
 * shown; times in milliseconds.
 */
export interface Look extends Answer {
  readonly humans: Detection[];
}

/** Vehicles (cars, motorcycles, buses, trucks) of one picture, as humans in a `Look`. */
export interface VehicleLook extends Answer {
  readonly vehicles: Detection[];
}

interface Answer {
  readonly ms: { readonly prepare: number; readonly infer: number; readonly post: number };
  /** the one that was looked at */
  readonly picture: Picture;
}

/** Finds humans in pictures, off the main thread. */
export interface Detector {
  /** pictures worked on at the same time */
  readonly threads: number;
  /**
   * The picture must stay as it is until the answer.
   * @throws ModelUnusable when the weights cannot be loaded or give an unknown output.
   */
  detect(request: DetectRequest): Promise<Look>;
  stop(): Promise<void>;
}

/** Finds vehicles in pictures, off the main thread. */
export interface VehicleDetector {
  /** @throws ModelUnusable as `Detector.detect`, and when the weights do not know vehicles. */
  detectVehicles(request: DetectRequest): Promise<VehicleLook>;
}

/** A detector for as long as weights come and go. */
export interface RenewableDetector extends Detector, VehicleDetector {
  /** Forgets the weights that were loaded: files may be others than before. What is being looked at is finished. */
  renew(): void;
}

/** Overlap of two boxes of one look beyond which they are one person; measured, see docs/counting.md. */
export const COUNTING_IOU = 0.6;
/** From this score on a find counts as a person in a single picture; measured, see docs/counting.md. */
export const COUNTED_SCORE = 0.14;
