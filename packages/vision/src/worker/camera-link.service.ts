import type { CameraSource, OpenCamera, Shot } from '../camera/camera.ts';
import type { ModelFile } from '../detector/choose-model.ts';
import type { WorkerLog } from './bus.ts';

export interface CameraLinkDeps {
  readonly cameraId: string;
  /** address of the camera; `undefined`: it could not be read, the camera is lost */
  readonly url: string | undefined;
  /** wanted looks a second at first */
  readonly fps: number;
  /** without weights the camera is not opened */
  readonly models: readonly ModelFile[];
  readonly openCamera: OpenCamera;
  readonly log: WorkerLog;
  /** Deals with a shot; the next one comes when that is done. */
  onShot(shot: Shot): Promise<void>;
  onLost(reason: string): void;
  /** Called several times a second, even when no frame ever comes. */
  onTick(): void;
}

const TICK_MS = 250;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The line to one camera: one shot after the other, and whatever goes wrong is told and logged once. */
export class CameraLink {
  readonly #deps: CameraLinkDeps;
  #source: CameraSource | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #isStopped = false;
  #lostBecause: string | undefined;
  #lastTrouble = '';
  #isBehind = true;
  #fps: number;
  #slowdown = 1;

  constructor(deps: CameraLinkDeps) {
    this.#deps = deps;
    this.#fps = deps.fps;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The newest shot went wrong: what is known is of an older picture. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  start(): void {
    const { models, onTick } = this.#deps;
    if (models.length > 0) this.#open();
    this.#watchdog = setInterval(onTick, TICK_MS);
    onTick();
  }

  #open(): void {
    const { url, openCamera } = this.#deps;
    if (url === undefined) {
      this.#lose('its configuration cannot be read');
      return;
    }
    try {
      this.#source = openCamera(url, this.#intervalMs, {
        onShot: (shot) => this.#take(shot),
        onLost: (reason) => this.#lose(reason),
      });
    } catch (error) {
      this.#lose(textOf(error));
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#watchdog);
    await this.#source?.stop();
  }

  /** 1: the wanted rate; 2: half of it. */
  setSlowdown(factor: number): void {
    this.#slowdown = factor;
    this.#source?.setInterval(this.#intervalMs);
  }

  /** `fps`: wanted looks a second from now on. */
  setRate(fps: number): void {
    this.#fps = fps;
    this.#source?.setInterval(this.#intervalMs);
  }

  get #intervalMs(): number {
    return (1000 / this.#fps) * this.#slowdown;
  }

  #lose(reason: string): void {
    if (this.#isStopped) return;
    const { cameraId, log } = this.#deps;
    if (this.#lostBecause !== reason) log.warn({ camera: cameraId, reason }, 'camera lost');
    this.#lostBecause = reason;
    this.#isBehind = true;
    this.#deps.onLost(reason);
  }

  async #take(shot: Shot): Promise<void> {
    const { cameraId, log } = this.#deps;
    if (this.#lostBecause !== undefined) log.info({ camera: cameraId }, 'camera is back');
    this.#lostBecause = undefined;
    try {
      await this.#deps.onShot(shot);
      this.#lastTrouble = '';
      // A camera that was lost meanwhile has forgotten what this shot showed.
      if (this.#lostBecause === undefined) this.#isBehind = false;
    } catch (error) {
      this.#isBehind = true;
      const why = textOf(error);
      const isNew = why !== this.#lastTrouble && !this.#isStopped;
      // The camera turns `late` by itself; the same trouble at every frame is said once.
      if (isNew) log.error({ camera: cameraId, why }, 'a frame could not be looked at');
      this.#lastTrouble = why;
    } finally {
      this.#source?.next();
    }
  }
}
