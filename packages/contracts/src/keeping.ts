import type { RetentionKind } from './retention.ts';

/** Days that each kind is kept; 0 is for ever. */
export type Keeping = Readonly<Record<RetentionKind, number>>;

/**
 * How long each kind is kept unless the town says otherwise, in days. The register of drills stays for an inspector who looks
 * back; what tells who did what goes within a year.
 * Source: CNIL, guide to retention periods: no longer than the purpose needs; the town's data-protection officer decides.
 */
export const defaultKeeping: Keeping = {
  incidents: 1825,
  'camera-views': 365,
  'known-empties': 365,
  'parking-events': 395,
  cases: 1095,
  stays: 1095,
  messages: 365,
  'sign-ins': 90,
  audit: 365,
};

/** Reads `kind=days` with commas between; kinds that are not named stay as they are. `undefined` when it is no such text. */
export function keepingFrom(text: string): Keeping | undefined {
  if (text.trim() === '') return defaultKeeping;
  const given = text.split(',').map((part) => part.trim().split('='));
  const isRead = given.every(
    ([kind, days, more]) =>
      kind !== undefined &&
      Object.hasOwn(defaultKeeping, kind) &&
      /^\d{1,5}$/.test(days ?? '') &&
      !more,
  );
  if (!isRead) return undefined;
  return {
    ...defaultKeeping,
    ...Object.fromEntries(given.map(([kind, days]) => [kind, Number(days)])),
  };
}
