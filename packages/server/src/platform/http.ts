import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import {
  type Duty,
  isLimited,
  isWithin,
  type Permission,
  type Place,
  permissionsOf,
  type Role,
  type Scope,
} from '@vigie/contracts/accounts';
import type { ThingKind } from '@vigie/contracts/live';
import type {
  FastifyBaseLogger,
  FastifyError,
  FastifyInstance,
  FastifyRequest,
  RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { createAttemptWindow } from './attempt-window.ts';
import type { Actor, AuditLog, AuditNote } from './audit.ts';
import { type Audited, auditedOf } from './audited-routes.ts';
import { Bug, InvalidInput, messageOf, NotAllowed, NotAuthenticated, NotFound } from './errors.ts';
import {
  type DoorOptions,
  openFastify,
  refuseFromElsewhere,
  refusePacked,
  refuseTooMany,
  untrustedProxies,
} from './http-doors.ts';
import { problemOf, sendProblem } from './problems.ts';
import { contentSecurity, permissions, transportSecurity } from './security-headers.ts';
import { isUnstorable } from './unstorable.ts';

/** Somebody who is signed in. */
export interface SignedIn {
  id: string;
  username: string;
  name: string;
  role: Role;
  /** `undefined`: those of the role. A program has fewer. */
  permissions?: readonly Permission[];
  scope: Scope;
  /** The session by which a person is here; `undefined`: a program. */
  sessionId?: string;
  /** What the person must do before anything else. */
  duties?: readonly Duty[];
}

/** `true` when the signed-in person or program holds the permission. */
export const mayDo = ({ role, permissions }: SignedIn, permission: Permission): boolean =>
  (permissions ?? permissionsOf[role]).includes(permission);

/** `true` when the place lies within what the signed-in person is limited to. Nobody signed in: nothing does. */
export const reaches = (person: SignedIn | undefined, place: Place): boolean =>
  person !== undefined && isWithin(person.scope, place);

/** The zone or building in which a thing lies; `undefined` when there is no such thing. */
export type Locate = (kind: ThingKind, id: string) => Promise<Place | undefined>;

/** Who a request comes from; `undefined` when nobody is signed in. */
export type IdentifyPerson = (request: FastifyRequest) => Promise<SignedIn | undefined>;

/**
 * A route says who may use it. `public` and `signed` (by a key of its own) are the only ways round signing in. `in-person`: a
 * person about himself, also while duties keep him from the rest.
 */
export type Access = Permission | 'signed-in' | 'in-person' | 'signed' | 'public';

/**
 * How a route keeps those who are limited to zones or buildings within them. A thing: its parameter `id` names one, which
 * is looked for. `list`: the handler leaves out what is beyond. `anywhere`: it tells nothing of a place.
 */
type About = ThingKind | 'list' | 'anywhere';

/** One route of the server and who may use it. */
export interface RouteAccess {
  method: string;
  url: string;
  access: Access;
  about: About | undefined;
  audit: Audited;
  perMinute: number | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /**
     * Requests a minute that one person may make, or one address where it is not asked who comes; undefined: any number, of
     * files that are made anew each time thirty.
     */
    perMinute?: number;
    /** `undefined`: not for those who are limited in the right that the route asks for. */
    about?: About;
    /** `undefined`: what changes something and what is taken along as a file goes on record. */
    audit?: Audited;
  }
  interface FastifyInstance {
    /** Every route, in the order of registration. */
    routeTable: RouteAccess[];
    /** Asks once more who sent the request and whether its route is for him. @throws NotAuthenticated, NotAllowed */
    admitAgain(request: FastifyRequest): Promise<SignedIn | undefined>;
  }
  interface FastifyRequest {
    /** `undefined` on routes that do not ask. */
    person: SignedIn | undefined;
    /** Who was recognised, also when the route is not for him. */
    callerId: string | undefined;
    /** What goes on record of this request besides its route: a handler may say it. */
    onRecord: Pick<AuditNote, 'subject' | 'details' | 'told'> | undefined;
  }
}

export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A file is made by reading much; nobody needs more of them. */
const filesPerMinute = 30;

interface HttpDeps extends DoorOptions {
  identify: IdentifyPerson;
  locate: Locate;
  /** `undefined`: nothing goes on record. */
  audit?: Pick<AuditLog, 'write' | 'writeLater'>;
}

