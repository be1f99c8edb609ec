import type { WorkerAnswer } from '@vigie/contracts/camera-enquiries';
import type {
  FedPicture,
  FrameHeader,
  Headcount,
  Occupancy,
  Watch,
  WorkerStatus,
} from '@vigie/contracts/vision';
import type { Passage } from '../counting/passages.ts';

/** What the bus tells a worker. Payloads are as they came, for the service judges what an unreadable one means. */
export interface BusEvents {
  onConnected(): void;
  /** an empty text: the camera was removed */
  onConfig(cameraId: string, text: string): void;
  onWatch(cameraId: string, watch: Watch): void;
  /** about cameras, for this worker */
  onEnquiry(text: string): void;
  onStatus(workerId: string, status: WorkerStatus): void;
}

/** The bus as a worker needs it. While it is away crossings and occupancies are kept: of all else only the newest is of use. */
export interface WorkerBus {
  start(events: BusEvents): void;
  publishStatus(status: WorkerStatus): void;
  publishHeadcount(cameraId: string, headcount: Headcount): void;
  /** Gives it an id; kept and sent again until the broker has it. */
  publishPassage(cameraId: string, passage: Passage): void;
  /** Delivered at least once: cars that came and went are not forgotten. */
  publishOccupancy(cameraId: string, occupancy: Occupancy): void;
  /** Takes back the retained headcount of a camera that no longer exists. */
  forget(cameraId: string): void;
  /** Calls back for each picture that a browser films for the camera; the result ends it. */
  followPictures(cameraId: string, onPicture: (picture: FedPicture) => void): () => void;
  publishAnswer(answer: WorkerAnswer): void;
  publishFrame(cameraId: string, header: FrameHeader, jpeg: Uint8Array): void;
  /** Says good-bye with this status, then closes. */
  stop(last: WorkerStatus): Promise<void>;
}

/** The part of a logger that a worker uses. Addresses of cameras never go in. */
export interface WorkerLog {
  info(data: object, text: string): void;
  warn(data: object, text: string): void;
  error(data: object, text: string): void;
}
