import type { WorkerStatus } from '@vigie/contracts/vision';
import type { InspectedModel } from '../detector/choose-model.ts';
import { chooseModel } from '../detector/choose-model.ts';
import type { RenewableDetector } from '../detector/detector.ts';
import type { BusEvents } from './bus.ts';
import type { Enquiries } from './enquiries.service.ts';
import { createFleet, type FleetDeps } from './fleet.service.ts';
import { averaged, capacityFps, slowdown } from './pace.ts';
import { type Heard, presentWorkers, STATUS_EVERY_MS, workerFor } from './sharing.ts';
import { USUAL_CAMERA, workerModels } from './worker-models.ts';

/** After a change among the workers or cameras, wait for the rest of it; retained messages come one by one. */
const SHARE_AFTER_MS = 200;
const PACE_EVERY_MS = 2000;
const MODELS_EVERY_MS = 5000;
const OFFLINE: WorkerStatus = {
  online: false,
  cameras: [],
  capacityFps: 0,
  model: null,
  models: [],
};

export interface WorkerDeps extends Omit<FleetDeps, 'models' | 'onLook'> {
  readonly detector: RenewableDetector;
  /** Looks for weights and measures their pace. */
  readonly listModels: () => Promise<InspectedModel[]>;
  /** Another text when there is something new to look for. */
  readonly modelsMark: () => Promise<string>;
  readonly enquiries: Pick<Enquiries, 'take'>;
}

export interface VisionWorker {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Shares the cameras on the bus with the other workers and counts its own. */
export function createVisionWorker(deps: WorkerDeps): VisionWorker {
  const { workerId, bus, detector, log, now } = deps;
  /** configuration as it came, by camera id */
  const configs = new Map<string, string>();
  /** cameras of ours that were taken away; their headcounts still stand on the broker */
  const removed = new Set<string>();
  /** by worker id */
  const heard = new Map<string, Heard>();
  const timers: NodeJS.Timeout[] = [];
  const meter = createMeter(deps);
  const fleet = createFleet({ ...deps, models: () => meter.models, onLook: meter.onLook });
  let sharing: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** Changes of the fleet happen one after the other. */
  let changes: Promise<void> = Promise.resolve();

  const status = (): WorkerStatus => ({
    online: true,
    cameras: fleet.cameras,
    capacityFps: Math.round(capacityFps(meter.power()) * 10) / 10,
    model: chooseModel(meter.models, 'standard', USUAL_CAMERA)?.name ?? null,
    models: workerModels(meter.models),
  });

  const setPace = (): void => fleet.setSlowdown(slowdown(fleet.liveFps, meter.power()));

  async function share(): Promise<void> {
    if (isStopped) return;
    const workers = presentWorkers(workerId, heard, now());
    const before = fleet.cameras.join();
    await fleet.become(
      new Map([...configs].filter(([cameraId]) => workerFor(cameraId, workers) === workerId)),
    );
    setPace();
    for (const cameraId of removed) bus.forget(cameraId);
    removed.clear();
    if (fleet.cameras.join() !== before) bus.publishStatus(status());
  }

  function change(work: () => Promise<void>): Promise<void> {
    changes = changes.then(work).catch((error: unknown) => {
      log.error({ error: String(error) }, 'cameras could not be shared out');
    });
    return changes;
  }

  function shareSoon(): void {
    clearTimeout(sharing);
    if (!isStopped) sharing = setTimeout(() => void change(share), SHARE_AFTER_MS);
  }

  /**
   * Weights may come and go while we run. Cameras that had none begin afresh; the others look on with the new ones, and keep
   * what they know of their scene.
   */
  async function lookForModels(): Promise<void> {
    if (isStopped) return;
    const hadNone = meter.models.length === 0;
    if (!(await meter.findModels())) return;
    detector.renew();
    if (hadNone) {
      await fleet.become(new Map());
      shareSoon();
    }
    bus.publishStatus(status());
  }

  const events: BusEvents = {
    onConnected() {
      bus.publishStatus(status());
      fleet.republish();
    },
    onConfig(cameraId, text) {
      if (text !== '') {
        configs.set(cameraId, text);
        removed.delete(cameraId);
      } else if (configs.delete(cameraId) && fleet.cameras.includes(cameraId)) {
        removed.add(cameraId);
      }
      shareSoon();
    },
    onWatch: fleet.watch,
    onEnquiry: (text) => void deps.enquiries.take(text),
    onStatus(id, other) {
      const wasOnline = heard.get(id)?.status.online ?? false;
      heard.set(id, { status: other, at: now() });
      if (id !== workerId && wasOnline !== other.online) shareSoon();
    },
  };

  return {
    async start() {
      await meter.findModels();
      bus.start(events);
      timers.push(
        setInterval(() => bus.publishStatus(status()), STATUS_EVERY_MS),
        setInterval(shareSoon, STATUS_EVERY_MS),
        setInterval(setPace, PACE_EVERY_MS),
        setInterval(() => void change(lookForModels), MODELS_EVERY_MS),
      );
    },
    async stop() {
      isStopped = true;
      clearTimeout(sharing);
      for (const timer of timers) clearInterval(timer);
      await changes;
      // First the counts become unknown, then the cameras are free for others, then threads end.
      const ended = fleet.stop();
      await bus.stop(OFFLINE);
      await ended;
      await detector.stop();
    },
  };
}

/** Knows the weights and how fast this machine looks with them. */
function createMeter({ detector, listModels, modelsMark, log }: WorkerDeps) {
  /** One list for all who look: what is found later is put into it. */
  const models: InspectedModel[] = [];
  let mark: string | undefined;
  let msPerLook: number | undefined;
  return {
    models,
    power: () => ({ threads: detector.threads, msPerLook }),
    onLook(ms: number): void {
      msPerLook = averaged(msPerLook, ms);
    },
    /** `true` when they are others than before. */
    async findModels(): Promise<boolean> {
      const now = await modelsMark();
      if (now === mark) return false;
      const before = models.map(({ sha256 }) => sha256).join();
      models.splice(0, models.length, ...(await listModels()));
      mark = now;
      if (models.map(({ sha256 }) => sha256).join() === before) return false;
      msPerLook = undefined;
      log.info({ models: models.map(({ name }) => name) }, 'weights found');
      return true;
    },
  };
}
