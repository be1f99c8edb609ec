import { DisplayState, type SpaceView } from '@vigie/contracts/parking';

/** What the list shows: all of it when a field is missing. `q` is looked for in label, street and zone. */
export interface SpaceFilter {
  zone?: string;
  state?: DisplayState;
  q?: string;
}

/** A filter as it stands in an address; what is none is left out. */
export function readFilter(search: Record<string, unknown>): SpaceFilter {
  const state = DisplayState.safeParse(search.state);
  return {
    ...(typeof search.zone === 'string' && search.zone ? { zone: search.zone } : {}),
    ...(state.success ? { state: state.data } : {}),
    // A search for a number is read as a number by the router.
    ...(search.q !== undefined && search.q !== '' ? { q: String(search.q) } : {}),
  };
}

/** Text without case and accents, for finding. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The spaces that match; the state is left out of `filter` to count the states themselves. */
export function spacesMatching(spaces: readonly SpaceView[], filter: SpaceFilter): SpaceView[] {
  const words = plain(filter.q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return spaces.filter((space) => {
    if (filter.zone && space.zoneId !== filter.zone) return false;
    if (filter.state && space.display.state !== filter.state) return false;
    if (words.length === 0) return true;
    const text = plain(`${space.label} ${space.id} ${space.address} ${space.zoneName}`);
    return words.every((word) => text.includes(word));
  });
}

/** Number of spaces in each state. */
export function countByState(spaces: readonly SpaceView[]): Record<DisplayState, number> {
  const counts = { free: 0, parked: 0, overstay: 0, unknown: 0, fault: 0 };
  for (const { display } of spaces) counts[display.state]++;
  return counts;
}

/** The list in three parts, each in the order of need. */
export interface SpaceGroups {
  /** Overstays (longest first), then faults, then unknown. */
  now: SpaceView[];
  /** Coloured, the one that turns black next first. */
  parked: SpaceView[];
  /** By label. */
  free: SpaceView[];
}

const urgency: Record<DisplayState, number> = {
  overstay: 0,
  fault: 1,
  unknown: 2,
  parked: 3,
  free: 4,
};

const labels = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

const timeOf = (at: string | null): number =>
  at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at);

export function groupByNeed(spaces: readonly SpaceView[]): SpaceGroups {
  const byLabel = (a: SpaceView, b: SpaceView) => labels.compare(a.label, b.label);
  const groups: SpaceGroups = { now: [], parked: [], free: [] };
  for (const space of spaces) {
    const { state } = space.display;
    groups[state === 'parked' || state === 'free' ? state : 'now'].push(space);
  }
  groups.now.sort(
    (a, b) =>
      urgency[a.display.state] - urgency[b.display.state] ||
      timeOf(a.display.since) - timeOf(b.display.since) ||
      byLabel(a, b),
  );
  groups.parked.sort((a, b) => timeOf(a.display.until) - timeOf(b.display.until) || byLabel(a, b));
  groups.free.sort(byLabel);
  return groups;
}

/** A list with one space replaced, or added when it is new. The list itself stays as it was. */
export function withSpace(spaces: readonly SpaceView[], changed: SpaceView): SpaceView[] {
  const at = spaces.findIndex(({ id }) => id === changed.id);
  return at === -1 ? [...spaces, changed] : spaces.with(at, changed);
}

/** One stretch of a zone's strip: `count` spaces of equal day or state. */
export interface StripPart {
  state: DisplayState;
  day: number | null;
  colour: string | null;
  count: number;
}

/** A zone as one strip: day 1 first, then overstays, then faults and unknown, free at the end. */
export function stripOf(spaces: readonly SpaceView[]): StripPart[] {
  const parts = new Map<string, StripPart>();
  for (const { display } of spaces) {
    const { state, colour } = display;
    const day = state === 'parked' ? display.day : null;
    const key = `${state} ${day}`;
    const part = parts.get(key) ?? { state, day, colour, count: 0 };
    parts.set(key, { ...part, count: part.count + 1 });
  }
  const place = { parked: 0, overstay: 1, fault: 2, unknown: 3, free: 4 };
  return [...parts.values()].sort(
    (a, b) => place[a.state] - place[b.state] || (a.day ?? 0) - (b.day ?? 0),
  );
}
