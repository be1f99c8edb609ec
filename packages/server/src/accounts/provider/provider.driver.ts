import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientMetadata,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ServerMetadata,
} from 'openid-client';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { messageOf, NotAuthenticated, Unavailable, VigieError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { type ProvenPerson, personFrom } from './provider-claims.ts';
import { type ProviderSettings, providerSettingsFrom } from './provider-settings.ts';

interface DriverDeps {
  settings: ProviderSettings;
  /** Address of Vigie, without a slash at its end. */
  publicUrl: string;
  clock: Clock;
  log: Log;
}

/** What must be known again when a browser comes back. Texts of at least 43 random characters. */
export interface Errand {
  state: string;
  nonce: string;
  verifier: string;
}

/** Somebody who came back from the provider. */
export interface Arrival {
  person: ProvenPerson;
  /** Names his session at the provider when it is to be ended. */
  idToken: string;
}

/** An OpenID provider: authorization code with PKCE. Source: OpenID Connect Core 1.0, RFC 7636, RFC 9207. */
export interface ProviderDriver {
  /** Where to send a browser. @throws Unavailable */
  begin(): Promise<{ url: string; errand: Errand }>;
  /** Who came back with this query. @throws Unavailable; NotAuthenticated for whatever is not as it must be. */
  finish(query: URLSearchParams, errand: Errand): Promise<Arrival>;
  /** Where a browser ends the session there; `undefined`: the provider has no such page, or does not answer. */
  findEnd(idToken: string): Promise<string | undefined>;
}

/** Where the provider sends browsers back. */
export const callbackPath = '/api/v1/auth/provider/callback';

/** Public keys only: whoever may check a shared secret could sign with it. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** How far the provider's clock may be off. */
const skewSeconds = 30;
const timeoutSeconds = 10;
/** The description of a provider changes rarely; its keys are asked for more often, by the library. */
const freshMs = 3_600_000;

export function createProviderDriver({
  settings,
  publicUrl,
  clock,
  log,
}: DriverDeps): ProviderDriver {
  const redirectUri = publicUrl + callbackPath;
  let known: { configuration: Configuration; atMs: number } | undefined;

  /** Asked for when somebody comes, so that Vigie starts without the provider. */
  async function configured(): Promise<Configuration> {
    const nowMs = clock.now().getTime();
    if (known && nowMs - known.atMs < freshMs) return known.configuration;
    try {
      known = { configuration: await discover(settings), atMs: nowMs };
      return known.configuration;
    } catch (error) {
      log.warn({ issuer: settings.issuer, error: wordsFor(error) }, 'the provider did not answer');
      if (known) return known.configuration;
      throw away(error);
    }
  }

  async function arrive(query: URLSearchParams, errand: Errand): Promise<Arrival> {
    const configuration = await configured();
    const tokens = await authorizationCodeGrant(configuration, new URL(`${redirectUri}?${query}`), {
      expectedState: errand.state,
      expectedNonce: errand.nonce,
      pkceCodeVerifier: errand.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims || !tokens.id_token) throw new Error('there is no ID token');
    const userInfo = configuration.serverMetadata().userinfo_endpoint
      ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
      : undefined;
    const reading = personFrom(claims, userInfo, settings);
    if ('person' in reading) return { person: reading.person, idToken: tokens.id_token };
    if (reading.refusal === 'level') throw tooLow(claims.acr);
    throw new Error('the userinfo is not signed for this client');
  }

  return {
    begin: async () => {
      const configuration = await configured();
      const errand = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      };
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
        ...wishes(settings, configuration.serverMetadata()),
      });
      return { url: url.href, errand };
    },
    finish: async (query, errand) => {
      try {
        return await arrive(query, errand);
      } catch (error) {
        if (error instanceof VigieError) throw error;
        log.warn({ error: wordsFor(error) }, 'what came back from the provider was refused');
        throw refusalFor(error);
      }
    },
    findEnd: async (idToken) => {
      const configuration = known?.configuration ?? (await configured().catch(() => undefined));
      if (!configuration?.serverMetadata().end_session_endpoint) return undefined;
      // Nothing depends on the way back, so its state is compared with nothing; ProConnect wants one.
      return buildEndSessionUrl(configuration, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${publicUrl}/`,
        state: randomState(),
      }).href;
    },
  };
}

/** Whether the provider answers as it is configured. */
export async function examineProvider(config: Config): Promise<{ isGood: boolean; text: string }> {
  const settings = providerSettingsFrom(config);
  if (!settings) return { isGood: true, text: 'none is set, people have passwords' };
  try {
    const found = (await discover(settings)).serverMetadata();
    const lack = settings.signsUserInfo && !found.userinfo_signing_alg_values_supported?.length;
    return lack
      ? { isGood: false, text: `${settings.issuer} signs no userinfo; is it ProConnect?` }
      : { isGood: true, text: `${settings.issuer} answers` };
  } catch (error) {
    return { isGood: false, text: `${settings.issuer}: ${wordsFor(error)}` };
  }
}

/** What is asked for besides the person: how he proves himself, and the levels that are let in. */
function wishes({ levels }: ProviderSettings, metadata: ServerMetadata): Record<string, string> {
  const acr = levels.length > 0 ? { essential: true, values: levels } : null;
  return {
    ...(levels.length > 0 ? { acr_values: levels.join(' ') } : {}),
    ...(metadata.claims_parameter_supported === true
      ? { claims: JSON.stringify({ id_token: { acr, amr: null } }) }
      : {}),
  };
}

async function discover(settings: ProviderSettings): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  const isPlain = issuer.startsWith('http:');
  const client: ClientMetadata = { client_id: clientId, [clockTolerance]: skewSeconds };
  const found = await discovery(new URL(issuer), clientId, client, undefined, {
    timeout: timeoutSeconds,
    ...(isPlain ? { execute: [allowInsecureRequests] } : {}),
  });
  const metadata = narrowed(found.serverMetadata());
  const configuration = new Configuration(
    metadata,
    clientId,
    client,
    metadata.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      ? ClientSecretPost(clientSecret)
      : ClientSecretBasic(clientSecret),
  );
  configuration.timeout = timeoutSeconds;
  if (settings.signsUserInfo) configuration[customFetch] = signedUserInfo(metadata);
  if (isPlain) allowInsecureRequests(configuration);
  enableNonRepudiationChecks(configuration);
  return configuration;
}

/** The provider's description with those of its algorithms that are taken here. */
function narrowed(metadata: ServerMetadata): ServerMetadata {
  const taken = (offered: readonly string[]) => algorithms.filter((one) => offered.includes(one));
  const { id_token_signing_alg_values_supported: id = ['RS256'] } = metadata;
  const { userinfo_signing_alg_values_supported: userInfo = algorithms } = metadata;
  return {
    ...metadata,
    id_token_signing_alg_values_supported: taken(id),
    userinfo_signing_alg_values_supported: taken(userInfo),
  };
}

/** The library would take an unsigned userinfo as well. */
const signedUserInfo =
  ({ userinfo_endpoint }: ServerMetadata) =>
  async (url: string, options: object): Promise<Response> => {
    const answer = await fetch(url, options);
    const isJwt = answer.headers.get('content-type')?.startsWith('application/jwt') === true;
    if (url === userinfo_endpoint && answer.ok && !isJwt)
      throw new UnsignedUserInfo('the userinfo is not signed');
    return answer;
  };
class UnsignedUserInfo extends Error {}

/** For the log. The cause of an error may hold tokens, and what people are called. */
function wordsFor(error: unknown): string {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)
    return `${error.error}: ${error.error_description ?? error.message}`.slice(0, 300);
  const { cause } = error as { cause?: unknown };
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return `${messageOf(error)}${why}`.slice(0, 300);
}

/** Answers of somebody who has not signed in there. Source: OpenID Connect Core 1.0, 3.1.2.6. */
const declined = ['access_denied', 'login_required', 'interaction_required', 'consent_required'];

function refusalFor(error: unknown): VigieError {
  if (error instanceof AuthorizationResponseError) {
    if (declined.includes(error.error)) return cancelled();
    if (error.error === 'temporarily_unavailable' || error.error === 'server_error')
      return away(error);
  }
  return isSilence(error) ? away(error) : refused();
}

/** No answer, or one that says the provider is ill. */
function isSilence(error: unknown): boolean {
  if (error instanceof ResponseBodyError) return error.status >= 500;
  const { code, cause, name } = error as { code?: string; cause?: unknown; name?: string };
  if (cause instanceof Response) return cause.status >= 500;
  // `fetch` throws a TypeError with a cause when nobody answers.
  return (
    code === 'OAUTH_TIMEOUT' ||
    name === 'TimeoutError' ||
    (error instanceof TypeError && cause !== undefined && code === undefined)
  );
}

const away = (cause: unknown) =>
  new Unavailable(
    'accounts/provider-away',
    'The OpenID provider does not answer. Try again later, or sign in with a local password.',
    { cause },
  );
const refused = () =>
  new NotAuthenticated(
    'accounts/provider-refused',
    'What came from the OpenID provider could not be trusted; the log of the server says why. Sign in again.',
  );
const cancelled = () =>
  new NotAuthenticated(
    'accounts/provider-cancelled',
    'Nobody was signed in at the OpenID provider. Sign in again.',
  );
const tooLow = (level: unknown) =>
  new NotAuthenticated(
    'accounts/provider-level',
    `The OpenID provider gave the level ${typeof level === 'string' ? level : 'none'}, and VIGIE_OIDC_ACR asks for more. Sign in there in a stronger way.`,
  );
