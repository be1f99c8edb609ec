import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { forbiddenKindOfHost } from '@vigie/contracts/addresses';
import { FoundDevice } from '@vigie/contracts/camera-enquiries';
import * as z from 'zod';
import { bodyIn, envelopeOf } from './soap.driver.ts';

/** Where cameras are called, and how long they are listened to. */
export interface DiscoveryPlace {
  /** Source: OASIS Web Services Dynamic Discovery, 2005/04, clause 2.4: 239.255.255.250, 3702. */
  readonly group: string;
  readonly port: number;
  /** addresses of this machine over which it is called; absent: all of IPv4 that lead outside */
  readonly interfaces?: readonly string[];
  readonly waitMs: number;
}

export const USUAL_PLACE: DiscoveryPlace = { group: '239.255.255.250', port: 3702, waitMs: 4000 };

/** UDP loses messages: the call is sent twice, this long apart. */
const AGAIN_MS = 500;
const MOST_DEVICES = 256;
const discovery = 'http://schemas.xmlsoap.org/ws/2005/04/discovery';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';

const words = {
  '@xmlns:d': discovery,
  '@xmlns:a': addressing,
  '@xmlns:dn': 'http://www.onvif.org/ver10/network/wsdl',
};
const probeOf = (id: string): string =>
  envelopeOf(
    { 'd:Probe': { 'd:Types': 'dn:NetworkVideoTransmitter' } },
    {
      'a:Action': `${discovery}/Probe`,
      'a:MessageID': id,
      'a:To': 'urn:schemas-xmlsoap-org:ws:2005:04:discovery',
    },
    words,
  );

const Matches = z.object({
  ProbeMatches: z.object({
    ProbeMatch: z.array(z.object({ XAddrs: z.string(), Scopes: z.string().catch('') })),
  }),
});

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

/**
 * Calls the cameras of ONVIF on the networks of this machine. Calls back with all that answered so far, each once.
 * `allowed`: addresses and networks that are allowed although they are of a forbidden kind.
 */
export async function discoverDevices(
  place: DiscoveryPlace,
  allowed: readonly string[],
  onFound: (found: FoundDevice[]) => void,
): Promise<void> {
  /** by service */
  const found = new Map<string, FoundDevice>();
  const id = `urn:uuid:${randomUUID()}`;
  const take = (message: Buffer, { address }: { address: string }): void => {
    if (!message.includes(id) || found.size >= MOST_DEVICES) return;
    const before = found.size;
    for (const device of devicesIn(message.toString('utf8'), address, allowed))
      if (!found.has(device.service)) found.set(device.service, device);
    if (found.size > before) onFound([...found.values()]);
  };
  const sockets = await Promise.all(
    (place.interfaces ?? ownAddresses()).map((address) => openSocket(address, take)),
  );
  try {
    for (let calls = 0; calls < 2; calls++) {
      for (const socket of sockets) socket?.send(probeOf(id), place.port, place.group);
      await delay(calls === 0 ? AGAIN_MS : place.waitMs);
    }
  } finally {
    for (const socket of sockets) socket?.close();
  }
}

/** `undefined`: the interface does not take it; the others are called all the same. */
async function openSocket(
  address: string,
  take: (message: Buffer, from: { address: string }) => void,
): Promise<Socket | undefined> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, address);
    await once(socket, 'listening');
    socket.setMulticastInterface(address);
    socket.setMulticastTTL(1);
    socket.on('message', take);
    // A network that is down while we call is no reason to end.
    socket.on('error', () => undefined);
    return socket;
  } catch {
    socket.close();
    return undefined;
  }
}

function devicesIn(text: string, from: string, allowed: readonly string[]): FoundDevice[] {
  try {
    return Matches.parse(bodyIn(text)).ProbeMatches.ProbeMatch.flatMap((match) => {
      const device = deviceOf(match, from, allowed);
      return device ? [device] : [];
    });
  } catch {
    // Anybody may send anything to an open port.
    return [];
  }
}

function deviceOf(
  { XAddrs, Scopes }: { XAddrs: string; Scopes: string },
  from: string,
  allowed: readonly string[],
): FoundDevice | undefined {
  const services = XAddrs.split(/\s+/).filter((one) => /^https?:/i.test(one) && URL.canParse(one));
  const hostIn = (service: string): string => new URL(service).hostname;
  const isForbidden = (service: string): boolean =>
    forbiddenKindOfHost(hostIn(service), allowed) !== undefined;
  const service =
    services.find((one) => hostIn(one) === from) ??
    services.find((one) => !isForbidden(one)) ??
    services[0];
  if (service === undefined) return undefined;
  return FoundDevice.parse({
    service,
    host: hostIn(service),
    name: scopeIn(Scopes, 'name'),
    hardware: scopeIn(Scopes, 'hardware'),
    isForbidden: isForbidden(service),
  });
}

/** What a device says of itself; empty: nothing. Source: ONVIF Core Specification, clause 7.3.2.2. */
function scopeIn(scopes: string, kind: string): string {
  const [, text = ''] =
    new RegExp(`onvif://www[.]onvif[.]org/${kind}/(\\S+)`, 'i').exec(scopes) ?? [];
  try {
    return decodeURIComponent(text).slice(0, 120);
  } catch {
    return text.slice(0, 120);
  }
}
