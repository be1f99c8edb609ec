const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a text in base64 with padding; `undefined` when it is none. Source: RFC 4648, clause 4. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 4) {
    const bits = [...text.slice(i, i + 4)].reduce((sum, digit) => (sum << 6) | sextet(digit), 0);
    bytes.push(bits >> 16, (bits >> 8) & 0xff, bits & 0xff);
  }
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Uint8Array.from(bytes.slice(0, bytes.length - padding));
}

const sextet = (digit: string): number => Math.max(DIGITS.indexOf(digit), 0);

/** Bytes as a text in base64 with padding. Source: RFC 4648, clause 4. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const digits = [18, 12, 6, 0].map((shift) => DIGITS.charAt((bits >> shift) & 63));
    if (c === undefined) digits[3] = '=';
    if (b === undefined) digits[2] = '=';
    text += digits.join('');
  }
  return text;
}
