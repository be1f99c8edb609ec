import {
  type Bollard,
  DeviceEui,
  DeviceLife,
  type Fault,
  type UnreadMessage,
} from '@vigie/contracts/devices';
import type { SpaceView } from '@vigie/contracts/parking';

/** What the list shows: all that is not out of service when a field is missing. `q` is looked for in id, EUI, model and spaces. */
export interface DeviceFilter {
  life?: DeviceLife;
  q?: string;
}

/** A filter as it stands in an address; what is none is left out. */
export function readDeviceFilter(search: Record<string, unknown>): DeviceFilter {
  const life = DeviceLife.safeParse(search.life);
  return {
    ...(life.success ? { life: life.data } : {}),
    // An EUI of digits is read as a number by the router.
    ...(search.q !== undefined && search.q !== '' ? { q: String(search.q) } : {}),
  };
}

/** A device that calls and that nobody registered. */
export interface Stranger {
  eui: string;
  messages: number;
  lastAt: string;
}

/** Most in need first; `in-service` before what only waits. */
const needs: readonly DeviceLife[] = [
  'silent',
  'late',
  'installed',
  'learning',
  'in-service',
  'provisioned',
  'replaced',
  'retired',
];

/** The lives that devices are in, most in need first, with how many. */
export const livesIn = (bollards: readonly Bollard[]): { life: DeviceLife; count: number }[] =>
  needs
    .map((life) => ({ life, count: bollards.filter((one) => one.life === life).length }))
    .filter(({ count }) => count > 0);

const isOut = ({ life }: Bollard): boolean => life === 'retired' || life === 'replaced';

/** The devices that match, most in need first. Those out of service show only when they are asked for. */
export function devicesMatching(
  bollards: readonly Bollard[],
  { life, q = '' }: DeviceFilter,
  spaces: ReadonlyMap<string, SpaceView>,
): Bollard[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ id, deviceEui, model, spaceIds }: Bollard) =>
    [id, deviceEui, model, ...spaceIds, ...spaceIds.map((space) => spaces.get(space)?.label)]
      .join(' ')
      .toLowerCase();
  return bollards
    .filter((one) => (life ? one.life === life : words.length > 0 || !isOut(one)))
    .filter((one) => words.every((word) => textOf(one).includes(word)))
    .toSorted((a, b) => needs.indexOf(a.life) - needs.indexOf(b.life) || a.id.localeCompare(b.id));
}

/** EUIs of unread messages that no device has, the one heard last first. */
export function strangersIn(
  unread: readonly UnreadMessage[],
  bollards: readonly Bollard[],
): Stranger[] {
  const known = new Set(bollards.map(({ deviceEui }) => deviceEui));
  const calls = unread.filter(
    ({ deviceId }) => DeviceEui.safeParse(deviceId).success && !known.has(deviceId),
  );
  return [...Map.groupBy(calls, ({ deviceId }) => deviceId)]
    .map(([eui, messages]) => ({
      eui,
      messages: messages.length,
      lastAt:
        messages
          .map(({ receivedAt }) => receivedAt)
          .sort()
          .at(-1) ?? '',
    }))
    .toSorted((a, b) => b.lastAt.localeCompare(a.lastAt));
}

/** Faults that go on, the longest first. */
export const openFaults = (faults: readonly Fault[]): Fault[] =>
  faults
    .filter(({ closedAt }) => closedAt === null)
    .toSorted((a, b) => a.openedAt.localeCompare(b.openedAt));

/** An id for a new device that nobody has yet, told by the end of its EUI. */
export function suggestedId(eui: string, bollards: readonly Pick<Bollard, 'id'>[]): string {
  const taken = new Set(bollards.map(({ id }) => id));
  const base = eui === '' ? 'borne' : `borne-${eui.slice(-6)}`;
  for (let number = 1; ; number++) {
    const id = number === 1 && eui !== '' ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}
