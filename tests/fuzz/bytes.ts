export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));

/** Of hexadecimal digits. */
export const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
