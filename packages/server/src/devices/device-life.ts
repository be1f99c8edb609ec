import type { DeviceLife } from '@vigie/contracts/devices';
import { modelOf, patienceWith } from './device-models.ts';

/** What a device's place in life follows from. */
export interface DeviceFacts {
  model: string;
  heartbeatMs: number | null;
  /** It stands at a space. */
  isPosted: boolean;
  firstSeenAt: Date | null;
  lastSeenAt: Date | null;
  replacedBy: string | null;
  retiredAt: Date | null;
}

/**
 * provisioned → installed → learning → in service → late → silent → replaced → retired. `rate`: seconds of this clock per
 * second of real time, in which devices promise their heartbeats.
 */
export function lifeOf(facts: DeviceFacts, { now, rate }: { now: Date; rate: number }): DeviceLife {
  if (facts.retiredAt) return 'retired';
  if (facts.replacedBy !== null) return 'replaced';
  if (!facts.isPosted) return 'provisioned';
  if (!facts.firstSeenAt || !facts.lastSeenAt) return 'installed';
  const since = (moment: Date) => (now.getTime() - moment.getTime()) / rate;
  const patience = patienceWith(facts);
  const quietMs = since(facts.lastSeenAt);
  if (patience && quietMs >= patience.silentMs) return 'silent';
  if (patience && quietMs >= patience.lateMs) return 'late';
  return since(facts.firstSeenAt) < modelOf(facts.model).learningMs ? 'learning' : 'in-service';
}
