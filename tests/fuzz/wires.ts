import { connect } from 'node:net';
import type * as fc from 'fast-check';
import { bytesOf, joined } from './bytes.ts';
import { bytesLike } from './hostile.ts';
import { type Target, targetOf } from './target.ts';
import { deviceKey, type TownUnderFire } from './town.ts';

/** Bytes as they come over a connection, damaged below everything that has a schema. */
export function wireTargets(town: TownUnderFire, weight: number): Target[] {
  const mqttPort = Number(new URL(town.mqttUrl).port);
  const httpPort = Number(new URL(town.url).port);
  const both = [conversation(4), conversation(5)];
  const upgraded = (path: string) => (frames: Uint8Array) =>
    joined(bytesOf(upgradeOf(path, town)), frames);
  const live: [string, fc.Arbitrary<Uint8Array>, number][] = [
    ['mqtt', bytesLike(...both), mqttPort],
    ['http', bytesLike(...requests(town).map(bytesOf)), httpPort],
    ['websocket of mqtt', bytesLike(...both.map(masked)).map(upgraded('/mqtt')), httpPort],
    [
      'websocket of a filming browser',
      bytesLike(masked(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)), masked(bytesOf('x'))).map((frames) =>
        upgraded(`/api/v1/camera-feed?token=${town.keys.cameraToken}`)(frames),
      ),
      httpPort,
    ],
    [
      'websocket of a live picture',
      bytesLike(masked(bytesOf('x'))).map((frames) => upgraded('/api/v1/cameras/a/live')(frames)),
      httpPort,
    ],
  ];
  return live.map(([name, inputs, port]) =>
    targetOf<Uint8Array>({
      name: `wire ${name}`,
      weight,
      inputs,
      run: async (bytes) => {
        const answer = await spoken(port, bytes);
        const errors = town.errors().join('\n');
        if (/^HTTP\/1\.1 5\d\d/m.test(answer) || errors !== '')
          throw new Error(`${answer.slice(0, 500)}\n${errors}`);
        return /^HTTP\/1\.1 [123]/.test(answer) ? 'taken' : 'refused';
      },
    }),
  );
}

/** How long one listens after the last word; the other side may be waiting for more. */
const listenMs = 15;

/** Says all and hangs up. Gives what the other side said. */
function spoken(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(parts).toString('latin1'));
    };
    let timer: NodeJS.Timeout | undefined;
    socket.on('data', (part) => void parts.push(part));
    socket.on('error', end);
    socket.on('close', end);
    socket.end(bytes, () => {
      timer = setTimeout(end, listenMs);
    });
  });
}

/** Bytes with their number before them, in two bytes. */
const counted = (text: string): Uint8Array => {
  const bytes = bytesOf(text);
  return joined(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes);
};

/** A packet of fewer than 16,384 bytes. Source: MQTT 3.1.1, clause 2.2.3. */
function packet(first: number, ...parts: Uint8Array[]): Uint8Array {
  const body = joined(...parts);
  const { length } = body;
  const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
  return joined(Uint8Array.of(first, ...size), body);
}

/** What a bollard says from its first word to its last. Source: MQTT 3.1.1 and 5.0, clause 3. */
function conversation(version: 4 | 5): Uint8Array {
  const properties = version === 5 ? Uint8Array.of(0) : new Uint8Array();
  const id = Uint8Array.of(0, 1);
  const will = [properties, counted('vigie/bollards/a/status'), counted('offline')];
  const login = [counted('a'), counted(deviceKey)];
  const begin = [
    counted('MQTT'),
    Uint8Array.of(version, 0b11001110, 0, 5),
    properties,
    counted('a'),
  ];
  return joined(
    packet(0x10, ...begin, ...will, ...login),
    packet(0x82, id, properties, counted('vigie/bollards/a/display'), Uint8Array.of(1)),
    packet(0x32, counted('vigie/bollards/a/status'), id, properties, bytesOf('online')),
    packet(0xc0),
    packet(0xe0),
  );
}

/** A frame of a WebSocket as a browser sends it. Source: RFC 6455, clause 5.2. */
function masked(payload: Uint8Array): Uint8Array {
  const mask = Uint8Array.of(1, 2, 3, 4);
  const length =
    payload.length < 126
      ? [0x80 | payload.length]
      : [0x80 | 126, payload.length >> 8, payload.length & 255];
  const body = payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return joined(Uint8Array.of(0x82, ...length), mask, body);
}

const upgradeOf = (path: string, { url, keys }: TownUnderFire): string =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Origin: ${new URL(url).origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: mqtt',
    `Cookie: ${keys.admin}`,
    '',
    '',
  ].join('\r\n');

const requests = ({ keys }: TownUnderFire): string[] => [
  `GET /api/v1/spaces?a=b HTTP/1.1\r\nHost: a\r\nCookie: ${keys.admin}\r\nConnection: close\r\n\r\n`,
  `POST /api/v1/incidents/${keys.incidentId}/observations HTTP/1.1\r\nHost: a\r\nCookie: ${keys.admin}\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"text":"x"}`,
  'PUT /api/v1/town HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n',
  'GET /api/v1/events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\nLast-Event-ID: 5\r\n\r\n',
  'OPTIONS * HTTP/1.0\r\n\r\n',
];
