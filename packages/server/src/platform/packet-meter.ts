/** Pictures of cameras are the longest that is sent, hardly more than a megabyte. */
export const mostPacketBytes = 8 * 1_048_576;

/**
 * Follows how long each packet of a connection says that it is, however the bytes are cut. Takes the next bytes; `true`: a
 * packet is longer than `most` bytes, or its length never ends. Source: MQTT 3.1.1 and 5.0, clauses 2.1 to 2.2.
 */
export function createPacketMeter(most: number): (bytes: Uint8Array) => boolean {
  /** Bytes of the packet that are still to come. */
  let rest = 0;
  /** What the next byte of the length counts; 0: the next byte is the type. */
  let scale = 0;
  let length = 0;

  /** Gives whether the packet is too long. */
  function takeHead(byte: number): boolean {
    if (scale === 0) {
      scale = 1;
      length = 0;
      return false;
    }
    length += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) return length > most || scale > 128 ** 3;
    rest = length;
    scale = 0;
    return length > most;
  }

  return (bytes) => {
    let at = 0;
    while (at < bytes.length) {
      const skipped = Math.min(rest, bytes.length - at);
      rest -= skipped;
      at += skipped;
      const byte = bytes[at];
      if (byte === undefined) return false;
      at++;
      if (takeHead(byte)) return true;
    }
    return false;
  };
}
