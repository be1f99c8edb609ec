import { createPrivateKey, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration, type JWK } from 'oidc-provider';

/** Somebody at the provider, by his claims. */
export interface ProviderPerson {
  sub: string;
  email?: string;
  email_verified?: boolean;
  acr?: string;
  amr?: string[];
}

/** What the provider is about to answer, before it does. */
interface Tampering {
  /** Body of the token endpoint. */
  token?: (body: { id_token: string }) => object;
  /** Body of the userinfo endpoint: a JWT, or an object where it is not signed. */
  userInfo?: (body: string | object) => string | object;
  /** Statuses of endpoints that fail, by path. */
  status?: Record<string, number>;
}

/** A real OpenID provider on 127.0.0.1 that can be brought to misbehave. */
export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in next; `undefined`: he turns back. */
  person: ProviderPerson | undefined;
  /** How often somebody had to sign in. */
  signIns: number;
  tampering: Tampering;
  /** The private key by which it signs, RS256. */
  key: { id: string; private: KeyObject };
  stop(): Promise<void>;
  /** Comes back where it was. */
  start(): Promise<void>;
}

const keyId = 'rsa-1';

/** `home`: address of Vigie, without a slash. `signs` false: the userinfo is plain JSON. */
export async function startProvider({
  home,
  signs = true,
}: {
  home: string;
  signs?: boolean;
}): Promise<TestProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' };
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const state = {
    person: undefined as ProviderPerson | undefined,
    signIns: 0,
    tampering: {} as Tampering,
  };
  const client = { clientId: 'vigie', clientSecret: 'a-secret-that-is-long-enough-for-HS256' };
  const provider = new Provider(
    issuer,
    settingsOf({ jwk: jwk as JWK, home, signs, client }, state),
  );
  letSignIn(provider, state);
  server.on('request', provider.callback());
  return Object.assign(state, {
    issuer,
    ...client,
    key: { id: keyId, private: privateKey },
    start: () => listen(server, port),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

interface Made {
  jwk: JWK;
  home: string;
  signs: boolean;
  client: { clientId: string; clientSecret: string };
}
type State = Pick<TestProvider, 'person' | 'signIns' | 'tampering'>;

/** As ProConnect is set, where it matters: PKCE, signed userinfo, claims by request, short lives. */
function settingsOf({ jwk, home, signs, client }: Made, state: State): Configuration {
  const people = new Map<string, ProviderPerson>();
  return {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${home}/api/v1/auth/provider/callback`],
        post_logout_redirect_uris: [`${home}/`],
        token_endpoint_auth_method: 'client_secret_post',
        ...(signs ? { userinfo_signed_response_alg: 'RS256' } : {}),
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['a key of the tests'] },
    scopes: ['openid', 'given_name', 'usual_name', 'uid', 'siret'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], acr: null, amr: null },
    acrValues: ['eidas1', 'eidas2'],
    pkce: { required: () => true },
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 30,
      IdToken: 60,
      Session: 600,
      Interaction: 600,
      Grant: 600,
    },
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      jwtUserinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    findAccount: (_ctx, sub) => {
      if (state.person?.sub === sub) people.set(sub, state.person);
      return { accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) };
    },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const { client: of, session, provider } = oidc;
      const grant = new provider.Grant({
        clientId: of?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email given_name usual_name uid siret');
      grant.addOIDCClaims(['email', 'email_verified', 'acr', 'amr']);
      await grant.save();
      return grant;
    },
  };
}

/** The page on which people sign in asks nothing; every answer goes by the tampering. */
function letSignIn(provider: Provider, state: State): void {
  provider.use(async (ctx, next) => {
    const failing = state.tampering.status?.[ctx.path];
    if (failing) {
      ctx.status = failing;
      return;
    }
    if (ctx.path.startsWith('/sign-in/')) {
      const { person } = state;
      if (person) state.signIns++;
      const result = person
        ? { login: { accountId: person.sub, acr: person.acr, amr: person.amr, remember: true } }
        : { error: 'access_denied', error_description: 'turned back' };
      await provider.interactionFinished(ctx.req, ctx.res, JSON.parse(JSON.stringify(result)));
      ctx.respond = false;
      return;
    }
    await next();
    const { token, userInfo } = state.tampering;
    if (ctx.path === '/token' && ctx.status === 200 && token)
      ctx.body = token(ctx.body as { id_token: string });
    if (ctx.path === '/me' && ctx.status === 200 && userInfo) {
      const given = userInfo(ctx.body as string | object);
      ctx.body = given;
      if (typeof given === 'string') ctx.type = 'application/jwt';
    }
  });
}

const coded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The claims of a JWT. */
export const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

/** The JWT with other claims, signed by the key as RS256. */
export function resigned(
  jwt: string,
  change: Record<string, unknown>,
  key: { id: string; private: KeyObject },
): string {
  const text = `${coded({ alg: 'RS256', kid: key.id })}.${coded({ ...claimsOf(jwt), ...change })}`;
  const signature = createSign('RSA-SHA256').update(text).sign(key.private, 'base64url');
  return `${text}.${signature}`;
}

/** A key that no provider has, under the name of one that it has. */
export function foreignKey(id: string): { id: string; private: KeyObject } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { id, private: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}

/** A browser that is led from one address to the next and keeps cookies by host. */
export interface Visitor {
  /** Follows until `isLast` says so, or nothing leads on; the last address is not asked for when `isLast` says so. */
  follow(url: string, isLast?: (url: URL) => boolean): Promise<{ url: URL; text: string }>;
  /** Asks once. */
  ask(url: string, init?: RequestInit): Promise<Response>;
}

export function createVisitor(): Visitor {
  /** by host */
  const jars = new Map<string, Map<string, string>>();
  async function ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0(;|$)|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }
  return {
    ask,
    follow: async (start, isLast = () => false) => {
      let url = new URL(start);
      for (let hops = 0; hops < 12; hops++) {
        if (isLast(url)) return { url, text: '' };
        const answer = await ask(url.href);
        const next = answer.headers.get('location');
        if (next === null) return { url, text: await answer.text() };
        url = new URL(next, url);
      }
      throw new Error(`nobody gets anywhere by ${start}`);
    },
  };
}
