import {
  CameraConfig,
  type FedPicture,
  type FrameHeader,
  type Watch,
  wantedFps,
} from '@vigie/contracts/vision';
import type { OpenCamera } from '../camera/camera.ts';
import type { ModelFile } from '../detector/choose-model.ts';
import type { Detector, Picture, VehicleDetector } from '../detector/detector.ts';
import type { WorkerBus } from './bus.ts';
import { CameraRun, type CameraRunDeps, type Run } from './camera-run.service.ts';
import { openFedCamera } from './fed-camera.service.ts';
import { newRateOf } from './new-rate.ts';
import { createParkingRun } from './parking-run.service.ts';

export interface FleetDeps
  extends Pick<
    CameraRunDeps,
    'workerId' | 'openCamera' | 'renderFrame' | 'now' | 'wallNow' | 'log' | 'onLook'
  > {
  readonly bus: WorkerBus;
  readonly detector: Detector & VehicleDetector;
  /** Decodes a picture of a browser. @throws Error when it is none. */
  readonly decode: (jpeg: Uint8Array) => Promise<Picture>;
  readonly models: () => readonly ModelFile[];
  /** Opens a sealed address. @throws when it was sealed with another key. */
  readonly unseal: (sealed: string) => Promise<string>;
}

/** The cameras this worker counts now. */
export interface Fleet {
  /**
   * Ends what is not listed or was configured anew, begins the rest; where only the rates are new the camera goes on.
   * `wanted`: configuration as it came, by camera id.
   */
  become(wanted: ReadonlyMap<string, string>): Promise<void>;
  readonly cameras: string[];
  /** wanted rates of the cameras that deliver frames */
  readonly liveFps: number[];
  setSlowdown(factor: number): void;
  watch(cameraId: string, watch: Watch): void;
  /** The newest counts again, for a bus that was away. */
  republish(): void;
  /** Ends all; what was counted here is unknown from now on. */
  stop(): Promise<void>;
}

interface Entry {
  /** configuration as it came */
  text: string;
  /** wanted looks a second */
  fps: number;
  readonly run: Run;
}

export function createFleet(deps: FleetDeps): Fleet {
  const { bus, log } = deps;
  /** by camera id */
  const entries = new Map<string, Entry>();

  /** `url` is `undefined` when the configuration or its seal cannot be read. */
  async function readConfig(cameraId: string, text: string) {
    try {
      const config = CameraConfig.parse(JSON.parse(text));
      return { config, url: await deps.unseal(config.source) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.warn(
        { camera: cameraId, why },
        'configuration of a camera cannot be read; check that VIGIE_SEAL_KEY is the key of the server',
      );
      return { config: CameraConfig.parse({ v: 1, source: '' }), url: undefined };
    }
  }

  /** A browser's camera comes over the bus, any other by its address. */
  const openerFor =
    (cameraId: string): OpenCamera =>
    (url, intervalMs, events) => {
      if (!url.startsWith('browser:')) return deps.openCamera(url, intervalMs, events);
      const follow = (onPicture: (picture: FedPicture) => void) =>
        bus.followPictures(cameraId, onPicture);
      return openFedCamera({ ...deps, follow }, intervalMs, events);
    };

  function open(cameraId: string, config: CameraConfig, url: string | undefined): Run {
    const common = {
      ...deps,
      openCamera: openerFor(cameraId),
      models: deps.models(),
      cameraId,
      config,
      url,
      onFrame: (header: FrameHeader, jpeg: Uint8Array) => bus.publishFrame(cameraId, header, jpeg),
    };
    if (!config.task)
      return new CameraRun({
        ...common,
        onHeadcount: (headcount) => bus.publishHeadcount(cameraId, headcount),
        onPassage: (passage) => bus.publishPassage(cameraId, passage),
      });
    return createParkingRun({
      ...common,
      spaces: config.task.spaces,
      onOccupancy: (occupancy) => bus.publishOccupancy(cameraId, occupancy),
    });
  }

  async function begin(cameraId: string, text: string): Promise<void> {
    const { config, url } = await readConfig(cameraId, text);
    const run = open(cameraId, config, url);
    entries.set(cameraId, { text, fps: wantedFps(config), run });
    run.start();
  }

  function end(cameraId: string, { run }: Entry): void {
    entries.delete(cameraId);
    // A dead camera may take seconds to let go; the others do not wait for it.
    run.stop().catch((error: unknown) => {
      log.error({ camera: cameraId, error: String(error) }, 'a camera did not stop');
    });
  }

  /** A change of its rates alone leaves a camera what it knows. */
  function keepOrEnd(cameraId: string, entry: Entry, text: string | undefined): void {
    if (text === entry.text) return;
    const fps = text === undefined ? undefined : newRateOf(entry.text, text);
    if (fps === undefined) {
      end(cameraId, entry);
      return;
    }
    if (fps !== entry.fps) entry.run.setRate(fps);
    Object.assign(entry, { text, fps });
  }

  return {
    get cameras() {
      return [...entries.keys()].sort();
    },
    get liveFps() {
      return [...entries.values()].filter(({ run }) => run.isLive).map(({ fps }) => fps);
    },
    async become(wanted) {
      for (const [id, entry] of [...entries]) keepOrEnd(id, entry, wanted.get(id));
      for (const [id, text] of wanted) if (!entries.has(id)) await begin(id, text);
    },
    setSlowdown(factor) {
      for (const { run } of entries.values()) run.setSlowdown(factor);
    },
    watch: (cameraId, watch) => entries.get(cameraId)?.run.watch(watch),
    republish() {
      for (const { run } of entries.values()) run.republish();
    },
    async stop() {
      const ended = [...entries.values()];
      entries.clear();
      const stopping = ended.map(({ run }) => {
        const stopped = run.stop();
        run.disown();
        return stopped;
      });
      await Promise.all(stopping);
    },
  };
}
