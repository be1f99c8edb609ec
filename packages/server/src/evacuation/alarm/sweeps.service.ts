import type { IncidentLine, RoomState } from '@vigie/contracts/evacuation';
import type {
  AssemblyCount,
  Finding,
  NewAssemblyCount,
  NewOverride,
  NewSweep,
  Override,
  Sweep,
} from '@vigie/contracts/sweeps';
import type { Clock } from '../../platform/clock.ts';
import { NotFound } from '../../platform/errors.ts';
import { isSameFinding, madeAt } from '../rooms/finding.ts';
import { idTaken, stored } from './incident-journal.service.ts';
import type { IncidentsService } from './incidents.service.ts';
import type { IncidentStore } from './incidents.store.ts';

interface SweepsDeps {
  store: Pick<IncidentStore, 'transaction' | 'listFindings'>;
  incidents: Pick<IncidentsService, 'get' | 'learn' | 'listRooms'>;
  clock: Clock;
  newId: () => string;
}

export type SweepsService = ReturnType<typeof createSweepsService>;

/**
 * What people find out during an incident: sweeps, overrides, people at the assembly points. The board of an active incident
 * has it at once, even while the database is down; whoever sent it is answered only when it is stored, and sends it again
 * until then. What was found during an incident and comes after its end is still kept.
 */
export function createSweepsService({ store, incidents, clock, newId }: SweepsDeps) {
  async function roomOf(incidentId: string, roomId: string): Promise<RoomState> {
    const found = (await incidents.listRooms(incidentId)).find(({ id }) => id === roomId);
    if (found) return found.live;
    throw new NotFound(
      'evacuation/room-unknown',
      `Incident ${incidentId} has no room ${roomId}. GET /api/v1/incidents/${incidentId}/board lists them.`,
    );
  }

  /** Gives what is stored: of a repeated finding the first. @throws Conflict when another one has its id. */
  async function keep<F extends Finding>(incidentId: string, finding: F): Promise<F> {
    incidents.learn(incidentId, finding);
    const isNew = await stored('What you found', () =>
      store.transaction(async (tx) => {
        const wasAdded = await tx.addFinding(incidentId, finding);
        if (wasAdded) await tx.append(incidentId, lineOf(finding), newId());
        return wasAdded;
      }),
    );
    if (isNew) return finding;
    const known = (await store.listFindings(incidentId)).find(({ id }) => id === finding.id);
    if (!known || !isSameFinding(known, finding)) throw idTaken(finding.id);
    return known as F;
  }

  async function timesOf(incidentId: string, own: { at: string; sentAt: string }, isSafe: boolean) {
    const { startedAt } = await incidents.get(incidentId);
    const received = clock.now();
    const receivedAt = received.toISOString();
    // What calls for help counts as new, what calls it off as old.
    const onDoubt = isSafe ? receivedAt : startedAt;
    return { at: own.at, madeAt: madeAt(own, received, { startedAt, onDoubt }), receivedAt };
  }

  return {
    /** @throws NotFound, Conflict, Unavailable. */
    sweep: async (incidentId: string, sweep: NewSweep, by: string): Promise<Sweep> => {
      const { id, roomId, result, people } = sweep;
      await roomOf(incidentId, roomId);
      const times = await timesOf(incidentId, sweep, result !== 'clear');
      return keep(incidentId, { what: 'sweep', id, by, ...times, roomId, result, people });
    },

    /** It explains away as many people as the cameras see now. @throws NotFound, Conflict, Unavailable. */
    override: async (incidentId: string, told: NewOverride, by: string): Promise<Override> => {
      const { id, roomId, reason } = told;
      const { count } = await roomOf(incidentId, roomId);
      const at = clock.now().toISOString();
      const times = { at, madeAt: at, receivedAt: at };
      const upTo = count ?? 0;
      return keep(incidentId, { what: 'override', id, by, ...times, roomId, reason, upTo });
    },

    /** @throws NotFound, Conflict, Unavailable. */
    countAssembled: async (
      incidentId: string,
      told: NewAssemblyCount,
      by: string,
    ): Promise<AssemblyCount> => {
      const { id, point, how, people } = told;
      const times = await timesOf(incidentId, told, false);
      return keep(incidentId, { what: 'assembly', id, by, ...times, point, how, people });
    },

    /** In the order in which they were made. @throws NotFound for an unknown incident. */
    list: async (incidentId: string): Promise<Finding[]> => {
      await incidents.get(incidentId);
      const all = await store.listFindings(incidentId);
      return all.sort((a, b) => Date.parse(a.madeAt) - Date.parse(b.madeAt));
    },
  };
}

const lineOf = ({ what, by, receivedAt, ...data }: Finding): IncidentLine => ({
  at: receivedAt,
  actor: by,
  what,
  data,
});
