import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { FOOTAGE } from './weights.ts';

const PYTHON = '/usr/bin/python3';
const PROGRAM = join(import.meta.dirname, 'rtsp_camera.py');
const check = "import gi; gi.require_version('GstRtspServer', '1.0')";

/** Why there is no RTSP server to test with; `undefined`: there is one. */
export const missingRtsp: string | undefined =
  spawnSync(PYTHON, ['-c', check]).status === 0
    ? undefined
    : 'no gir1.2-gst-rtsp-server-1.0 for /usr/bin/python3';

const office = `filesrc location=${join(FOOTAGE, 'office.mp4')} ! qtdemux ! h264parse`;
/** Its picture can be given another shape while it plays. */
const reshaped = (source: string, shape: string) =>
  `${source} ! videoconvert ! videoscale ! videorate ! capsfilter name=shape caps=${shape}`;

/** What a camera films, as GStreamer pipelines. */
export const films = {
  /** Two people in an office: H.264, 640×360, 5 frames a second, for 20 s. */
  office: `${office} ! rtph264pay name=pay0 pt=96`,
  /** The same, encoded as it is asked for. */
  officeReshaped: (shape: string) =>
    `${reshaped(`${office} ! openh264dec`, shape)} ! openh264enc gop-size=10 ! rtph264pay name=pay0 pt=96 config-interval=-1`,
  /** A ball that moves: H.265, 320×180, 10 frames a second. */
  ballH265:
    'videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=180,framerate=10/1 ! x265enc tune=zerolatency speed-preset=ultrafast key-int-max=10 ! rtph265pay name=pay0 pt=96 config-interval=-1',
} as const;

/** A running RTSP server; its address holds name and password. */
export interface RtspCamera {
  readonly port: number;
  readonly url: string;
  /** New caps for what it films. */
  reshape(caps: string): void;
  /** Signals its process. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

/** Starts the server and waits until it listens. `port`: that of a server which was there before. */
export async function startRtspCamera(film: string, port?: number): Promise<RtspCamera> {
  const taken = port ?? (await freePort());
  const server = spawn(PYTHON, [PROGRAM, String(taken), film], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(server.stdout, 'data');
  return {
    port: taken,
    url: urlOf(taken),
    reshape: (caps) => void server.stdin.write(`${caps}\n`),
    signal: (name) => void server.kill(name),
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

/** Address of a camera at a port, by which it may also be reached through a wire. */
export const urlOf = (port: number): string => `rtsp://hall:geheim99@127.0.0.1:${port}/sub`;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}
