import type { FaultKind } from '@vigie/contracts/devices';
import { modelOf } from './device-models.ts';

/** What a message says about the health of its device; `undefined`: nothing. */
export interface Health {
  batteryPercent?: number | undefined;
  rssiDbm?: number | undefined;
  temperatureC?: number | undefined;
  firmware?: string | undefined;
  fault?: string | undefined;
}

/** A fault to open, or (`detail` null) to close. */
export interface FaultChange {
  kind: FaultKind;
  detail: string | null;
}

/** A battery must recover by so much before its fault is closed: a cold night is no repair. */
const RECOVERY_PERCENT = 10;

/** What a sign of life changes: the silence ends, a low battery or a fault of its own begins or ends. */
export function faultChanges(model: string, health: Health): FaultChange[] {
  const changes: FaultChange[] = [{ kind: 'silent', detail: null }];
  changes.push({ kind: 'reported', detail: health.fault ?? null });
  const { lowBatteryPercent } = modelOf(model);
  const { batteryPercent } = health;
  if (batteryPercent === undefined || lowBatteryPercent === null) return changes;
  if (batteryPercent <= lowBatteryPercent)
    changes.push({ kind: 'battery-low', detail: `${Math.round(batteryPercent)} %` });
  else if (batteryPercent >= lowBatteryPercent + RECOVERY_PERCENT)
    changes.push({ kind: 'battery-low', detail: null });
  return changes;
}