/** The HTTP server without routes: schemas by zod, problem documents, and no route without an access rule. */
export async function createHttp(deps: HttpDeps): Promise<Http> {
  const { identify, locate, audit, log } = deps;
  const http: Http = openFastify(deps).withTypeProvider<ZodTypeProvider>();
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.decorateRequest('person', undefined);
  http.decorateRequest('callerId', undefined);
  http.decorateRequest('onRecord', undefined);
  http.decorate('routeTable', []);
  http.decorate('admitAgain', (request: FastifyRequest) => admit(request, { identify, locate }));
  http.addHook('onRoute', (route) => {
    const { method, url, config } = route;
    if (route.websocket) route.preHandler = [route.preHandler ?? [], refusePlain].flat();
    if (!config?.access) throw new Bug('platform/bug', `Route ${url} says nobody who may use it.`);
    const { access, about } = config;
    for (const one of [method].flat()) {
      const audited = auditedOf({ method: one, url, access, audit: config.audit });
      // Routes share the object: what is said of one must not hold for its neighbour.
      if (audited === 'export') route.config = { perMinute: filesPerMinute, ...config };
      const perMinute = route.config?.perMinute;
      http.routeTable.push({ method: one, url, access, about, audit: audited, perMinute });
    }
  });
  await http.register(helmet, contentSecurity);
  // Before the hook that refuses: otherwise a refused upgrade would leave its socket open.
  await http.register(websocket, { options: { maxPayload: 262_144 } });
  const requests = createAttemptWindow();
  const noteProxy = untrustedProxies(deps);
  http.addHook('onRequest', async (request, reply) => {
    reply.raw.setHeader('permissions-policy', permissions);
    if (request.protocol === 'https')
      reply.raw.setHeader('strict-transport-security', transportSecurity);
    noteProxy(request);
    refuseFromElsewhere(request);
    refusePacked(request);
    // Strangers are counted by their address before, people by themselves after it is known who they are.
    const isAsked = asksWho(request);
    if (!isAsked) refuseTooMany(request, requests);
    request.person = await admit(request, { identify, locate });
    if (isAsked) refuseTooMany(request, requests);
  });
  http.addHook('preValidation', refuseUnstorable);
  http.addHook('onSend', async (request, reply) => {
    if (asksWho(request) && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store');
    if (audit && reply.statusCode < 400) await putOnRecord(request, audit);
  });
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    const { url: route } = request.routeOptions;
    // Who asked and is gone again broke nothing of ours.
    const isBrokenOff = request.raw.errored === error;
    if (problem.status >= 500 && !isBrokenOff)
      log.error({ route, error: error.stack ?? messageOf(error) }, 'a request failed');
    if (problem.status === 403) {
      const who = { account: request.callerId, address: request.ip };
      log.warn({ route, ...who, code: problem.code }, 'a request was refused');
    }
    void sendProblem(reply, problem);
  });
  http.setNotFoundHandler(({ method }) => {
    throw new NotFound('platform/route-unknown', `There is nothing here for ${method}.`);
  });
  await http.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Vigie', version: '1' } },
    transform: jsonSchemaTransform,
  });
  return http;
}

/** Routes that read bodies by parsers of their own: elsewhere such a body is refused, or read as usual. */
export function withOwnParsers(http: Http, add: (scope: Http) => void): void {
  http.register(async (scope) => add(scope.withTypeProvider<ZodTypeProvider>()));
}

/** `true` where it must be known who asks. */
const asksWho = ({ routeOptions: { config } }: FastifyRequest): boolean =>
  config?.access !== undefined && config.access !== 'public' && config.access !== 'signed';

/** @throws InvalidInput */
async function refuseUnstorable({ params, query, body }: FastifyRequest): Promise<void> {
  if (![params, query, body].some(isUnstorable)) return;
  throw new InvalidInput(
    'input/invalid',
    'The input holds the character U+0000 or half a character, which cannot be stored. Remove it.',
  );
}

/** What is a WebSocket is asked for as one. @throws NotFound */
async function refusePlain({ ws, url }: FastifyRequest): Promise<void> {
  if (ws) return;
  const path = url.split('?')[0];
  throw new NotFound(
    'platform/route-unknown',
    `${path} is a WebSocket only. Ask for it with the header Upgrade: websocket.`,
  );
}

