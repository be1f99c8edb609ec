import { type AddressInfo, createServer, type Socket } from 'node:net';
import { AlarmInput } from '../../packages/contracts/src/alarm-inputs.ts';
import { directoryServersIn } from '../../packages/contracts/src/directory-servers.ts';
import { createTtsStorage } from '../../packages/server/src/devices/tts-storage.driver.ts';
import { createConnections } from '../../packages/server/src/directory/connection.driver.ts';
import { createQueries } from '../../packages/server/src/directory/directory.driver.ts';
import { createModbusModule } from '../../packages/server/src/evacuation/alarm/modbus.driver.ts';
import type { Letter } from '../../packages/server/src/notifications/letter.ts';
import { createMailDriver } from '../../packages/server/src/notifications/mail.driver.ts';
import { createOvhSms } from '../../packages/server/src/notifications/ovh-sms.driver.ts';
import { createOutgoing } from '../../packages/server/src/platform/outgoing.driver.ts';
import { silentLog } from '../../packages/server/src/testing/log.ts';
import { createCameraOpener } from '../../packages/vision/src/camera/camera.driver.ts';
import { readDevice } from '../../packages/vision/src/onvif/device.driver.ts';
import { bytesOf, hex, joined } from './bytes.ts';
import { bytesLike } from './hostile.ts';
import { onvifAnswer, pictures, ttsUp } from './samples.ts';
import { mustBeQuick, type Target, targetOf } from './target.ts';

const outgoing = createOutgoing([]);

/** Gives the same bytes to whoever connects or asks, and hangs up. */
interface Peer {
  port: number;
  answer: Uint8Array;
  stop(): Promise<void>;
}

/** `speaksFirst`: without being asked, as a mail server does. */
async function openPeer(speaksFirst: boolean): Promise<Peer> {
  const open = new Set<Socket>();
  const state = { answer: new Uint8Array() };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (speaksFirst) socket.end(state.answer);
    else socket.once('data', () => socket.end(state.answer));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

interface Asked {
  speaksFirst?: boolean;
  samples: readonly Uint8Array[];
  /** May reject: the other side is out of order, and that is said. */
  ask(port: number): Promise<unknown>;
  weight?: number;
}

/** What others answer to what we ask them. */
export async function peerTargets(): Promise<{ targets: Target[]; stop: () => Promise<unknown> }> {
  const peers: Peer[] = [];
  const targets: Target[] = [];
  for (const [name, { speaksFirst = false, samples, ask, weight = 0.5 }] of Object.entries(asked)) {
    const peer = await openPeer(speaksFirst);
    peers.push(peer);
    targets.push(
      targetOf<Uint8Array>({
        name: `answer of ${name}`,
        weight,
        inputs: bytesLike(...samples),
        run: async (bytes) => {
          peer.answer = bytes;
          const began = performance.now();
          const verdict = await ask(peer.port).then(
            () => 'taken' as const,
            (error: unknown) => {
              if (error instanceof Error && error.message !== '') return 'refused' as const;
              throw new Error(`it rejects with ${String(error)}`);
            },
          );
          mustBeQuick(performance.now() - began);
          return verdict;
        },
      }),
    );
  }
  return { targets, stop: () => Promise.all(peers.map((peer) => peer.stop())) };
}

const http = (body: string, mediaType = 'application/json'): Uint8Array =>
  bytesOf(
    `HTTP/1.1 200 OK\r\nContent-Type: ${mediaType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );

const input = AlarmInput.parse({
  id: 'a',
  buildingId: 'a',
  name: 'a',
  host: '127.0.0.1',
  address: 0,
  contact: 'normally-open',
});

const letter: Letter = {
  id: 'a',
  kind: 'opened',
  caseId: null,
  channel: 'mail',
  recipient: 'a@example.org',
  recipientName: '',
  subject: 's',
  text: 't',
  html: '',
  data: null,
  createdAt: '2026-11-24T10:00:00Z',
  sentAt: null,
  attempts: 2,
  nextAttemptAt: null,
  error: null,
} as unknown as Letter;

async function searched(port: number): Promise<unknown> {
  const servers = directoryServersIn(`ldap://127.0.0.1:${port}`, true) ?? [];
  const within = createConnections({ servers, ca: undefined, log: silentLog });
  const who = { user: 'a@ville.example', password: 'b' };
  return within(who, async (client) => (await createQueries(client, 'DC=a')).findByName('a'), 4000);
}

async function modbus(port: number): Promise<unknown> {
  const module = createModbusModule({ host: '127.0.0.1', port, unit: 1 });
  try {
    return await module.isClosed({ ...input, port });
  } finally {
    module.close();
  }
}

async function mailed(port: number): Promise<unknown> {
  const carrier = createMailDriver({
    url: `smtp://127.0.0.1:${port}`,
    from: 'a@example.org',
    timeoutMs: 2000,
  });
  try {
    return await carrier.send(letter);
  } finally {
    carrier.stop();
  }
}

/** Opens a camera until it is seen or lost. */
function watched(scheme: 'http' | 'rtsp', port: number): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const camera = createCameraOpener()(`${scheme}://127.0.0.1:${port}/stream`, 10, {
    onShot: () => resolve(),
    onLost: () => resolve(),
  });
  return promise.then(() => camera.stop());
}

