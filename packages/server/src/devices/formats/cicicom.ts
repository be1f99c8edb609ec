import type { Decoded } from './reading.ts';

/**
 * Cicicom parking sensor, ASCII, on any port: `C0` free and `C1` occupied are changes, `K…` is a keep-alive, `E…` a
 * fault. What follows the K is not described, so it says nothing about the space.
 * Source: the town's own list of sensors; the maker has published no description. Messages of the model
 * S-LG3T, seen in public, are of 15 bytes (`73.271…`), partly binary and described nowhere: unreadable here.
 */
export function decodeCicicom(_port: number, bytes: Uint8Array): Decoded {
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e))
    return { unreadable: 'the payload is not ASCII text' };
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (text === 'C0' || text === 'C1')
    return { readings: [{ kind: 'change', occupied: text === 'C1' }] };
  if (text.startsWith('K')) return { readings: [{ kind: 'heartbeat', occupied: null }] };
  if (text.startsWith('E')) return { readings: [{ kind: 'debug', occupied: null, fault: text }] };
  return { unreadable: `'${text.slice(0, 20)}' is neither C0, C1, K… nor E…` };
}
