import {
  type CameraConfig,
  type FrameHeader,
  type Headcount,
  type Watch,
  type WatchMode,
  wantedFps,
} from '@vigie/contracts/vision';
import type { OpenCamera, Shot } from '../camera/camera.ts';
import type { Passage } from '../counting/passages.ts';
import { TRACK_RULES } from '../counting/tracker.ts';
import type { Corners, Size } from '../detector/boxes.ts';
import type { ModelFile } from '../detector/choose-model.ts';
import type { Detector, Look, Picture } from '../detector/detector.ts';
import { createFinder, type Finder } from '../detector/finder.service.ts';
import { SECOND_LOOK } from '../detector/second-look.ts';
import type { WorkerLog } from './bus.ts';
import { CameraLink } from './camera-link.service.ts';
import {
  type CameraState,
  cameraLost,
  frameCame,
  frameCounted,
  headcountOf,
  type Moment,
  newCamera,
  peopleIn,
  placesToHide,
  rateChanged,
} from './camera-state.ts';
import { UNWATCHED, wantedModes, watched } from './watching.ts';

/** A count that does not change is published this often, in milliseconds. */
const REPEAT_MS = 1000;

/** Makes the JPEG of a frame; `private` hides what is at `places` in it. May change the picture. */
export type RenderFrame = (
  picture: Picture,
  mode: WatchMode,
  places: readonly Corners[],
) => Promise<{ jpeg: Uint8Array; size: Size }>;

export interface CameraRunDeps {
  readonly cameraId: string;
  readonly workerId: string;
  readonly config: CameraConfig;
  /** address of the camera; `undefined`: it could not be read, the camera is lost */
  readonly url: string | undefined;
  readonly models: readonly ModelFile[];
  readonly detector: Detector;
  readonly openCamera: OpenCamera;
  readonly renderFrame: RenderFrame;
  /** milliseconds of the clock that nobody sets */
  readonly now: () => number;
  /** milliseconds since 1970 */
  readonly wallNow: () => number;
  readonly log: WorkerLog;
  onHeadcount(headcount: Headcount): void;
  /** `at`: milliseconds since 1970 */
  onPassage(passage: Passage): void;
  onFrame(header: FrameHeader, jpeg: Uint8Array): void;
  /** time one picture took on its thread, milliseconds */
  onLook(ms: number): void;
}

/** Now, by both clocks. */
export const momentOf = ({ now, wallNow }: Pick<CameraRunDeps, 'now' | 'wallNow'>): Moment => ({
  at: now(),
  wallAt: wallNow(),
});

/** A camera at work, whatever it is looked at for. */
export interface Run {
  /** Frames are coming. */
  readonly isLive: boolean;
  start(): void;
  stop(): Promise<void>;
  /** 1: the wanted rate; 2: half of it. */
  setSlowdown(factor: number): void;
  /** `fps`: wanted looks a second from now on; what is known stays. */
  setRate(fps: number): void;
  watch(request: Watch): void;
  /** Says again what is known, for a bus that was away. */
  republish(): void;
  /** Says that nothing is known from now on. */
  disown(): void;
}

/**
 * One camera of this worker, from its frames to its published headcount. Whatever goes wrong in it stays in it and
 * shows in the camera's health; the watchdog publishes even when no frame ever comes.
 */
export class CameraRun implements Run {
  readonly #deps: CameraRunDeps;
  readonly #finder: Finder;
  readonly #link: CameraLink;
  /** when a crowd was looked at again, as `now` */
  #secondLookAt = Number.NEGATIVE_INFINITY;
  #state: CameraState;
  #watching = UNWATCHED;
  #wantedFps: number;
  #published = { what: '', at: 0 };

