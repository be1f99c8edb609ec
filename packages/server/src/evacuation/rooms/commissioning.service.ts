import type { Accuracy, Commissioning, Label, Moment } from '@vigie/contracts/commissioning';
import type { Headcount } from '@vigie/contracts/vision';
import type { Clock } from '../../platform/clock.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { type Said, saidAt, withWord } from '../alarm/said.ts';
import type { RegistryStore } from '../buildings/registry.store.ts';
import { accuracyOf } from './accuracy.ts';
import type { CommissioningStore } from './commissioning.store.ts';
import type { RoomsService } from './rooms.service.ts';

/** Clocks of two machines may differ by this much, in milliseconds. */
const clockToleranceMs = 2000;

interface CommissioningDeps {
  store: CommissioningStore;
  registry: Pick<RegistryStore, 'confirmView'>;
  rooms: Pick<RoomsService, 'findCamera' | 'load' | 'publishConfigs'>;
  clock: Clock;
  newId: () => string;
}

export type CommissioningService = ReturnType<typeof createCommissioningService>;

/** Measures how well each camera counts where it hangs, from moments that people labelled. */
export function createCommissioningService(deps: CommissioningDeps) {
  const { store, registry, rooms, clock, newId } = deps;
  /** by camera id; in memory only */
  const said = new Map<string, readonly Said[]>();
  /** by camera id */
  const accuracies = new Map<string, Accuracy>();

  /** @throws NotFound */
  function getCamera(cameraId: string) {
    const found = rooms.findCamera(cameraId);
    if (found) return found;
    throw new NotFound(
      'evacuation/camera-unknown',
      `There is no camera ${cameraId}. GET /api/v1/buildings lists them.`,
    );
  }

  /** Reads a camera's moments and judges it anew; moments of an earlier view say nothing about this one. */
  async function commissioningOf(cameraId: string): Promise<Commissioning> {
    const viewSince = getCamera(cameraId).viewSince?.toISOString() ?? null;
    const all = await store.list(cameraId);
    const moments = all.filter(({ at }) => viewSince === null || at >= viewSince);
    const accuracy = accuracyOf(moments);
    if (accuracy) accuracies.set(cameraId, accuracy);
    else accuracies.delete(cameraId);
    const now = clock.now().toISOString();
    return { cameraId, now, accuracy: accuracy ?? null, viewSince, moments };
  }

  /** @throws InvalidInput for a time to come, Conflict for one that is not remembered. */
  function momentFrom(cameraId: string, label: Label): Moment {
    const at = Date.parse(label.at);
    if (at > clock.now().getTime() + clockToleranceMs) {
      throw new InvalidInput(
        'input/invalid',
        `${label.at} is still to come. Label at the time of the server, or set the clock.`,
      );
    }
    const { staleMs } = getCamera(cameraId).camera;
    const statement = saidAt(said.get(cameraId) ?? [], at, staleMs);
    if (statement) return { id: newId(), ...label, ...statement };
    throw new Conflict(
      'evacuation/moment-forgotten',
      `What camera ${cameraId} counted at ${label.at} is not known any more: two hours are kept, and none from before the server was started. Take a new moment.`,
    );
  }

  return {
    /** Before rooms are shown. */
    load: async (): Promise<void> => {
      for (const cameraId of await store.listCameras()) await commissioningOf(cameraId);
    },

    hear: (cameraId: string, headcount: Headcount): void => {
      said.set(cameraId, withWord(said.get(cameraId) ?? [], headcount));
    },

    findAccuracy: (cameraId: string): Accuracy | undefined => accuracies.get(cameraId),

    /** @throws NotFound for an unknown camera. */
    get: commissioningOf,

    /** All labels or none. @throws NotFound, InvalidInput, Conflict. */
    label: async (cameraId: string, labels: readonly Label[]): Promise<Commissioning> => {
      getCamera(cameraId);
      await store.add(
        cameraId,
        labels.map((label) => momentFrom(cameraId, label)),
      );
      return commissioningOf(cameraId);
    },

    /** @throws NotFound for an unknown camera or moment. */
    drop: async (cameraId: string, momentId: string): Promise<Commissioning> => {
      getCamera(cameraId);
      if (await store.remove(cameraId, momentId)) return commissioningOf(cameraId);
      throw new NotFound(
        'evacuation/moment-unknown',
        `Camera ${cameraId} has no moment ${momentId}. Its commissioning lists them.`,
      );
    },

    /**
     * A person says that the camera looks where it should: its worker learns the scene anew, and what was measured of the
     * former view no longer stands. @throws NotFound for an unknown camera.
     */
    confirmView: async (cameraId: string): Promise<Commissioning> => {
      getCamera(cameraId);
      await registry.confirmView(cameraId, clock.now());
      await rooms.load();
      rooms.publishConfigs();
      return commissioningOf(cameraId);
    },
  };
}
