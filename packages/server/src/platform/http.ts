import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import { type Permission, permissionsOf, type Role } from '@vigie/contracts/accounts';
import type { ErrorCode, Problem } from '@vigie/contracts/errors';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { createAttemptWindow } from './attempt-window.ts';
import { isDatabaseAway } from './database.ts';
import {
  Bug,
  messageOf,
  NotAllowed,
  NotAuthenticated,
  TooManyAttempts,
  VigieError,
} from './errors.ts';
import type { Log } from './log.ts';

/** Somebody who is signed in. */
export interface SignedIn {
  id: string;
  username: string;
  name: string;
  role: Role;
  /** `undefined`: those of the role. A program has fewer. */
  permissions?: readonly Permission[];
}

/** `true` when the signed-in person or program holds the permission. */
export const mayDo = ({ role, permissions }: SignedIn, permission: Permission): boolean =>
  (permissions ?? permissionsOf[role]).includes(permission);

/** Who a request comes from; `undefined` when nobody is signed in. */
export type IdentifyPerson = (request: FastifyRequest) => Promise<SignedIn | undefined>;

/** A route says who may use it. `public` and `signed` (by a key of its own) are the only ways round signing in. */
export type Access = Permission | 'signed-in' | 'signed' | 'public';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Requests a minute that one address may make; undefined: any number. */
    perMinute?: number;
  }
  interface FastifyRequest {
    /** `undefined` on routes that do not ask. */
    person: SignedIn | undefined;
  }
}

export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The HTTP server without routes: schemas by zod, problem documents, and no route without an access rule. */
export async function createHttp({
  identify,
  log,
}: {
  identify: IdentifyPerson;
  log: Log;
}): Promise<Http> {
  const http: Http = Fastify({
    bodyLimit: 1_048_576,
    trustProxy: 'loopback',
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.decorateRequest('person', undefined);
  http.addHook('onRoute', (route) => {
    if (!route.config?.access)
      throw new Bug('platform/bug', `Route ${route.url} says nobody who may use it.`);
  });
  await http.register(helmet, contentSecurity);
  // Before the hook that refuses: otherwise a refused upgrade would leave its socket open.
  await http.register(websocket, { options: { maxPayload: 262_144 } });
  const requests = createAttemptWindow();
  http.addHook('onRequest', async (request, reply) => {
    const waitSeconds = secondsToWait(request, requests);
    if (waitSeconds !== null) {
      reply.header('retry-after', waitSeconds);
      throw new TooManyAttempts(
        'platform/too-many-requests',
        `Too many requests from here. Try again in ${waitSeconds} s.`,
      );
    }
    refuseForeignOrigin(request);
    request.person = await admit(request, identify);
  });
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500)
      log.error(
        { path: request.url.split('?')[0], error: error.stack ?? messageOf(error) },
        'a request failed',
      );
    void reply
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  });
  await http.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Vigie', version: '1' } },
    transform: jsonSchemaTransform,
  });
  return http;
}

/** `null`: the request is admitted. */
const secondsToWait = (
  { ip, routeOptions: { url = '', config } }: FastifyRequest,
  requests: ReturnType<typeof createAttemptWindow>,
): number | null =>
  config?.perMinute === undefined
    ? null
    : requests.take(`${url} ${ip}`, { window: 60, max: config.perMinute }, Date.now()).retryAfter;

/**
 * A page of another site must not act in the name of who is signed in here. Programs send no Origin.
 * @throws NotAllowed
 */
function refuseForeignOrigin({ method, headers: { origin, host } }: FastifyRequest): void {
  if (origin === undefined || method === 'GET' || method === 'HEAD') return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new NotAllowed(
    'accounts/foreign-origin',
    `A page of ${origin} may not act here. Open Vigie by its own address.`,
  );
}

/** @throws NotAuthenticated, NotAllowed by the route's access rule. */
async function admit(
  request: FastifyRequest,
  identify: IdentifyPerson,
): Promise<SignedIn | undefined> {
  const access = request.routeOptions.config?.access ?? 'public';
  if (access === 'public' || access === 'signed') return undefined;
  const person = await identify(request);
  if (!person)
    throw new NotAuthenticated(
      'accounts/not-signed-in',
      'Sign in first: POST /api/v1/auth/sign-in/username.',
    );
  if (access !== 'signed-in' && !mayDo(person, access)) {
    throw new NotAllowed(
      'accounts/not-allowed',
      `This needs the right ${access}; ${person.username} does not have it.`,
    );
  }
  return person;
}

/** Any thrown thing as a problem document; what we did not foresee is our bug and tells nothing else. */
function problemOf(error: unknown): Problem {
  if (error instanceof VigieError) return problem(error.code, error.status, error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((issue) => ({
      path: issue.instancePath.replaceAll('/', '.').replace(/^\./, ''),
      message: issue.message ?? 'wrong',
    }));
    const text = issues.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ');
    return { ...problem('input/invalid', 400, `The input is wrong. ${text}`), issues };
  }
  if (isDatabaseAway(error)) {
    return problem(
      'platform/database-failed',
      503,
      'The database does not answer. Try again in a moment.',
    );
  }
  const status = (error as FastifyError).statusCode ?? 500;
  if (status === 404) return problem('platform/route-unknown', 404, messageOf(error));
  if (status >= 400 && status < 500) return problem('input/invalid', status, messageOf(error));
  return problem('platform/bug', 500, 'Something went wrong here; the server log says what.');
}

const problem = (code: ErrorCode, status: number, detail: string): Problem => ({
  type: `urn:vigie:error:${code}`,
  title: code,
  status,
  code,
  detail,
});

/** Everything from ourselves; pictures also from memory (`blob:`), styles inline as the widgets set them. */
const contentSecurity = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'", 'ws:', 'wss:'],
      frameSrc: ["'self'"],
      frameAncestors: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      objectSrc: ["'none'"],
    },
  },
  strictTransportSecurity: false,
} as const;
