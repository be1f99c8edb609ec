import { fileURLToPath } from 'node:url';
import {
  AV_LOG_QUIET,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_RGB24,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EIO,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import {
  avGetCodecName,
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  Log,
  Packet,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib';
import type { Picture } from '../detector/detector.ts';
import { NO_BACKLOG, packetRead } from './backlog.ts';
import { demuxerOptionsOf, type SourceUrl, withoutSecrets } from './source-url.ts';
import { steadyNow } from './steady-clock.driver.ts';

/** A video that cannot be opened or read on; the message holds no password. */
export class VideoUnreadable extends Error {}

/** A decoded frame, valid until the next one is asked for. */
export interface VideoFrame {
  /** seconds from the first frame, by the video's own time stamps */
  readonly t: number;
  /** how far a live stream lay behind when this frame was read, milliseconds; without meaning for a file */
  readonly behindMs: number;
  /**
   * Converts the frame; costs time, so only for frames that are looked at. `used`: memory of an earlier picture, which is
   * written over where it has the size.
   */
  picture(used?: Uint8Array): Picture;
}

/** An open video. Every call blocks its thread: use it on a thread of its own for live cameras. */
export interface Video {
  /** as FFmpeg calls it: h264, hevc, mjpeg, … */
  readonly codec: string;
  /** frames per second by the container, 0 when it does not say */
  readonly rate: number;
  /** seconds, 0 when unknown */
  readonly duration: number;
  /** one picture, no video: a snapshot or a picture file */
  readonly isStill: boolean;
  /**
   * Ends at the end of the file or stream. With `skipsBacklog` what piled up on its way is passed over up to a key frame
   * of now. @throws VideoUnreadable when the connection breaks.
   */
  frames(options?: { readonly skipsBacklog?: boolean }): Generator<VideoFrame>;
  close(): void;
}

Log.setLevel(AV_LOG_QUIET);

/** FFmpeg has no word of its own for an answer that leads elsewhere. */
const REDIRECT_HINT = '; if it redirects, give the address to which it leads';
/** FFmpeg's names for what holds one picture and ends. */
const STILL = /_pipe$|^image2$/;
/** A packet that lies this far behind shows the past: it is not looked at, and those after it are passed over. */
export const MOST_BEHIND_MS = 1000;
/** Longest wait for a key frame after packets were passed over. */
const KEY_PATIENCE_MS = 10_000;

function dictionaryOf(options: Readonly<Record<string, string>>): Dictionary {
  const dictionary = new Dictionary();
  for (const [key, value] of Object.entries(options)) dictionary.set(key, value);
  return dictionary;
}

const numberOf = (rational: { num: number; den: number }): number =>
  rational.den === 0 ? 0 : rational.num / rational.den;

/** Opens a file or a stream. @throws VideoUnreadable */
export function openVideo(source: SourceUrl): Video {
  const format = new FormatContext();
  const decoder = new CodecContext();
  const check = (code: number, doing: string): void => {
    if (code >= 0) return;
    const why = withoutSecrets(new FFmpegError(code).message, source);
    const hint = source.kind === 'http' && code === AVERROR_EIO ? REDIRECT_HINT : '';
    throw new VideoUnreadable(`${source.shown}: ${doing} failed: ${why}${hint}`);
  };
  const close = (): void => {
    decoder.freeContext();
    // node-av 6.1.1: `closeInputSync` of what has no streams ends the process by a segmentation fault.
    if (format.nbStreams > 0) format.closeInputSync();
    else format.freeContext();
  };
  try {
    const url = source.kind === 'file' ? fileURLToPath(source.url) : source.url;
    check(format.openInputSync(url, null, dictionaryOf(demuxerOptionsOf(source))), 'opening');
    // An RTSP server may send elsewhere, and FFmpeg goes there; what is found there is not looked at.
    if (format.url !== url)
      throw new VideoUnreadable(`${source.shown} redirects; give the address to which it leads`);
    check(format.findStreamInfoSync(null), 'reading the stream');
    const stream = videoStreamOf(format, source);
    openDecoder(decoder, stream, check);
    return {
      codec: avGetCodecName(stream.codecpar.codecId) ?? 'unknown',
      rate: numberOf(stream.avgFrameRate),
      duration: format.duration > 0n ? Number(format.duration) / 1e6 : 0,
      isStill: STILL.test(format.iformat?.name ?? ''),
      frames: ({ skipsBacklog = false } = {}) =>
        framesOf({ format, decoder, stream, check }, createGate(stream, skipsBacklog)),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function videoStreamOf(format: FormatContext, source: SourceUrl): Stream {
  const index = format.findBestStream(AVMEDIA_TYPE_VIDEO);
  const stream = format.streams[index];
  if (!stream) throw new VideoUnreadable(`${source.shown}: no video in it; name its video stream`);
  for (const other of format.streams) if (other.index !== index) other.discard = AVDISCARD_ALL;
  return stream;
}

function openDecoder(
  decoder: CodecContext,
  stream: Stream,
  check: (code: number, doing: string) => void,
): void {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new VideoUnreadable('the codec of this video is unknown; use H.264');
  decoder.allocContext3(codec);
  check(decoder.parametersToContext(stream.codecpar), 'preparing the decoder');
  decoder.pktTimebase = stream.timeBase;
  // One thread: frame threads would hold frames back, and each camera has its own thread already.
  decoder.threadCount = 1;
  check(decoder.open2Sync(codec, null), 'opening the decoder');
}

interface Reader {
  readonly format: FormatContext;
  readonly decoder: CodecContext;
  readonly stream: Stream;
  check(code: number, doing: string): void;
}

/** Lets the packets pass that are worth decoding. */
interface Gate {
  readonly behindMs: number;
  /** Whether to decode the packet; `waitedMs`: how long reading took. */
  passes(packet: Packet, waitedMs: number): boolean;
}

function createGate(stream: Stream, skipsBacklog: boolean): Gate {
  const tick = numberOf(stream.timeBase) * 1000;
  let backlog = NO_BACKLOG;
  /** since when packets are left out, so that only a key frame can be decoded */
  let skippingSince: number | undefined;
  return {
    get behindMs() {
      return backlog.behindMs;
    },
    passes(packet, waitedMs) {
      const at = steadyNow();
      if (packet.dts !== AV_NOPTS_VALUE) {
        backlog = packetRead(backlog, { stamp: Number(packet.dts) * tick, at, waitedMs });
      }
      if (!skipsBacklog) return true;
      if (backlog.behindMs > MOST_BEHIND_MS) skippingSince ??= at;
      if (skippingSince === undefined) return true;
      // Some encoders send no key frames at all: a torn picture for a moment is better than none for ever.
      const isOver = backlog.behindMs <= MOST_BEHIND_MS && at - skippingSince > KEY_PATIENCE_MS;
      if (!packet.isKeyframe && !isOver) return false;
      if (backlog.behindMs <= MOST_BEHIND_MS) skippingSince = undefined;
      return true;
    },
  };
}

function* framesOf({ format, decoder, stream, check }: Reader, gate: Gate): Generator<VideoFrame> {
  using packet = new Packet();
  using frame = new Frame();
  using converter = createConverter();
  packet.alloc();
  frame.alloc();
  let first: number | undefined;
  for (;;) {
    const askedAt = steadyNow();
    const code = format.readFrameSync(packet);
    const ended = code === AVERROR_EOF;
    if (!ended) check(code, 'reading on');
    const isOurs = !ended && packet.streamIndex === stream.index;
    if (ended || (isOurs && gate.passes(packet, steadyNow() - askedAt))) {
      // A damaged packet is no reason to give up a camera: the decoder goes on at the next whole picture.
      decoder.sendPacketSync(ended ? null : packet);
    }
    packet.unref();
    for (;;) {
      const got = decoder.receiveFrameSync(frame);
      if (got === AVERROR_EAGAIN || got === AVERROR_EOF) break;
      check(got, 'decoding');
      const seconds = Number(frame.bestEffortTimestamp) * numberOf(stream.timeBase);
      first ??= seconds;
      const picture = (used?: Uint8Array): Picture => converter.convert(frame, used);
      yield { t: seconds - first, behindMs: gate.behindMs, picture };
      frame.unref();
    }
    if (ended) return;
  }
}

/** Keeps one frame as the target of all conversions: memory outside the heap would wait long for its collection. */
function createConverter(): Disposable & { convert(frame: Frame, used?: Uint8Array): Picture } {
  const scaler = new SoftwareScaleContext();
  let out = new Frame();
  scaler.allocContext();
  const fit = (width: number, height: number): void => {
    if (out.width === width && out.height === height) return;
    out.free();
    out = new Frame();
    out.alloc();
    out.width = width;
    out.height = height;
    out.format = AV_PIX_FMT_RGB24;
    out.getBuffer(1);
  };
  return {
    convert(frame, used) {
      fit(frame.width, frame.height);
      const code = scaler.scaleFrameSync(out, frame);
      if (code < 0) {
        throw new VideoUnreadable(`a frame cannot be converted: ${new FFmpegError(code).message}`);
      }
      return { rgb: rowsOf(out, used), size: { width: out.width, height: out.height } };
    },
    [Symbol.dispose]() {
      out.free();
      scaler.freeContext();
    },
  };
}

/** A copy without padding, in shared memory: FFmpeg's cannot be read by another thread. */
function rowsOf(frame: Frame, used: Uint8Array | undefined): Uint8Array {
  const [plane] = frame.data ?? [];
  const [stride = 0] = frame.linesize;
  if (!plane) throw new VideoUnreadable('a converted frame is empty');
  const rowBytes = frame.width * 3;
  const bytes = rowBytes * frame.height;
  const rgb = used?.length === bytes ? used : new Uint8Array(new SharedArrayBuffer(bytes));
  if (stride === rowBytes) {
    rgb.set(plane.subarray(0, bytes));
    return rgb;
  }
  for (let y = 0; y < frame.height; y++) {
    rgb.set(plane.subarray(y * stride, y * stride + rowBytes), y * rowBytes);
  }
  return rgb;
}
