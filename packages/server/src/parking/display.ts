import type { Display, Zone } from '@vigie/contracts/parking';
import { dayAt, dayStart } from '@vigie/contracts/parking-days';
import { colourOf, paletteFor } from '@vigie/palette';
import type { StaySpan } from './stays.ts';

/** What a bollard shows, and when that changes by itself; `null`: not before the next event. */
export interface Shown {
  display: Display;
  nextChangeAt: Date | null;
}

/** A space at the moment its display is decided. */
export interface Situation {
  /** Rules in force now. */
  zone: Pick<Zone, 'allowedDays' | 'dayRule' | 'timeZone'>;
  stay: StaySpan | null;
  /** When the car is taken to have left, if it looks so. */
  leavesAt: Date | null;
  /** `null`: the sensor never spoke. */
  heardAt: Date | null;
  /** The sensor is missed from this moment on; `null`: it promises no heartbeat. */
  silentAt: Date | null;
  /** End of an authorised stay that is in force. */
  exemptUntil: Date | null;
  /** When other rules begin. */
  nextRulesAt: Date | null;
  now: Date;
}

/** What a space shows at `now`. A silent sensor freezes the stage: nobody is accused on what nobody sees. */
export function shownAt(situation: Situation): Shown {
  const { stay, heardAt, silentAt, nextRulesAt, now } = situation;
  const isUnknown = heardAt === null || (silentAt !== null && silentAt <= now);
  const silence = isUnknown ? null : silentAt;
  if (!stay) {
    const display = without(situation, isUnknown ? 'unknown' : 'free');
    return { display, nextChangeAt: earliest(silence, nextRulesAt) };
  }
  const frozenAt = isUnknown && silentAt ? silentAt : now;
  const display = stageAt(situation, stay, frozenAt);
  if (isUnknown)
    return {
      display: { ...display, state: 'unknown' },
      nextChangeAt: earliest(situation.leavesAt, nextRulesAt),
    };
  const nextDay = dayStart({ ...countOf(situation, stay), day: (display.day ?? 1) + 1 });
  const { exemptUntil, leavesAt } = situation;
  return {
    display,
    nextChangeAt: earliest(nextDay, leavesAt, silence, nextRulesAt, exemptUntil),
  };
}

function stageAt(situation: Situation, stay: StaySpan, moment: Date): Display {
  const { zone, exemptUntil } = situation;
  const count = countOf(situation, stay);
  const day = dayAt({ ...count, now: moment });
  const rulesEnd = dayStart({ ...count, day: zone.allowedDays + 1 });
  const until = exemptUntil && exemptUntil > rulesEnd ? exemptUntil : rulesEnd;
  const isOver = day > zone.allowedDays && moment >= until;
  return {
    ...without(situation, isOver ? 'overstay' : 'parked'),
    day,
    // An authorised stay keeps the last day's colour.
    colour: colourOf(paletteFor(zone.allowedDays), isOver ? day : Math.min(day, zone.allowedDays)),
    label: String(day),
    since: stay.since.toISOString(),
    until: until.toISOString(),
    exemptUntil: exemptUntil?.toISOString() ?? null,
  };
}

const countOf = ({ zone }: Situation, { since }: StaySpan) => ({
  since,
  dayRule: zone.dayRule,
  timeZone: zone.timeZone,
});

const without = ({ zone }: Situation, state: Display['state']): Display => ({
  v: 1,
  state,
  day: null,
  colour: null,
  label: '',
  since: null,
  until: null,
  allowedDays: zone.allowedDays,
  dayRule: zone.dayRule,
  timeZone: zone.timeZone,
  paletteVersion: paletteFor(zone.allowedDays).version,
  exemptUntil: null,
});

/** The earliest moment there is; `null` when there is none. */
function earliest(...moments: (Date | null)[]): Date | null {
  const times = moments.flatMap((moment) => (moment ? [moment.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
