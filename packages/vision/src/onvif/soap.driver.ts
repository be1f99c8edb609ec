import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { resolveSource } from '../camera/resolve-source.driver.ts';
import { sourceUrlOf } from '../camera/source-url.ts';

/** Name and password at a device. */
export interface DeviceLogin {
  readonly username: string;
  readonly password: string;
}

/** A device that does not answer as one of ONVIF does; the message holds no password. */
export class OnvifRefused extends Error {}

const SILENCE_MS = 5000;
/** A longer answer is not one of those we ask for. */
const MOST_BYTES = 1_048_576;

const namespaces = {
  '@xmlns:s': 'http://www.w3.org/2003/05/soap-envelope',
  '@xmlns:tds': 'http://www.onvif.org/ver10/device/wsdl',
  '@xmlns:trt': 'http://www.onvif.org/ver10/media/wsdl',
  '@xmlns:tt': 'http://www.onvif.org/ver10/schema',
};
const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
const wsse = `${security}-wssecurity-secext-1.0.xsd`;
const wsu = `${security}-wssecurity-utility-1.0.xsd`;
const digestType = `${security}-username-token-profile-1.0#PasswordDigest`;
const base64Type = `${security}-soap-message-security-1.0#Base64Binary`;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
});

/** XML of an envelope; names as they stand in `namespaces`, attributes after `@`. */
export const envelopeOf = (body: object, header: object = {}, more: object = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${builder.build({
    's:Envelope': { ...namespaces, ...more, 's:Header': header, 's:Body': body },
  })}`;

const lists = new Set(['Profiles', 'ProbeMatch']);
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: (name) => name !== 'token',
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => lists.has(name),
});

/** What stands in the body of an envelope, without namespaces. @throws OnvifRefused when it is none. */
export function bodyIn(xml: string): unknown {
  // Nothing of ours needs a document type, and its entities are a way to fill the memory.
  if (xml.includes('<!DOCTYPE')) throw new OnvifRefused('the answer has a document type');
  try {
    const { Envelope } = parser.parse(xml, true);
    if (Envelope?.Body) return Envelope.Body;
  } catch (cause) {
    throw new OnvifRefused('the answer is no XML', { cause });
  }
  throw new OnvifRefused('the answer is no SOAP envelope');
}

/**
 * The header that says who asks: the password itself never travels. `now`: by the clock of the device, which refuses what is old.
 * Source: OASIS Web Services Security UsernameToken Profile 1.0, clause 3.1; ONVIF Core Specification, clause 5.9.3.
 */
function securityOf({ username, password }: DeviceLogin, now: Date): object {
  const nonce = randomBytes(16);
  const created = now.toISOString();
  const digest = createHash('sha1')
    .update(Buffer.concat([nonce, Buffer.from(created + password)]))
    .digest('base64');
  return {
    'wsse:Security': {
      '@xmlns:wsse': wsse,
      '@xmlns:wsu': wsu,
      '@s:mustUnderstand': '1',
      'wsse:UsernameToken': {
        'wsse:Username': username,
        'wsse:Password': { '@Type': digestType, '#text': digest },
        'wsse:Nonce': { '@EncodingType': base64Type, '#text': nonce.toString('base64') },
        'wsu:Created': created,
      },
    },
  };
}

/** Who asks, and how far the clock of the device is ahead of ours. */
export interface Caller {
  readonly login?: DeviceLogin | undefined;
  readonly aheadMs: number;
  /** addresses and networks that are allowed although they are of a forbidden kind */
  readonly allowed: readonly string[];
}

/**
 * Asks a service and gives the body of its answer. The address is looked up, judged and connected to as every camera's; nothing
 * is followed elsewhere.
 * @throws Error whose message `troubleOf` understands; OnvifRefused when the answer is none of ONVIF.
 */
export async function callService(service: string, body: object, caller: Caller): Promise<unknown> {
  const { login, aheadMs, allowed } = caller;
  const header = login ? securityOf(login, new Date(Date.now() + aheadMs)) : {};
  const { status, text } = await post(service, envelopeOf(body, header), allowed);
  if (status === 401 || status === 403 || /NotAuthorized|FailedAuthentication/i.test(text))
    throw new Error('the device answered 401');
  if (status >= 300 && status < 400) throw new Error(`the device answered ${status}`);
  const content = bodyIn(text);
  if (status !== 200) throw new OnvifRefused(`the device answered ${status}`);
  return content;
}

async function post(
  service: string,
  text: string,
  allowed: readonly string[],
): Promise<{ status: number; text: string }> {
  const source = sourceUrlOf(service);
  if (source?.kind !== 'http') throw new OnvifRefused('a device is asked by http:// or https://');
  const { url, host } = await resolveSource(source, allowed);
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = {
    'content-type': 'application/soap+xml; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...(host ? { host } : {}),
  };
  const signal = AbortSignal.timeout(SILENCE_MS);
  const asked = send(url, { method: 'POST', headers, signal }, resolve);
  asked.on('error', (error) => reject(signal.aborted ? new Error('timed out') : error));
  asked.end(text);
  const answer = await promise;
  return { status: answer.statusCode ?? 0, text: await textOf(answer) };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer) {
    parts.push(part);
    length += part.length;
    if (length > MOST_BYTES) throw new OnvifRefused('the answer is too long');
  }
  return Buffer.concat(parts).toString('utf8');
}
