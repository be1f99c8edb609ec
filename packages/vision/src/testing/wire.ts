import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between a camera and its watcher, which a test can make bad. */
export interface Wire {
  readonly port: number;
  /** What becomes of each RTP packet from now on. */
  bend(change: (packet: Buffer) => Buffer): void;
  /** Bytes in the middle of the stream, towards the watcher. */
  inject(bytes: Buffer): void;
  /** Holds back what the camera sends, or lets it go all at once. */
  hold(isHeld: boolean): void;
  stop(): Promise<void>;
}

/** Length of the header of an interleaved packet. Source: RFC 2326, clause 10.12. */
const INTERLEAVED = 4;

/** Begins with a whole message or packet of RTSP: its length in bytes; `undefined`: more bytes are needed. */
function lengthOfFirst(bytes: Buffer): number | undefined {
  if (bytes[0] === 0x24)
    return bytes.length < INTERLEAVED ? undefined : INTERLEAVED + bytes.readUInt16BE(2);
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [, body = '0'] = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end)) ?? [];
  return end + 4 + Number(body);
}

/** Lays a wire to a server on 127.0.0.1. */
export async function layWire(serverPort: number): Promise<Wire> {
  const watchers = new Set<Socket>();
  let change = (packet: Buffer): Buffer => packet;
  let isHeld = false;
  let held: (() => void)[] = [];

  function forward(bytes: Buffer, watcher: Socket): void {
    const send = () => void watcher.write(bytes);
    if (isHeld) held.push(send);
    else send();
  }

  function join(watcher: Socket): void {
    const camera = connect(serverPort, '127.0.0.1');
    watchers.add(watcher);
    watcher.pipe(camera);
    let rest: Buffer = Buffer.alloc(0);
    camera.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      for (let length = lengthOfFirst(rest); length && length <= rest.length; ) {
        const whole = Buffer.from(rest.subarray(0, length));
        // Even channels carry pictures, odd ones reports.
        const isRtp = whole[0] === 0x24 && (whole[1] ?? 1) % 2 === 0;
        if (isRtp) change(whole.subarray(INTERLEAVED)).copy(whole, INTERLEAVED);
        forward(whole, watcher);
        rest = rest.subarray(length);
        length = lengthOfFirst(rest);
      }
    });
    const part = () => {
      watchers.delete(watcher);
      watcher.destroy();
      camera.destroy();
    };
    for (const end of [watcher, camera]) end.on('error', part).on('close', part);
  }

  const server = createServer(join).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    bend: (next) => {
      change = next;
    },
    inject: (bytes) => {
      for (const watcher of watchers) watcher.write(bytes);
    },
    hold: (next) => {
      isHeld = next;
      if (isHeld) return;
      for (const send of held) send();
      held = [];
    },
    async stop() {
      for (const watcher of watchers) watcher.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
