import type { Display, DisplayState } from '@vigie/contracts/parking';
import { hexByte, type Unreadable } from './reading.ts';

/** What a LoRaWAN display is told. It looks the colour up in its own palette: no colour travels. */
export interface DisplayOrder {
  state: DisplayState;
  /** 1 = day of arrival; null when nobody is parked. */
  day: number | null;
  /** `paletteMark` of the palette that the server counts in: another one than ours, and our colours may be wrong. */
  paletteMark: number;
}

/** One bit at most; none is `parked`. The bits above stay 0: a display refuses what it does not know. */
const FLAGS: readonly (readonly [DisplayState, number])[] = [
  ['parked', 0],
  ['free', 1],
  ['overstay', 2],
  ['fault', 4],
  ['unknown', 8],
];

const LENGTH = 5;

/**
 * The payload for a LoRaWAN display, 5 bytes: flags (bit 0 free, 1 overstay, 2 fault, 3 unknown), day, mark of the
 * palette. Day and mark have two bytes each, the higher first: a period goes up to 366 days and an overstay beyond.
 * @throws RangeError when somebody is parked without a day, or the day is not in 1..65535.
 */
export function encodeDisplay({
  state,
  day,
  paletteVersion,
}: Pick<Display, 'state' | 'day' | 'paletteVersion'>): Uint8Array {
  if (day === null ? needsDay(state) : !(Number.isInteger(day) && day >= 1 && day <= 0xffff))
    throw new RangeError(`A display that shows '${state}' cannot be told the day ${day}.`);
  const flags = FLAGS.find(([name]) => name === state)?.[1] ?? 0;
  const bytes = new Uint8Array(LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, flags);
  view.setUint16(1, day ?? 0);
  view.setUint16(3, paletteMark(paletteVersion));
  return bytes;
}

/** The opposite of `encodeDisplay`, as a display reads it. */
export function decodeDisplay(bytes: Uint8Array): DisplayOrder | Unreadable {
  if (bytes.length !== LENGTH) return { unreadable: `${bytes.length} bytes are not ${LENGTH}` };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const state = FLAGS.find(([, flag]) => flag === view.getUint8(0))?.[0];
  if (!state) return { unreadable: `the flags ${hexByte(view.getUint8(0))} are unknown` };
  const day = view.getUint16(1) || null;
  if (day === null && needsDay(state)) return { unreadable: `'${state}' without a day` };
  return { state, day, paletteMark: view.getUint16(3) };
}

const needsDay = (state: DisplayState): boolean => state === 'parked' || state === 'overstay';

/** Two bytes that stand for the version of a palette: its 32-bit FNV-1a sum, the halves combined by exclusive or. */
export function paletteMark(version: string): number {
  const sum = [...version].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193),
    0x811c9dc5,
  );
  return ((sum >>> 16) ^ sum) & 0xffff;
}
