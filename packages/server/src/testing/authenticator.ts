import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type {
  NewPasskey,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRequest,
} from '@vigie/contracts/passkeys';
import { type Client, stranger } from './app.ts';

/** What an authenticator, or the page between, does otherwise than it should. */
export interface Twist {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** false: nobody looked who it was. */
  isVerified?: boolean;
  /** What it says to have counted. */
  counter?: number;
  userHandle?: string;
  /** Kind of its statement about its maker. */
  statement?: string;
}

export type Authenticator = ReturnType<typeof createAuthenticator>;

/** One passkey of an authenticator that counts, with the browser around it. Source: WebAuthn Level 3, sections 6.1 and 6.5.4. */
export function createAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  const answerOf = <T>(response: T) => ({
    id,
    rawId: id,
    type: 'public-key' as const,
    response,
  });
  let userHandle = '';
  let counter = 0;

  const clientData = (type: string, challenge: string, twist: Twist) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? origin,
        crossOrigin: false,
      }),
    );

  function authenticatorData(rpId: string, flags: number, twist: Twist): Buffer {
    counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(twist.counter ?? counter);
    const verified = twist.isVerified === false ? 0 : isVerified;
    return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.from([flags | verified]), count]);
  }

  return {
    make: (creation: PasskeyCreation, twist: Twist = {}): NewPasskey['credential'] => {
      userHandle = creation.user.id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const data = Buffer.concat([
        authenticatorData(creation.rp.id, isPresent | hasCredential, twist),
        Buffer.alloc(16),
        length,
        credentialId,
        coseKey(x, y),
      ]);
      const clientDataJSON = clientData('webauthn.create', creation.challenge, twist);
      return answerOf({
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: statementOf(data, twist.statement ?? 'none').toString('base64url'),
        transports: ['usb'],
      });
    },
    sign: (request: PasskeyRequest, twist: Twist = {}): PasskeyAssertion => {
      const clientDataJSON = clientData('webauthn.get', request.challenge, twist);
      const data = authenticatorData(request.rpId, isPresent, twist);
      const signature = sign('sha256', Buffer.concat([data, sha256(clientDataJSON)]), privateKey);
      return answerOf({
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: twist.userHandle ?? userHandle,
      });
    },
  };
}

const isPresent = 0x01;
const isVerified = 0x04;
const hasCredential = 0x40;

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** An ES256 key as a CBOR map: kty EC2, alg -7, crv P-256, x, y. Source: RFC 9053, section 7.1.1. */
const coseKey = (x: string, y: string): Buffer =>
  Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);

/** A CBOR map of `fmt`, `attStmt` (empty) and `authData`. */
function statementOf(data: Buffer, format: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(data.length);
  return Buffer.concat([
    Buffer.from('a3', 'hex'),
    cborText('fmt'),
    cborText(format),
    cborText('attStmt'),
    Buffer.from('a0', 'hex'),
    cborText('authData'),
    Buffer.from('59', 'hex'),
    length,
    data,
  ]);
}

/** Of fewer than 24 bytes. */
const cborText = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);

/** Adds its passkey to the account of a person who signed in just now; gives what the server answers. */
export async function addPasskey(
  person: Pick<Client, 'post'>,
  authenticator: Authenticator,
  twist: Twist = {},
): Promise<{ status: number; body: unknown }> {
  const { body } = await person.post('/api/v1/me/passkey-challenges', {});
  const credential = authenticator.make(body as PasskeyCreation, twist);
  return person.post('/api/v1/me/passkeys', { name: 'Clé bleue', credential });
}

/** Signs what the door of a server asks for. */
export async function signAtDoor(
  url: string,
  authenticator: Authenticator,
  twist: Twist = {},
): Promise<PasskeyAssertion> {
  const { body } = await stranger(url).post('/api/v1/auth/passkey-challenges', {});
  return authenticator.sign(body as PasskeyRequest, twist);
}
