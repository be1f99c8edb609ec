/**
 * A security identifier as text: `S-1-5-21-…-513`. `undefined`: no such thing.
 * @param bytes revision, count of parts, 6 bytes of authority (big-endian), then 4 bytes a part (little-endian).
 * Source: MS-DTYP 2.4.2.2.
 */
export function sidOf(bytes: Uint8Array): string | undefined {
  const [revision = 0, count = 0] = bytes;
  if (revision !== 1 || count > 15 || bytes.length !== 8 + 4 * count) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const parts = Array.from({ length: count }, (_, i) => view.getUint32(8 + 4 * i, true));
  return ['S', revision, authority, ...parts].join('-');
}

/** The bytes of a security identifier. @throws RangeError when the text is none. */
export function sidBytes(sid: string): Uint8Array {
  const [, revision = NaN, authority = NaN, ...parts] = sid.split('-').map(Number);
  if (!/^S-1(-\d+){1,16}$/.test(sid)) throw new RangeError(`${sid} is no security identifier`);
  const view = new DataView(new ArrayBuffer(8 + 4 * parts.length));
  view.setUint8(0, revision);
  view.setUint8(1, parts.length);
  view.setUint16(2, Math.floor(authority / 2 ** 32));
  view.setUint32(4, authority % 2 ** 32);
  for (const [i, part] of parts.entries()) view.setUint32(8 + 4 * i, part, true);
  return new Uint8Array(view.buffer);
}

/** The primary group of a person: the domain of his own identifier with another last part. Source: MS-ADTS 3.1.1.1.3. */
export const primaryGroupSid = (personSid: string, primaryGroupId: number): string =>
  personSid.replace(/-\d+$/, `-${primaryGroupId}`);

/** The last part of a security identifier. */
export const lastPartOf = (sid: string): number => Number(sid.split('-').at(-1));

const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
const dashBefore = new Set([4, 6, 8, 10]);

/** `objectGUID` as text, as Windows writes it. @param bytes 16. Source: MS-DTYP 2.3.4. */
export const guidOf = (bytes: Uint8Array): string =>
  guidOrder
    .map(
      (from, i) =>
        (dashBefore.has(i) ? '-' : '') + (bytes[from] ?? 0).toString(16).padStart(2, '0'),
    )
    .join('');

/** The bytes of `guidOf`. */
export function guidBytes(guid: string): Uint8Array {
  const hex = guid.replaceAll('-', '');
  const bytes = new Uint8Array(16);
  for (const [i, to] of guidOrder.entries())
    bytes[to] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
