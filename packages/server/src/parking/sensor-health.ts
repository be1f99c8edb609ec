import type { Bollard } from '@vigie/contracts/devices';
import type { SensorState, SpaceSensor } from '@vigie/contracts/parking-statistics';

/** At and below this charge a visit is due, in percent. */
const lowBatteryPercent = 20;

/** How a sensor is, by the worst that is known of it. */
export function healthOf({
  life,
  lastSeenAt,
  batteryPercent,
}: Pick<Bollard, 'life' | 'lastSeenAt' | 'batteryPercent'>): SensorState {
  if (lastSeenAt === null) return 'never-heard';
  if (life === 'silent') return 'offline';
  return batteryPercent !== null && batteryPercent <= lowBatteryPercent ? 'battery-low' : 'ok';
}

/** A bollard as the sensor of its space. */
export const sensorOf = (bollard: Bollard): SpaceSensor => ({
  bollardId: bollard.id,
  health: healthOf(bollard),
  lastSeenAt: bollard.lastSeenAt,
  batteryPercent: bollard.batteryPercent,
});

/** Number of sensors in each state; a state without any is 0. */
export function countByHealth(bollards: readonly Bollard[]): Record<SensorState, number> {
  const counts = { ok: 0, 'battery-low': 0, offline: 0, 'never-heard': 0 };
  for (const bollard of bollards) counts[healthOf(bollard)]++;
  return counts;
}