  constructor(deps: CameraRunDeps) {
    this.#deps = deps;
    this.#finder = createFinder(deps);
    this.#wantedFps = wantedFps(deps.config);
    this.#link = new CameraLink({
      ...deps,
      fps: this.#wantedFps,
      onShot: (shot) => this.#count(shot),
      onLost: (reason) => this.#lose(reason),
      onTick: () => this.#publishIfDue(),
    });
    this.#state = newCamera(momentOf(deps), deps.config.markings);
  }

  get isLive(): boolean {
    return this.#state.newestFrameAt !== undefined;
  }

  start(): void {
    this.#link.start();
  }

  stop(): Promise<void> {
    return this.#link.stop();
  }

  setSlowdown(factor: number): void {
    this.#link.setSlowdown(factor);
  }

  setRate(fps: number): void {
    this.#wantedFps = fps;
    this.#state = rateChanged(this.#state);
    this.#link.setRate(fps);
  }

  watch(request: Watch): void {
    this.#watching = watched(this.#watching, request, momentOf(this.#deps));
  }

  republish(): void {
    this.#deps.onHeadcount(this.#headcount());
  }

  disown(): void {
    const unknown = {
      count: null,
      min: null,
      max: null,
      boxes: undefined,
      health: 'lost',
      warnings: [],
    } satisfies Partial<Headcount>;
    this.#deps.onHeadcount({ ...this.#headcount(), ...unknown });
  }

  #headcount(): Headcount {
    const { workerId, config, models, now } = this.#deps;
    const terms = {
      worker: workerId,
      staleMs: config.staleMs,
      hasModel: models.length > 0,
      wantedFps: this.#wantedFps,
      rules: TRACK_RULES,
    };
    return headcountOf(this.#state, terms, now());
  }

  /** At a change at once, else every second. */
  #publishIfDue(): void {
    if (this.#link.isStopped) return;
    const headcount = this.#headcount();
    const { count, min, max, health, warnings, at } = headcount;
    // People who are placed on the floor plan walk on while their number stays.
    const isPlaced = this.#deps.config.markings.calibration !== null;
    const what = [count, min, max, health, isPlaced && at, ...warnings].join();
    const now = this.#deps.now();
    if (what === this.#published.what && now - this.#published.at < REPEAT_MS) return;
    this.#published = { what, at: now };
    this.#deps.onHeadcount(headcount);
  }

  #lose(reason: string): void {
    this.#state = cameraLost(this.#state, reason, momentOf(this.#deps));
    this.#publishIfDue();
  }

  async #count(shot: Shot): Promise<void> {
    this.#state = frameCame(this.#state, shot.at);
    const { humans, picture } = await this.#lookAt(shot);
    if (this.#link.isStopped || this.#state.lostBecause !== undefined) return;
    this.#state = frameCounted(this.#state, shot, { humans, size: picture.size }, TRACK_RULES);
    const toWall = shot.wallAt - shot.at;
    for (const passage of this.#state.passages) {
      this.#deps.onPassage({ ...passage, at: passage.at + toWall });
    }
    this.#publishIfDue();
    await this.#sendFrames(shot, picture);
  }

  async #lookAt(shot: Shot): Promise<Pick<Look, 'humans' | 'picture'>> {
    const { profile } = this.#deps.config;
    const { picture } = shot;
    const isSame = shot.unchangedMs > 0 && !this.#link.isBehind;
    // Bit for bit the same picture holds the same people: the only looks that are ever skipped.
    if (isSame) return { humans: [...this.#state.humans], picture };
    const mayLookAgain = shot.at - this.#secondLookAt >= SECOND_LOOK[profile].everyMs;
    const found = await this.#finder.find({ picture, profile, mayLookAgain });
    if (found.looks > 1) this.#secondLookAt = shot.at;
    this.#deps.onLook(found.ms.prepare + found.ms.infer + found.ms.post);
    return found;
  }

  async #sendFrames({ at, wallAt }: Shot, picture: Picture): Promise<void> {
    const { renderFrame, onFrame, now } = this.#deps;
    const people = peopleIn(this.#state, TRACK_RULES);
    const { count } = this.#headcount();
    const places = placesToHide(this.#state, at);
    for (const mode of wantedModes(this.#watching, now())) {
      const { jpeg, size } = await renderFrame(picture, mode, places);
      if (this.#link.isStopped) return;
      onFrame({ at: new Date(wallAt).toISOString(), ...size, mode, count, people }, jpeg);
    }
  }
}
