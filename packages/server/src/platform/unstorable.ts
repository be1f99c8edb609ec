/**
 * `true` when a text anywhere in a value that came as JSON cannot be stored: it holds U+0000, or half of a surrogate pair. Keys count.
 * Source: PostgreSQL, Character Types and JSON Types. Without recursion: the depth is the sender's.
 */
export function isUnstorable(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string' && (one.includes('\0') || !one.isWellFormed())) return true;
    if (Array.isArray(one)) for (const part of one) open.push(part);
    else if (isPlain(one)) for (const entry of Object.entries(one)) open.push(...entry);
  }
  return false;
}

/** Not the stream of a file, and not its bytes. What the router makes has a prototype of its own. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !('pipe' in value);

/** JSON whose texts can be stored: a device that sends others is heard all the same. @throws SyntaxError */
export const parseStorable = (json: string): unknown =>
  JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? storable(value) : value));

/** The same text with a sign in place of what cannot be stored. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\u2400');
