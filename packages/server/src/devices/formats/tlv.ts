import { hexByte, isUnreadable, type Unreadable } from './reading.ts';

/** One field of a payload made of channel (1 byte), type (1 byte) and data. Without `read` it is passed over. */
export interface TlvField<Part extends object> {
  /** Bytes of data after channel and type. */
  length: number;
  /** `data` is exactly `length` bytes long. */
  read?: (data: DataView) => Part | Unreadable;
}

/**
 * What the fields of a payload say, in their order. One field that `fieldOf` does not know, or that is cut
 * off, makes all unreadable: where the next one would begin is then not known.
 */
export function readTlv<Part extends object>(
  bytes: Uint8Array,
  fieldOf: (channel: number, type: number) => TlvField<Part> | undefined,
): Part[] | Unreadable {
  if (bytes.length === 0) return { unreadable: 'the payload is empty' };
  const parts: Part[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [channel = 0, type] = bytes.subarray(at, at + 2);
    if (type === undefined) return { unreadable: `byte ${at} is left over: ${hexByte(channel)}` };
    const name = `channel ${hexByte(channel)} of type ${hexByte(type)}`;
    const field = fieldOf(channel, type);
    if (!field) return { unreadable: `${name} is unknown` };
    const data = bytes.subarray(at + 2, at + 2 + field.length);
    if (data.length < field.length) return { unreadable: `${name} is cut off` };
    const part = field.read?.(new DataView(data.buffer, data.byteOffset, data.byteLength));
    if (part && isUnreadable(part)) return { unreadable: `${name}: ${part.unreadable}` };
    if (part) parts.push(part);
    at += 2 + field.length;
  }
  return parts;
}
