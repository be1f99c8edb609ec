import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const GROUP = '239.255.255.250';
const LOOPBACK = '127.0.0.1';
/** Its clock was never set. */
const BEHIND_MS = 3 * 86_400_000;
/** A digest that is older, or of the future, is refused. */
const FRESH_MS = 10_000;

/** A camera that speaks ONVIF: answers calls on the loopback network, and SOAP with a digest of `hall` and `geheim99`. */
export interface OnvifCamera {
  /** where it is called */
  readonly place: { group: string; port: number; interfaces: string[]; waitMs: number };
  readonly service: string;
  /** answers of a multicast call for which there was no question of ours, or none */
  readonly calls: string[];
  stop(): Promise<void>;
}

/** Addresses that it gives, by the token of a profile. */
interface Gives {
  readonly streams: Readonly<Record<string, string>>;
  /** what a call on the network is told; `{service}` is replaced */
  readonly services?: readonly string[];
  /** what a person's name for it is */
  readonly name?: string;
}

export async function startOnvifCamera(gives: Gives): Promise<OnvifCamera> {
  const http = createServer((request, response) => void answer(request, response, gives));
  http.listen(0, LOOPBACK);
  await once(http, 'listening');
  const service = `http://${LOOPBACK}:${(http.address() as AddressInfo).port}/onvif/device_service`;
  const calls: string[] = [];
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.bind(0);
  await once(socket, 'listening');
  socket.addMembership(GROUP, LOOPBACK);
  socket.on('message', (message, from) => {
    const text = String(message);
    calls.push(text);
    const id = /MessageID>([^<]+)</.exec(text)?.[1];
    if (!id || !text.includes('NetworkVideoTransmitter')) return;
    for (const one of gives.services ?? ['{service}']) {
      const reply = matchOf(id, one.replace('{service}', service), gives.name ?? 'Hall');
      socket.send(reply, from.port, from.address);
    }
  });
  return {
    place: { group: GROUP, port: socket.address().port, interfaces: [LOOPBACK], waitMs: 700 },
    service,
    calls,
    async stop() {
      socket.close();
      http.closeAllConnections();
      await new Promise((done) => http.close(done));
    },
  };
}

/** How a camera answers the call with the id. */
export const matchOf = (id: string, services: string, name: string): string =>
  `<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery"><SOAP-ENV:Header><wsa:RelatesTo>${id}</wsa:RelatesTo></SOAP-ENV:Header><SOAP-ENV:Body><wsd:ProbeMatches><wsd:ProbeMatch><wsd:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/${encodeURIComponent(name)} onvif://www.onvif.org/hardware/X%2D1</wsd:Scopes><wsd:XAddrs>${services}</wsd:XAddrs></wsd:ProbeMatch></wsd:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

const there = (): Date => new Date(Date.now() - BEHIND_MS);

async function answer(request: IncomingMessage, response: ServerResponse, gives: Gives) {
  let asked = '';
  for await (const part of request) asked += part;
  const say = (status: number, body: string): void => {
    response.writeHead(status, { 'content-type': 'application/soap+xml' });
    response.end(
      `<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body>${body}</env:Body></env:Envelope>`,
    );
  };
  if (asked.includes('GetSystemDateAndTime')) return say(200, clock());
  if (!isSigned(asked))
    return say(
      400,
      '<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>ter:NotAuthorized</env:Value></env:Subcode></env:Code></env:Fault>',
    );
  const token = /ProfileToken>([^<]+)</.exec(asked)?.[1] ?? '';
  if (asked.includes('GetDeviceInformation'))
    return say(
      200,
      '<tds:GetDeviceInformationResponse><tds:Manufacturer>Acme &amp; Sons</tds:Manufacturer><tds:Model>X-1</tds:Model><tds:FirmwareVersion>2.0</tds:FirmwareVersion></tds:GetDeviceInformationResponse>',
    );
  if (asked.includes('GetCapabilities'))
    // As behind another network: the port is right, the address is not.
    return say(
      200,
      `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http://192.0.2.7:${request.socket.localPort}/onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>`,
    );
  if (asked.includes('GetProfiles')) return say(200, profiles(Object.keys(gives.streams)));
  if (asked.includes('GetStreamUri'))
    return say(200, uri('GetStreamUri', gives.streams[token] ?? ''));
  return say(
    400,
    '<env:Fault><env:Code><env:Value>env:Receiver</env:Value></env:Code></env:Fault>',
  );
}

function clock(): string {
  const now = there();
  const time = `<tt:Hour>${now.getUTCHours()}</tt:Hour><tt:Minute>${now.getUTCMinutes()}</tt:Minute><tt:Second>${now.getUTCSeconds()}</tt:Second>`;
  const day = `<tt:Year>${now.getUTCFullYear()}</tt:Year><tt:Month>${now.getUTCMonth() + 1}</tt:Month><tt:Day>${now.getUTCDate()}</tt:Day>`;
  return `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time>${time}</tt:Time><tt:Date>${day}</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`;
}

const profiles = (tokens: readonly string[]): string =>
  `<trt:GetProfilesResponse>${tokens
    .map(
      (token, i) =>
        `<trt:Profiles token="${token}" fixed="true"><tt:Name>${token}</tt:Name><tt:VideoEncoderConfiguration token="e${i}"><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${i === 0 ? 1920 : 640}</tt:Width><tt:Height>${i === 0 ? 1080 : 360}</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>5</tt:FrameRateLimit></tt:RateControl></tt:VideoEncoderConfiguration></trt:Profiles>`,
    )
    .join(
      '',
    )}<trt:Profiles token="sound"><tt:Name>sound</tt:Name></trt:Profiles></trt:GetProfilesResponse>`;

const uri = (call: string, address: string): string =>
  `<trt:${call}Response><trt:MediaUri><tt:Uri>${address.replaceAll('&', '&amp;')}</tt:Uri></trt:MediaUri></trt:${call}Response>`;

/** Whether the header holds the digest of the password, made now by the clock of the camera. */
function isSigned(asked: string): boolean {
  const [, name] = /Username>([^<]+)</.exec(asked) ?? [];
  const [, digest] = /PasswordDigest">([^<]+)</.exec(asked) ?? [];
  const [, nonce = ''] = /Nonce[^>]*>([^<]+)</.exec(asked) ?? [];
  const [, created = ''] = /Created>([^<]+)</.exec(asked) ?? [];
  const hash = createHash('sha1').update(Buffer.from(nonce, 'base64')).update(created);
  const isFresh = Math.abs(Date.parse(created) - there().getTime()) < FRESH_MS;
  return name === 'hall' && isFresh && hash.update('geheim99').digest('base64') === digest;
}
