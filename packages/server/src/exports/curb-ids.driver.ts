import { createHash } from 'node:crypto';

/** Our own namespace, drawn once; changing it would rename everything outside. */
const namespace = Buffer.from('5b0d1c3e8f7a4c5e9d2b6a41c07e35f8', 'hex');

/** The same UUID for the same name, for ever. Source: RFC 9562, version 5. */
export function curbIdOf(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