const part = joined(
  bytesOf('--x\r\nContent-Type: image/jpeg\r\nContent-Length: '),
  bytesOf(`${pictures.jpeg.length}\r\n\r\n`),
  pictures.jpeg,
  bytesOf('\r\n'),
);
const motionJpeg = joined(
  bytesOf('HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=x\r\n\r\n'),
  ...Array<Uint8Array>(5).fill(part),
);

const sdp =
  'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=a\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==\r\na=control:track1\r\n';
/** All that a camera says until it sends, at once: who asks reads one after the other. Source: RFC 2326, clause 10. */
const rtspAnswers = joined(
  bytesOf('RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY\r\n\r\n'),
  bytesOf(
    `RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`,
  ),
  bytesOf(
    'RTSP/1.0 200 OK\r\nCSeq: 3\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n',
  ),
  bytesOf('RTSP/1.0 200 OK\r\nCSeq: 4\r\nSession: 1\r\n\r\n'),
  // One packet of RTP within the connection.
  hex('24000010806000010000000100000001654141414141'),
);

const asked: Readonly<Record<string, Asked>> = {
  'a camera by motion jpeg': {
    samples: [motionJpeg, motionJpeg, http('x')],
    ask: (port) => watched('http', port),
    weight: 0.02,
  },
  'a camera by rtsp': {
    samples: [rtspAnswers],
    ask: (port) => watched('rtsp', port),
    weight: 0.02,
  },
  'an input module by modbus': {
    samples: [
      hex('000100000004010201 01'.replace(' ', '')),
      hex('0001000000030182 02'.replace(' ', '')),
    ],
    ask: modbus,
  },
  'a camera by onvif': {
    samples: [http(onvifAnswer, 'application/soap+xml'), bytesOf('HTTP/1.1 401 No\r\n\r\n')],
    ask: (port) => readDevice(`http://a:b@127.0.0.1:${port}/onvif`, [], () => undefined),
  },
  'a directory by ldap': {
    samples: [
      hex('300c02010161070a010004000400'),
      hex(
        '300c02010161070a010004000400302502010264200400301c301a040b6f626a656374436c617373310b04097465737400000000',
      ),
      hex('301602010161110a013104000 40a646174612035326500'.replace(' ', '')),
    ],
    ask: searched,
  },
  'the things stack storage': {
    samples: [http(JSON.stringify({ result: ttsUp }), 'text/event-stream')],
    ask: (port) =>
      createTtsStorage({
        ask: outgoing.askAsSet(`http://127.0.0.1:${port}`),
        apiUrl: `http://127.0.0.1:${port}`,
        application: 'a',
        key: 'k',
        log: silentLog,
      }).uplinksAfter(new Date(0)),
  },
  'an sms service': {
    samples: [http('1764000000'), http('[]'), http('{"validReceivers":["+33600000000"]}')],
    ask: (port) =>
      createOvhSms(
        {
          url: `http://127.0.0.1:${port}`,
          appKey: 'a',
          appSecret: 'b',
          consumerKey: 'c',
          service: 's',
          sender: undefined,
        },
        outgoing.askAsSet(`http://127.0.0.1:${port}`),
      ).send(letter),
  },
  'a mail server': {
    speaksFirst: true,
    samples: [
      bytesOf(
        '220 a ESMTP\r\n250-a\r\n250 8BITMIME\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n221 bye\r\n',
      ),
    ],
    ask: mailed,
  },
};
