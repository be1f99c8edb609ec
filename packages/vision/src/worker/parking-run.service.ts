import { type Occupancy, type WatchedSpace, wantedFps } from '@vigie/contracts/vision';
import type { Shot } from '../camera/camera.ts';
import { coarsen } from '../camera/pixelate.ts';
import { healthOf } from '../counting/health.ts';
import { TRACK_RULES } from '../counting/tracker.ts';
import type { Picture, VehicleDetector } from '../detector/detector.ts';
import { mustForget, occupancyOf, type SettledSpaces, settledAfter } from '../parking/settling.ts';
import type { SpaceSight } from '../parking/space-sights.ts';
import { createSpaceWatch } from '../parking/space-watch.service.ts';
import { CameraLink } from './camera-link.service.ts';
import { type CameraRunDeps, momentOf, type Run } from './camera-run.service.ts';
import {
  type CameraState,
  cameraLost,
  frameCame,
  frameCounted,
  newCamera,
} from './camera-state.ts';
import { rateOf } from './pace.ts';
import { UNWATCHED, wantedModes, watched } from './watching.ts';

/** What does not change is published this often, in milliseconds: a sign of life. */
const REPEAT_MS = 60_000;

const NONE: SettledSpaces = new Map();

export interface ParkingRunDeps
  extends Omit<CameraRunDeps, 'detector' | 'onHeadcount' | 'onPassage'> {
  readonly detector: VehicleDetector;
  readonly spaces: readonly WatchedSpace[];
  onOccupancy(occupancy: Occupancy): void;
}

/** What is known of a camera over parking spaces. `sights`: of the newest look. */
interface Known {
  readonly state: CameraState;
  readonly sights: readonly SpaceSight[];
  readonly settled: SettledSpaces;
}

type Terms = Pick<ParkingRunDeps, 'workerId' | 'config' | 'models' | 'spaces'>;

/** Nobody is counted here, so nobody who is seen makes a dark picture trustworthy. Each space settles for itself. */
const healthNow = ({ state }: Known, { config, models }: Terms, now: number) =>
  healthOf({
    ...state,
    now,
    staleMs: config.staleMs,
    hasModel: models.length > 0,
    isLost: state.lostBecause !== undefined,
    hasCount: true,
    fps: config.fps,
    wantedFps: config.fps,
    measuredSince: undefined,
  });

function occupancyNow(known: Known, terms: Terms, now: number): Occupancy {
  const { state, settled } = known;
  const health = healthNow(known, terms, now);
  const at = state.lastCountedAt ?? state.waitingSince;
  const ids = terms.spaces.map(({ spaceId }) => spaceId);
  return {
    v: 1,
    at: new Date(state.wallAt).toISOString(),
    health,
    spaces: occupancyOf(ids, settled, { health, toWall: state.wallAt - at }),
    fps: rateOf(state.lookTimes, now),
    ageMs: Math.max(0, Math.round(now - at)),
    worker: terms.workerId,
  };
}

function knownAfter(
  before: Known,
  shot: Shot,
  { sights, picture }: { sights: readonly SpaceSight[]; picture: Picture },
): Known {
  const nobody = { humans: [], size: picture.size };
  const state = frameCounted(before.state, shot, nobody, TRACK_RULES);
  return { state, sights, settled: settledAfter(before.settled, sights, shot.at) };
}

/**
 * Creates the run of a camera that watches parking spaces, from its frames to its published occupancy. It is as healthy as one
 * that counts and sees nobody; whatever it does not see is unknown.
 */
export function createParkingRun(deps: ParkingRunDeps): Run {
  const { now, onOccupancy } = deps;
  const watch = createSpaceWatch(deps);
  let known: Known = { state: newCamera(momentOf(deps)), sights: [], settled: NONE };
  let watching = UNWATCHED;
  let published = { what: '', at: 0 };
  const occupancy = (): Occupancy => occupancyNow(known, deps, now());

  /** At a change at once, else every minute. */
  function publishIfDue(): void {
    if (link.isStopped) return;
    if (mustForget(healthNow(known, deps, now()))) known = { ...known, settled: NONE };
    const news = occupancy();
    const said = news.spaces.map(({ occupied, since }) => [occupied, since]);
    const what = [news.health, ...said].join();
    if (what === published.what && now() - published.at < REPEAT_MS) return;
    published = { what, at: now() };
    onOccupancy(news);
  }

  async function lookAt({ picture, unchangedMs }: Shot) {
    // Bit for bit the same picture shows the same cars: the only looks that are ever skipped.
    if (unchangedMs > 0 && !link.isBehind) return { sights: known.sights, picture };
    const look = await watch.look(picture, deps.spaces);
    deps.onLook(look.ms.prepare + look.ms.infer + look.ms.post);
    return look;
  }

  async function sendFrames(wallAt: number, picture: Picture): Promise<void> {
    for (const mode of wantedModes(watching, now())) {
      if (mode === 'private') coarsen(picture);
      const { jpeg, size } = await deps.renderFrame(picture, mode, []);
      if (link.isStopped) return;
      deps.onFrame(
        { at: new Date(wallAt).toISOString(), ...size, mode, count: null, people: [] },
        jpeg,
      );
    }
  }

  const link = new CameraLink({
    ...deps,
    fps: wantedFps(deps.config),
    async onShot(shot) {
      known = { ...known, state: frameCame(known.state, shot.at) };
      const look = await lookAt(shot);
      if (link.isStopped || known.state.lostBecause !== undefined) return;
      known = knownAfter(known, shot, look);
      publishIfDue();
      await sendFrames(shot.wallAt, look.picture);
    },
    onLost(reason) {
      known = { ...known, state: cameraLost(known.state, reason, momentOf(deps)) };
      publishIfDue();
    },
    onTick: publishIfDue,
  });

  return {
    get isLive() {
      return known.state.newestFrameAt !== undefined;
    },
    start: () => link.start(),
    stop: () => link.stop(),
    setSlowdown: (factor) => link.setSlowdown(factor),
    setRate: (fps) => link.setRate(fps),
    watch(request) {
      watching = watched(watching, request, momentOf(deps));
    },
    republish: () => onOccupancy(occupancy()),
    disown() {
      const unknown = occupancyNow({ ...known, settled: NONE }, deps, now());
      onOccupancy({ ...unknown, health: 'lost' });
    },
  };
}
