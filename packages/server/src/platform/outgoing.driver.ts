import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  type ForbiddenKind,
  forbiddenKindOf,
  forbiddenKindOfHost,
} from '@vigie/contracts/addresses';
import { InvalidInput } from './errors.ts';

/** A request to somebody else's server. */
export interface OutgoingRequest {
  url: string;
  method: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** `text`: what came back, cut off at the most that is read. */
export interface OutgoingAnswer {
  status: number;
  text: string;
}

/** How much is waited for and read. */
export interface OutgoingLimits {
  patienceMs: number;
  mostBytes: number;
}

/**
 * Sends one request and gives whatever is answered. Redirections are not followed: a receiver is where it was said, nowhere else.
 * @throws AddressForbidden when nothing may be sent there; Error when nobody answers in time.
 */
export type AskOutside = (
  request: OutgoingRequest,
  limits?: Partial<OutgoingLimits>,
) => Promise<OutgoingAnswer>;

/** The only way out by HTTP. The network of the town is open to it; this machine and what is no machine are not. */
export interface Outgoing {
  /** For addresses that somebody wrote down in the browser or in a file. */
  ask: AskOutside;
  /** For an address that a setting names: whoever sets it may mean this machine. */
  askAsSet(address: string): AskOutside;
  /**
   * For an address that is written down now; what a name leads to is looked at when something is sent.
   * @throws InvalidInput naming the remedy.
   */
  mustBeAllowed(address: string): void;
}

/** Nothing is sent to this address, on nobody's word. */
class AddressForbidden extends Error {}

const usualLimits: OutgoingLimits = { patienceMs: 20_000, mostBytes: 1_048_576 };

/** `allowed`: addresses and networks that are open although they would be forbidden. */
export function createOutgoing(allowed: readonly string[]): Outgoing {
  return {
    ask: asking(allowed),
    askAsSet: (address) => asking([...allowed, ...blocksOf(new URL(address).hostname)]),
    mustBeAllowed: (address) => {
      const kind = forbiddenKindOfHost(new URL(address).hostname, allowed, thisMachine());
      if (kind) throw new InvalidInput('platform/address-forbidden', refusalOf(kind));
    },
  };
}

/** What a host in a setting opens: itself, where it is no name that others give a meaning to. */
const blocksOf = (hostname: string): string[] =>
  hostname === 'localhost' ? ['127.0.0.0/8', '::1'] : [hostname.replace(/^\[|\]$/g, '')];

/** Asked anew each time: a machine gets further addresses while it runs. */
const thisMachine = (): string[] => [
  '127.0.0.0/8',
  '::1',
  ...Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []),
];

const words: Readonly<Record<ForbiddenKind, string>> = {
  'link-local': 'an address that no router knows',
  metadata: 'where a cloud keeps its keys',
  unspecified: 'no machine',
  multicast: 'many machines at once',
  'this-machine': 'this machine',
};

const refusalOf = (kind: ForbiddenKind): string =>
  `The address leads to ${words[kind]}, where nothing is sent. Give another one, or name it in VIGIE_OUTGOING_ALLOW and start the server again.`;

function asking(allowed: readonly string[]): AskOutside {
  const kindOf = (address: string) => forbiddenKindOf(address, allowed, thisMachine());
  const guarded = guardedLookup(kindOf);
  return ({ url, method, headers, body }, limits) => {
    const { patienceMs, mostBytes } = { ...usualLimits, ...limits };
    const target = new URL(url);
    const kind = forbiddenKindOfHost(target.hostname, allowed, thisMachine());
    if (kind) return Promise.reject(new AddressForbidden(refusalOf(kind)));
    const signal = AbortSignal.timeout(patienceMs);
    // A connection of its own, so that none is taken that was opened without looking.
    const options = { method, headers: { ...headers }, lookup: guarded, agent: false, signal };
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((resolve, reject) => {
      const request = send(target, options, (answer) => {
        const { statusCode: status = 0 } = answer;
        answer.on('error', reject);
        text(answer.pipe(firstBytes(mostBytes))).then(
          (found) => resolve({ status, text: found }),
          reject,
        );
      });
      request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
      request.end(body);
    });
  };
}

/** The name is looked up once, and what was looked at is connected to: a name that changes its meaning leads nowhere else. */
function guardedLookup(kindOf: (address: string) => ForbiddenKind | undefined): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, []);
      const kind = found.map(({ address }) => kindOf(address)).find((one) => one !== undefined);
      if (kind) return done(new AddressForbidden(refusalOf(kind)), []);
      const [first] = found;
      if (options.all) done(null, found);
      else done(null, first?.address ?? '', first?.family);
    });
  };
}

/** Lets so many bytes pass and swallows the rest. */
function firstBytes(most: number): Transform {
  let passed = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      const rest = chunk.subarray(0, Math.max(0, most - passed));
      passed += chunk.length;
      done(null, rest);
    },
  });
}
