import type { ErrorCode } from '@vigie/contracts/errors';
import { Conflict, NotFound } from '../platform/errors.ts';
import type { Log } from '../platform/log.ts';
import type { IncidentsService } from './alarm/incidents.service.ts';
import type { Removable, RemovalStore } from './removals.store.ts';

interface RemovalsDeps {
  /** All of the work is kept, or nothing. */
  inTransaction: <T>(work: (store: RemovalStore) => Promise<T>) => Promise<T>;
  incidents: Pick<IncidentsService, 'findActiveIn'>;
  /** Something is gone. */
  onRemoved: (what: Removable, id: string) => Promise<void>;
  log: Log;
}

export type RemovalsService = ReturnType<typeof createRemovalsService>;

/** Takes buildings, floors, rooms, assembly points and wardens out of the registry. */
export function createRemovalsService(deps: RemovalsDeps) {
  const { inTransaction, incidents, onRemoved, log } = deps;

  /** Without its rooms and points a board would tell of less than there is. */
  function refuseDuringIncident(what: Removable, id: string, buildingId: string): void {
    if (what === 'warden' || !incidents.findActiveIn(buildingId)) return;
    throw new Conflict(
      'evacuation/incident-active',
      `An incident goes on in building ${buildingId}. Remove ${what} ${id} when it has ended.`,
    );
  }

  return {
    /** @throws NotFound, Conflict while an incident goes on there. */
    remove: async (what: Removable, id: string, by: string): Promise<void> => {
      await inTransaction(async (store) => {
        const buildingId = await store.findBuildingOf(what, id);
        if (buildingId === undefined) throw unknown(what, id);
        refuseDuringIncident(what, id, buildingId);
        if (what === 'floor') await store.emptyFloor(id);
        await store.remove(what, id);
      });
      log.info({ what, id, by }, 'something was taken out of the registry');
      await onRemoved(what, id);
    },
  };
}

const unknown = (what: Removable, id: string): NotFound =>
  new NotFound(
    `evacuation/${what}-unknown` satisfies ErrorCode,
    `There is no ${what.replace('-', ' ')} ${id}. GET /api/v1/evacuation-plan and /api/v1/buildings list what there is.`,
  );
