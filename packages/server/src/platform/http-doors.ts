import type { SecureContextOptions } from 'node:tls';
import { isWithinBlocks } from '@vigie/contracts/addresses';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { createAttemptWindow } from './attempt-window.ts';
import { limitConnections } from './connection-limit.ts';
import { NotAllowed, TooManyAttempts, VigieError } from './errors.ts';
import type { Log } from './log.ts';
import { isFromElsewhere } from './origin.ts';
import { answerBrokenRequest, problemOf, sendProblem } from './problems.ts';

/** Milliseconds. */
interface Patience {
  /** For the head of a request. */
  head: number;
  /** For all of it: files of weights take minutes. */
  whole: number;
  /** For a sign of life, when no side says anything: weights are tried out for two minutes. */
  silence: number;
  /** How often is looked. */
  every: number;
}

const usualPatience: Patience = { head: 20_000, whole: 600_000, silence: 180_000, every: 5000 };

/** Who is let in how. */
export interface DoorOptions {
  log: Log;
  /** `undefined`: HTTP without TLS. */
  tls?: SecureContextOptions | undefined;
  /** Addresses and networks whose `X-Forwarded-…` is believed; nobody's unless given. */
  trustedProxies?: readonly string[];
  /** Open connections that one address may have. */
  mostConnections?: number;
  patience?: Patience;
}

/** The server of HTTP, or of HTTPS, before anything is asked of it. */
export function openFastify(options: DoorOptions): FastifyInstance {
  const { tls, trustedProxies = [], mostConnections, patience = usualPatience, log } = options;
  const timeouts = { headersTimeout: patience.head, connectionsCheckingInterval: patience.every };
  const http = Fastify({
    bodyLimit: 1_048_576,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: true,
    requestTimeout: patience.whole,
    connectionTimeout: patience.silence,
    // What is refused before there is a route.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
    clientErrorHandler: answerBrokenRequest,
    ...(tls ? { https: { ...tls, ...timeouts } } : { http: timeouts }),
  }) as unknown as FastifyInstance;
  const isExempt = (address: string) => isWithinBlocks(address, trustedProxies);
  limitConnections(http.server, { isExempt, log, most: mostConnections });
  return http;
}

/** Says once that a proxy goes unbelieved: behind it all people would be one address. */
export function untrustedProxies({ trustedProxies = [], log }: DoorOptions) {
  let isSaid = false;
  return ({ headers, socket: { remoteAddress = '' } }: FastifyRequest): void => {
    if (isSaid || headers['x-forwarded-for'] === undefined) return;
    if (isWithinBlocks(remoteAddress, trustedProxies)) return;
    isSaid = true;
    log.warn(
      { address: remoteAddress },
      'somebody says for whom he asks and is not believed; if this is your proxy, name it in VIGIE_TRUSTED_PROXIES',
    );
  };
}

/** @throws VigieError. A packed body could unpack to any size. */
export function refusePacked({ headers }: FastifyRequest): void {
  const packing = headers['content-encoding'] ?? 'identity';
  if (packing === 'identity') return;
  throw new VigieError(
    'platform/body-packed',
    `A body that is packed (${packing.slice(0, 20)}) is not read. Send it as it is.`,
  );
}

/** @throws TooManyAttempts */
export function refuseTooMany(
  { ip, person, routeOptions: { url = '', config } }: FastifyRequest,
  requests: ReturnType<typeof createAttemptWindow>,
): void {
  if (config?.perMinute === undefined) return;
  const rule = { window: 60, max: config.perMinute };
  const { retryAfter } = requests.take(`${url} ${person?.id ?? ip}`, rule, Date.now());
  if (retryAfter === null) return;
  throw new TooManyAttempts(
    'platform/too-many-requests',
    `Too many requests from here. Try again in ${retryAfter} s.`,
    { retryAfterSeconds: retryAfter },
  );
}

/**
 * A page of another site must neither act in the name of who is signed in here nor listen. What is public may be read.
 * @throws NotAllowed
 */
export function refuseFromElsewhere(request: FastifyRequest): void {
  const { method, protocol, host, headers, routeOptions } = request;
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  if (method === 'GET' && routeOptions.config?.access === 'public') return;
  const provenance = { method, protocol, host, origin };
  if (!isFromElsewhere({ ...provenance, site: textOf(site), mode: textOf(mode) })) return;
  throw new NotAllowed(
    'accounts/foreign-origin',
    `A page of ${origin ?? 'another site'} may not act here. Open Vigie by its own address; a proxy before it must pass the Host header.`,
  );
}

const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join() : header;
