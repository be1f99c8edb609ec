import * as z from 'zod';
import { Instant } from './time.ts';

/** Bytes as a browser writes them to JSON: base64url without padding. Source: WebAuthn Level 3, section 5.1.8. */
const Bytes = z
  .string()
  .max(16_384)
  .regex(/^[A-Za-z0-9_-]+$/, 'base64url without padding');

/** Answer of `GET /api/v1/auth/passkeys`, for everybody: whether passkeys can be used here. */
export const PasskeyOffer = z.object({
  origin: z
    .string()
    .nullable()
    .describe(
      'The one address of pages at which they work; null: the public address is neither https with a name nor localhost',
    ),
});
export type PasskeyOffer = z.infer<typeof PasskeyOffer>;

/** Answer of `POST /api/v1/auth/passkey-challenges`, for `navigator.credentials.get`. It is good once, for five minutes. */
export const PasskeyRequest = z.object({
  challenge: Bytes,
  rpId: z.string(),
  timeout: z.int().positive().describe('Milliseconds'),
  userVerification: z.literal('required'),
});
export type PasskeyRequest = z.infer<typeof PasskeyRequest>;

/** Body of `POST /api/v1/auth/passkeys`: what the authenticator signed, as `PublicKeyCredential.toJSON` writes it. */
export const PasskeyAssertion = z.object({
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Bytes.describe('The account, in bytes'),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

/** Body of requests that add or remove a way in. The password may be left out within ten minutes of signing in. */
export const OwnProof = z.object({ password: z.string().min(1).max(500).optional() });
export type OwnProof = z.infer<typeof OwnProof>;

/** Answer of `POST /api/v1/me/passkey-challenges`, for `navigator.credentials.create`. It is good once, for five minutes. */
export const PasskeyCreation = z.object({
  challenge: Bytes,
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: Bytes, name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(
    z.object({ type: z.literal('public-key'), alg: z.int().describe('COSE algorithm') }),
  ),
  excludeCredentials: z.array(
    z.object({ type: z.literal('public-key'), id: Bytes, transports: z.array(z.string()) }),
  ),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
  timeout: z.int().positive().describe('Milliseconds'),
});
export type PasskeyCreation = z.infer<typeof PasskeyCreation>;

/** Body of `PUT /api/v1/me/passkeys/{id}`: how its person calls a passkey. */
export const PasskeyName = z.object({ name: z.string().trim().min(1).max(60) });
export type PasskeyName = z.infer<typeof PasskeyName>;

/** Body of `POST /api/v1/me/passkeys`: what the authenticator made, as `PublicKeyCredential.toJSON` writes it. */
export const NewPasskey = PasskeyName.extend({
  credential: z.object({
    id: Bytes,
    rawId: Bytes,
    type: z.literal('public-key'),
    response: z.object({
      clientDataJSON: Bytes,
      attestationObject: Bytes,
      transports: z
        .array(z.string().max(32))
        .max(16)
        .default([])
        .describe('How the browser reaches it: usb, internal, hybrid …'),
    }),
  }),
});
export type NewPasskey = z.infer<typeof NewPasskey>;

/** One line of `GET /api/v1/me/passkeys`, oldest first. */
export const OwnPasskey = PasskeyName.extend({
  id: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export type OwnPasskey = z.infer<typeof OwnPasskey>;