/** After the act and before the answer: nothing leaves that is not on record. @throws what the log throws. */
async function putOnRecord(
  request: FastifyRequest,
  audit: Pick<AuditLog, 'write' | 'writeLater'>,
): Promise<void> {
  const { method, params, onRecord, routeOptions } = request;
  const { url = '', config } = routeOptions;
  const { access = 'public' } = config;
  const act = auditedOf({ method, url, access, audit: config.audit });
  if (act === 'never' || act === 'inside') return;
  const { id, ...others } = (params ?? {}) as Record<string, string>;
  const subject = id === undefined ? '' : `${url.split('/')[3]}:${id}`;
  const details = { route: `${method} ${url}`, ...others, ...onRecord?.details };
  const note = { actor: actorOf(request), act, subject, ...onRecord, details };
  if (act === 'alarm') audit.writeLater(note);
  else await audit.write(note);
}

/** Who a request comes from, as the log names him. */
export function actorOf({ person, ip }: Pick<FastifyRequest, 'person' | 'ip'>): Actor {
  if (!person) return { id: 'nobody', address: ip };
  const kind = person.sessionId === undefined ? 'program' : 'account';
  return { id: `${kind}:${person.id}`, name: person.username, address: ip };
}

/** @throws NotAuthenticated, NotAllowed by the route's access rule. */
async function admit(
  request: FastifyRequest,
  { identify, locate }: Pick<HttpDeps, 'identify' | 'locate'>,
): Promise<SignedIn | undefined> {
  const access = request.routeOptions.config?.access ?? 'public';
  if (access === 'public' || access === 'signed') return undefined;
  const person = await identify(request);
  if (!person)
    throw new NotAuthenticated(
      'accounts/not-signed-in',
      'Sign in first: POST /api/v1/auth/sign-in/username.',
    );
  request.callerId = person.id;
  if (access === 'in-person') return inPerson(person);
  mustHaveDoneDuties(person);
  if (access === 'signed-in') return person;
  if (!mayDo(person, access)) {
    throw new NotAllowed(
      'accounts/not-allowed',
      `This needs the right ${access}; ${person.username} does not have it.`,
    );
  }
  if (isLimited(person.scope, access)) await keepWithin(person, request, locate);
  return person;
}

/** How often the reader of a stream is looked at again. */
const lookAgainMs = 30_000;

/**
 * Ends a stream whose reader has been signed out, disabled or given other rights. A database that is away ends nothing: the
 * board of an evacuation goes on. Returns the function that stops looking.
 */
export function whileAdmitted(
  http: Http,
  request: FastifyRequest,
  { end, everyMs = lookAgainMs }: { end: () => void; everyMs?: number | undefined },
): () => void {
  const before = rightsText(request.person);
  const look = async () => {
    try {
      if (rightsText(await http.admitAgain(request)) !== before) end();
    } catch (error) {
      if (error instanceof NotAuthenticated || error instanceof NotAllowed) end();
    }
  };
  const timer = setInterval(look, everyMs);
  return () => clearInterval(timer);
}

const rightsText = (person: SignedIn | undefined): string =>
  JSON.stringify([person?.id, person?.role, person?.permissions, person?.scope]);

/** @throws NotAllowed for a program. */
function inPerson(person: SignedIn): SignedIn {
  if (person.sessionId !== undefined) return person;
  throw new NotAllowed(
    'accounts/not-allowed',
    `This is for people who are signed in, and ${person.username} is a program.`,
  );
}

/** @throws NotAllowed naming what comes first. */
function mustHaveDoneDuties({ username, duties = [] }: SignedIn): void {
  if (duties.length === 0) return;
  throw new NotAllowed(
    'accounts/duty-first',
    `Before anything else ${username} must set up: ${duties.join(', ')}. Open Vigie in a browser, or use /api/v1/me.`,
  );
}

/** @throws NotAllowed when the route is about a thing beyond what the person is limited to. */
async function keepWithin(
  person: SignedIn,
  { routeOptions, params }: FastifyRequest,
  locate: Locate,
): Promise<void> {
  const about = routeOptions.config.about;
  if (about === 'list' || about === 'anywhere') return;
  const { id } = params as { id?: string };
  const place = about && id !== undefined ? await locate(about, id) : undefined;
  if (place && reaches(person, place)) return;
  throw new NotAllowed(
    'accounts/out-of-scope',
    `The rights of ${person.username} are limited to some zones or buildings, and this is beyond them. An administrator may widen them.`,
  );
}
