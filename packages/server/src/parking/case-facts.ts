import type { CaseMessageKind, CaseNotice } from '@vigie/contracts/case-notice';
import type { Space, Zone } from '@vigie/contracts/parking';
import { legendOf } from './legend.ts';

/** What is known about the stay of a case. What is left out is not known, and not spoken of. */
export interface CaseFacts {
  caseId: string;
  number: number;
  space: Space;
  zone: Zone;
  since: Date;
  days: number;
  /** `#rrggbb`, what the bollard shows. */
  colour: string;
  /** Opens the case. */
  link: string | null;
  /** Whose clock the arrival is by. */
  sinceBy?: 'device' | 'receipt' | undefined;
  /** The arrival is known this exactly, either way. */
  sinceUncertaintyMs?: number | undefined;
  /** Times in which the sensor was not heard, oldest first. `until` null: it still is not. */
  gaps?: readonly { from: Date; until: Date | null }[] | undefined;
  /** 0..100; `lastHeardAt` null: never. */
  sensor?: { lastHeardAt: Date | null; batteryPercent: number | null } | undefined;
}

/** A message of a case for machines; what people read is written from it. */
export function noticeOf(
  facts: CaseFacts,
  { id, kind }: { id: string; kind: CaseMessageKind },
): CaseNotice {
  const { caseId, number, space, zone, days, colour, link } = facts;
  return {
    v: 1,
    id,
    kind,
    caseId,
    number,
    zone: {
      id: zone.id,
      name: zone.name,
      allowedDays: zone.allowedDays,
      timeZone: zone.timeZone,
      legalBasis: zone.legalBasis,
    },
    space: {
      id: space.id,
      label: space.label,
      address: space.address,
      latitude: space.latitude,
      longitude: space.longitude,
    },
    days,
    colour,
    colourName: nameOf(colour, zone.allowedDays),
    link,
    ...sensed(facts),
  };
}

function sensed({ since, sinceBy, sinceUncertaintyMs, gaps, sensor }: CaseFacts) {
  return {
    since: since.toISOString(),
    sinceBy: sinceBy ?? null,
    sinceUncertaintySeconds: sinceUncertaintyMs === undefined ? null : sinceUncertaintyMs / 1000,
    gaps:
      gaps?.map(({ from, until }) => ({
        from: from.toISOString(),
        until: until?.toISOString() ?? null,
      })) ?? null,
    sensor: sensor ? { ...sensor, lastHeardAt: sensor.lastHeardAt?.toISOString() ?? null } : null,
  };
}

function nameOf(colour: string, allowedDays: number): { fr: string; en: string } {
  const line = legendOf(allowedDays).findLast((day) => day.colour === colour);
  return { fr: line?.nameFr ?? colour, en: line?.nameEn ?? colour };
}
