import type { DoorCount } from '@vigie/contracts/evacuation';
import type { Clock } from '../../platform/clock.ts';
import {
  countAtDoors,
  type DoorLedger,
  emptiedAt,
  isHour,
  isSurelyInside,
  UNKNOWN_DOORS,
  watchedAt,
  withPassage,
} from './door-count.ts';
import type { DoorStore, RoomPassage } from './doors.store.ts';

/** A timetable speaks for a whole minute, and once. */
const timetableMs = 60_000;

interface DoorsDeps {
  store: DoorStore;
  clock: Clock;
  /** IANA name; the hours of rooms are in it. */
  timeZone: string;
}

export type DoorsService = ReturnType<typeof createDoorsService>;

/**
 * Counts rooms at their doors. Crossings and known-empty moments are stored; whether doors were watched is not, so after
 * a restart no count is believed until the room is known to be empty again.
 */
export function createDoorsService({ store, clock, timeZone }: DoorsDeps) {
  /** by room id */
  const ledgers = new Map<string, DoorLedger>();

  const now = () => clock.now().getTime();
  const ledgerOf = (roomId: string): DoorLedger => ledgers.get(roomId) ?? UNKNOWN_DOORS;

  async function declareEmpty(roomId: string, declaredBy: string): Promise<void> {
    const at = now();
    await store.addKnownEmpty({ roomId, at, declaredBy });
    ledgers.set(roomId, emptiedAt(ledgerOf(roomId), at));
  }

  return {
    load: async (): Promise<void> => {
      ledgers.clear();
      for (const { roomId, at } of await store.listKnownEmpty()) {
        ledgers.set(roomId, emptiedAt(UNKNOWN_DOORS, at));
      }
      for (const passage of await store.listPassages()) {
        ledgers.set(passage.roomId, withPassage(ledgerOf(passage.roomId), passage));
      }
    },

    /** The room is gone. */
    forget: (roomId: string): void => void ledgers.delete(roomId),

    /** Resolves after the commit. */
    take: async (passage: RoomPassage): Promise<void> => {
      await store.addPassage(passage);
      ledgers.set(passage.roomId, withPassage(ledgerOf(passage.roomId), passage));
    },

    /** Resolves after the commit. The count begins anew, whatever it said. */
    declareEmpty,

    /**
     * The room is empty at this hour by its timetable: once, and only if its doors do not say that somebody is surely
     * inside. `true` when the count began anew.
     */
    followTimetable: async (roomId: string, hour: string | null | undefined): Promise<boolean> => {
      const at = now();
      const ledger = ledgerOf(roomId);
      const isDone = at - (ledger.knownEmptyAt ?? Number.NEGATIVE_INFINITY) < timetableMs;
      if (!hour || isDone || !isHour(hour, at, timeZone)) return false;
      if (isSurelyInside(countAtDoors(ledger, at))) return false;
      await declareEmpty(roomId, 'timetable');
      return true;
    },

    /** What the doors say now; `areSeen`: every door camera of the room sees at this moment. */
    count: (
      roomId: string,
      areSeen: boolean,
    ): { count: DoorCount; passedAt: number | undefined } => {
      const ledger = watchedAt(ledgerOf(roomId), areSeen, now());
      ledgers.set(roomId, ledger);
      const passedAt = ledger.passages.reduce<number | undefined>(
        (last, { at }) => Math.max(last ?? at, at),
        undefined,
      );
      return { count: countAtDoors(ledger), passedAt };
    },
  };
}
