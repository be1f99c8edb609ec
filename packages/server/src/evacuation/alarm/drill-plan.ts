import type { DrillState } from '@vigie/contracts/drills';
import type { DrillDue } from '@vigie/contracts/report';
import { monthsAfter } from '@vigie/contracts/wall-clock';

const minuteMs = 60_000;
/** So long before its hour a drill may be started, and so long after it. */
const startable = { beforeMs: 15 * minuteMs, afterMs: 240 * minuteMs };
/** A server that comes back later than this after the hour starts nothing by itself: people would not expect it. */
const startsItselfForMs = 15 * minuteMs;
/** People are told of a drill this long before it. */
const tellBeforeMs = 1440 * minuteMs;

/** A plan that was neither started nor cancelled. `toldFor`: the hour of which people were told; null: not yet. */
export interface DrillPlan {
  at: Date;
  startsItself: boolean;
  toldFor: Date | null;
}

/** Where a plan stands at `now`. */
export function drillStateAt({ at }: Pick<DrillPlan, 'at'>, now: Date): DrillState {
  const sinceMs = now.getTime() - at.getTime();
  if (sinceMs < -startable.beforeMs) return 'ahead';
  return sinceMs <= startable.afterMs ? 'due' : 'missed';
}

/** `true` when the drill begins by itself now. */
export function mustStart({ at, startsItself }: DrillPlan, now: Date): boolean {
  const sinceMs = now.getTime() - at.getTime();
  return startsItself && sinceMs >= 0 && sinceMs <= startsItselfForMs;
}

/**
 * What people must be told of a plan now, if anything: a day before its hour, or, when they know of another hour, at once.
 * Of a drill whose hour is over nobody is told.
 */
export function tellingOf({ at, toldFor }: DrillPlan, now: Date): 'ahead' | 'moved' | undefined {
  if (at <= now || toldFor?.getTime() === at.getTime()) return undefined;
  if (toldFor) return 'moved';
  return at.getTime() - now.getTime() <= tellBeforeMs ? 'ahead' : undefined;
}

/**
 * The buildings without a drill for too long of which people must be reminded now: at once, then every calendar month.
 * `remindedAt`: the last time, by building id. Source: Code du travail, article R4227-39.
 */
export const remindersDue = (
  drills: readonly DrillDue[],
  { remindedAt, now, timeZone }: Reminding,
): DrillDue[] =>
  drills.filter(({ buildingId, isOverdue }) => {
    const last = remindedAt.get(buildingId);
    return isOverdue && (!last || monthsAfter(last, 1, timeZone) <= now);
  });

interface Reminding {
  remindedAt: ReadonlyMap<string, Date>;
  now: Date;
  /** IANA name */
  timeZone: string;
}
