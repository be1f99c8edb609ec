import type { Display, LegendDay, Space, Zone } from '@vigie/contracts/parking';
import { civilDateAt } from '@vigie/contracts/parking-days';
import type { PublicSpace } from '@vigie/contracts/public-space';

/** What is known about a space; `display` null: its sensor never spoke. */
export interface KnownSpace {
  space: Space;
  zone: Zone;
  display: Display | null;
}

/** The part of a space that anybody may see: no hour of arrival, no case, no history. */
export function publicSpaceOf(
  { space, zone, display }: KnownSpace,
  legend: readonly LegendDay[],
): PublicSpace {
  const { state, day, colour, until } = display ?? unheard;
  const name = day === null ? undefined : (legend[day - 1] ?? legend.at(-1));
  return {
    id: space.id,
    label: space.label,
    address: space.address,
    zoneName: zone.name,
    state,
    day,
    colour,
    colourNameFr: name?.colour === colour ? (name?.nameFr ?? null) : null,
    colourNameEn: name?.colour === colour ? (name?.nameEn ?? null) : null,
    daysLeft: state === 'parked' && day !== null ? Math.max(0, zone.allowedDays - day) : null,
    blackOn: until === null ? null : civilDateAt(new Date(until), zone.timeZone),
    allowedDays: zone.allowedDays,
    dayRule: zone.dayRule,
    legalBasis: zone.legalBasis,
  };
}

const unheard = { state: 'unknown', day: null, colour: null, until: null } as const;
