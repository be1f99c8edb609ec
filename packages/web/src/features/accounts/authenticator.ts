import {
  NewPasskey,
  PasskeyAssertion,
  type PasskeyCreation,
  type PasskeyRequest,
} from '@vigie/contracts/passkeys';
import { ApiError } from '../../platform/api.ts';
import type { OpenPage } from './passkey-hindrance.ts';

/** The page that is open, as far as passkeys go. */
export const openPage = (): OpenPage => ({
  origin: location.origin,
  isSecure: isSecureContext,
  hasPasskeys:
    typeof PublicKeyCredential === 'function' &&
    'parseRequestOptionsFromJSON' in PublicKeyCredential,
});

/** Lets the person choose a passkey, in a window of the browser. @throws ApiError */
export const askForPasskey = (request: PasskeyRequest): Promise<PasskeyAssertion> =>
  told(() => signed(request, {}));

/**
 * Offers passkeys among the names that the browser remembers for a field, for as long as `signal` lasts. `undefined`: none was
 * chosen, or the browser does not offer them there.
 */
export async function offerPasskeys(
  request: PasskeyRequest,
  signal: AbortSignal,
): Promise<PasskeyAssertion | undefined> {
  try {
    return await signed(request, { mediation: 'conditional', signal });
  } catch {
    // Nobody asked for it: whoever wants to know why presses the button.
    return undefined;
  }
}

/** `true`: the browser offers passkeys in fields. */
export const offersInFields = async (): Promise<boolean> =>
  (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;

/** Lets the person make a passkey. @throws ApiError */
export const makePasskey = (creation: PasskeyCreation): Promise<NewPasskey['credential']> =>
  told(async () => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creation as never);
    return NewPasskey.shape.credential.parse(
      writtenOf(await navigator.credentials.create({ publicKey })),
    );
  });

async function signed(
  request: PasskeyRequest,
  how: Pick<CredentialRequestOptions, 'mediation' | 'signal'>,
): Promise<PasskeyAssertion> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(request);
  return PasskeyAssertion.parse(writtenOf(await navigator.credentials.get({ publicKey, ...how })));
}

const writtenOf = (credential: Credential | null): unknown =>
  credential instanceof PublicKeyCredential ? credential.toJSON() : undefined;

/** What browsers say, as errors that have words. */
async function told<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw new ApiError(codes[name] ?? 'web/passkey-silent', 0, `No passkey: ${name}.`, {
      cause: error,
    });
  }
}

/** By the name that WebAuthn gives them. */
const codes: Readonly<Record<string, string>> = {
  InvalidStateError: 'accounts/passkey-exists',
  SecurityError: 'accounts/passkeys-unavailable',
};
