import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import {
  type NewPasskey,
  type PasskeyAssertion,
  PasskeyCreation,
  PasskeyRequest,
} from '@vigie/contracts/passkeys';
import { challengeMs, type PasskeyPlace } from './passkey-rules.ts';

/** What is kept of a passkey; bytes as base64url. */
export interface MadePasskey {
  credentialId: string;
  /** COSE. */
  publicKey: string;
  counter: number;
  transports: string[];
}

/** Whose passkey is to be made. */
export interface PasskeyOwner {
  id: string;
  username: string;
  name: string;
}

/** Takes a challenge that was answered: `true` the first time, while it lasts. */
export type TakeChallenge = (challenge: string) => Promise<boolean>;

/** What is said to authenticators and what they answer. Source: WebAuthn Level 3. */
export interface PasskeysDriver {
  requestSignIn(): Promise<PasskeyRequest>;
  /** `known`: those he has; an authenticator holds one of an account. */
  requestNew(owner: PasskeyOwner, known: readonly MadePasskey[]): Promise<PasskeyCreation>;
  /** @throws Error saying what is wrong with the answer. */
  readNew(credential: NewPasskey['credential'], take: TakeChallenge): Promise<MadePasskey>;
  /** Its new count. @throws Error saying what is wrong with the answer. */
  readSignIn(
    assertion: PasskeyAssertion,
    passkey: MadePasskey,
    take: TakeChallenge,
  ): Promise<number>;
}

/** EdDSA, ES256, RS256: what every authenticator has one of. Source: IANA, COSE Algorithms. */
const algorithms = [-8, -7, -257];

export function createPasskeysDriver({ origin, rpId }: PasskeyPlace): PasskeysDriver {
  const expected = { expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true };
  return {
    requestSignIn: async () =>
      PasskeyRequest.parse(
        await generateAuthenticationOptions({
          rpID: rpId,
          userVerification: 'required',
          timeout: challengeMs,
        }),
      ),
    requestNew: async ({ id, username, name }, known) =>
      PasskeyCreation.parse(
        await generateRegistrationOptions({
          rpName: 'Vigie',
          rpID: rpId,
          userID: new TextEncoder().encode(id),
          userName: username,
          userDisplayName: name,
          attestationType: 'none',
          timeout: challengeMs,
          supportedAlgorithmIDs: algorithms,
          excludeCredentials: known.map((one) => ({
            id: one.credentialId,
            transports: one.transports as Transport[],
          })),
          authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        }),
      ),
    readNew: async (credential, take) => {
      mustSayNothingOfItsMaker(credential.response.attestationObject);
      const { registrationInfo } = await verifyRegistrationResponse({
        ...expected,
        response: asAnswer(credential),
        expectedChallenge: take,
        supportedAlgorithmIDs: algorithms,
      });
      if (!registrationInfo) throw new Error('the statement of the authenticator is wrong');
      const { id, publicKey, counter } = registrationInfo.credential;
      return {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: credential.response.transports,
      };
    },
    readSignIn: async (assertion, { credentialId: id, publicKey, counter }, take) => {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...expected,
        response: asAnswer(assertion),
        expectedChallenge: take,
        credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
      });
      if (!verified) throw new Error('the signature is wrong');
      return authenticationInfo.newCounter;
    },
  };
}

type Transport = NonNullable<
  NonNullable<
    Parameters<typeof generateRegistrationOptions>[0]['excludeCredentials']
  >[number]['transports']
>[number];

/** The library wants to know what extensions said; none is asked for. */
const asAnswer = <T extends object>(given: T) => ({ ...given, clientExtensionResults: {} });

/**
 * None is asked who made it. Otherwise the library would look for the lists of its maker in the internet, at addresses that the
 * answer names.
 * @throws Error
 */
function mustSayNothingOfItsMaker(attestationObject: string): void {
  const object = decodeAttestationObject(
    new Uint8Array(Buffer.from(attestationObject, 'base64url')),
  );
  const isSelfMade =
    object.get('fmt') === 'packed' && object.get('attStmt').get('x5c') === undefined;
  if (object.get('fmt') !== 'none' && !isSelfMade)
    throw new Error(`a statement of kind ${object.get('fmt')} was not asked for`);
}
