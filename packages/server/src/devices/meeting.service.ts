import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { patienceWith } from './device-models.ts';
import type { DevicesStore, HeardDevice } from './devices.store.ts';
import type { FaultsService } from './faults.service.ts';
import { spacesAt } from './postings.ts';
import type { Signal } from './signals.ts';

/** Where a device stood at a moment, and what it promises. */
export interface Whereabouts {
  spacesAt(moment: Date): string[];
  /** Silence after which it is missed, real time; `null`: it promises no heartbeat. */
  silentAfterMs: number | null;
}

interface MeetingDeps {
  store: Pick<DevicesStore, 'listHeard' | 'saveSightings'>;
  faults: Pick<FaultsService, 'note'>;
  clock: Clock;
}

/** One who was heard so lately and says nothing new of itself need not be written down again. Real time. */
const freshMs = 10_000;

/** Notes that devices were heard, and how they are; gives where each stands. One that nobody knows is missing. */
export function createMeeting({ store, faults, clock }: MeetingDeps) {
  const sighted = ({ device, signal }: Met) => {
    const silentMs = patienceWith(device)?.silentMs ?? null;
    const at = signal.receivedAt;
    const missedAt = silentMs === null ? null : new Date(at.getTime() + silentMs * clock.rate);
    return { id: device.id, model: device.model, health: signal.health, at, missedAt };
  };

  return async (signals: readonly Signal[], tx: Database): Promise<Map<string, Whereabouts>> => {
    const newest = new Map(signals.map((signal) => [signal.deviceId, signal]));
    const devices = await store.listHeard([...newest.keys()], tx);
    const met = devices.flatMap((device): Met[] => {
      const signal = newest.get(device.id);
      return signal ? [{ device, signal }] : [];
    });
    const words = met.filter((one) => isNews(one, clock.rate)).map(sighted);
    if (words.length > 0) {
      await store.saveSightings(
        words.map(({ health, ...rest }) => ({ ...rest, ...health })),
        tx,
      );
      await faults.note(words, tx);
    }
    return new Map(devices.map((device) => [device.id, whereaboutsOf(device)]));
  };
}

interface Met {
  device: HeardDevice;
  signal: Signal;
}

function isNews({ device, signal }: Met, rate: number): boolean {
  const { lastSeenAt, batteryPercent, rssiDbm, temperatureC, firmware } = device;
  if (!lastSeenAt || signal.receivedAt.getTime() - lastSeenAt.getTime() >= freshMs * rate)
    return true;
  const known = { batteryPercent, rssiDbm, temperatureC, firmware, fault: undefined };
  return (Object.keys(known) as (keyof typeof known)[]).some(
    (key) => signal.health[key] !== undefined && signal.health[key] !== known[key],
  );
}

const whereaboutsOf = (device: HeardDevice): Whereabouts => ({
  silentAfterMs: patienceWith(device)?.silentMs ?? null,
  spacesAt: (moment) => spacesAt(device.postings, moment),
});
