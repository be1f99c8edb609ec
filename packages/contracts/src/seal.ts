const asBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

const aesKey = (key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);

/**
 * Seals a short secret (a camera URL) so that only holders of the workers' key can read it on the bus.
 * `key`: 32 bytes. Form: `v1.` + base64 of a 12-byte nonce, then AES-256-GCM ciphertext and tag.
 */
export async function seal(secret: string, key: Uint8Array<ArrayBuffer>): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(secret);
  const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await aesKey(key), text);
  const sealed = new Uint8Array(12 + body.byteLength);
  sealed.set(nonce);
  sealed.set(new Uint8Array(body), 12);
  return `v1.${asBase64(sealed)}`;
}

/** The sealed text as it was when it holds this very secret, so that nobody connects anew for nothing; else sealed anew. */
export async function resealed(
  secret: string,
  before: string | undefined,
  key: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const held = before && (await unseal(before, key).catch(() => undefined));
  return before && held === secret ? before : seal(secret, key);
}

/**
 * Opens what `seal` made.
 * @throws Error when the form is unknown, the key is another one, or the text was changed.
 */
export async function unseal(sealed: string, key: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!sealed.startsWith('v1.')) throw new Error('sealed secret has an unknown form');
  const bytes = fromBase64(sealed.slice(3));
  const nonce = bytes.slice(0, 12);
  const text = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: nonce },
    await aesKey(key),
    bytes.slice(12),
  );
  return new TextDecoder().decode(text);
}
