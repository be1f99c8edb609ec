import { fileURLToPath } from 'node:url';
import {
  AV_LOG_QUIET,
  AV_PIX_FMT_RGB24,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import {
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
import { demuxerOptions, type SourceUrl, withoutSecrets } from './source-url.ts';

/** A video that cannot be opened or read on; the message holds no password. */
export class VideoUnreadable extends Error {}

/** A decoded frame, valid until the next one is asked for. */
export interface VideoFrame {
  /** seconds from the first frame, by the video's own time stamps */
  readonly t: number;
  /** converts the frame; costs time, so only for frames that are looked at */
  picture(): Picture;
}

/** An open video. Every call blocks its thread: use it on a thread of its own for live cameras. */
export interface Video {
  /** frames per second by the container, 0 when it does not say */
  readonly rate: number;
  /** seconds, 0 when unknown */
  readonly duration: number;
  /** Ends at the end of the file or stream. @throws VideoUnreadable when the connection breaks. */
  frames(): Generator<VideoFrame>;
  close(): void;
}

Log.setLevel(AV_LOG_QUIET);

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
    throw new VideoUnreadable(`${source.shown}: ${doing} failed: ${why}`);
  };
  const close = (): void => {
    decoder.freeContext();
    format.closeInputSync();
  };
  try {
    const url = source.kind === 'file' ? fileURLToPath(source.url) : source.url;
    check(format.openInputSync(url, null, dictionaryOf(demuxerOptions[source.kind])), 'opening');
    check(format.findStreamInfoSync(null), 'reading the stream');
    const stream = videoStreamOf(format, source);
    openDecoder(decoder, stream, check);
    return {
      rate: numberOf(stream.avgFrameRate),
      duration: format.duration > 0n ? Number(format.duration) / 1e6 : 0,
      frames: () => framesOf({ format, decoder, stream, check }),
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

function* framesOf(reader: Reader): Generator<VideoFrame> {
  const { format, decoder, stream, check } = reader;
  using packet = new Packet();
  using frame = new Frame();
  using converter = createConverter();
  packet.alloc();
  frame.alloc();
  let first: number | undefined;
  for (;;) {
    const code = format.readFrameSync(packet);
    const ended = code === AVERROR_EOF;
    if (!ended) check(code, 'reading on');
    if (ended || packet.streamIndex === stream.index) {
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
      yield { t: seconds - first, picture: () => converter.convert(frame) };
      frame.unref();
    }
    if (ended) return;
  }
}

/** Keeps one frame as the target of all conversions: memory outside the heap would wait long for its collection. */
function createConverter(): Disposable & { convert(frame: Frame): Picture } {
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
    convert(frame) {
      fit(frame.width, frame.height);
      const code = scaler.scaleFrameSync(out, frame);
      if (code < 0) {
        throw new VideoUnreadable(`a frame cannot be converted: ${new FFmpegError(code).message}`);
      }
      return { rgb: rowsOf(out), size: { width: out.width, height: out.height } };
    },
    [Symbol.dispose]() {
      out.free();
      scaler.freeContext();
    },
  };
}

/** A copy without padding, in memory of its own: FFmpeg's cannot move to another thread. */
function rowsOf(frame: Frame): Uint8Array<ArrayBuffer> {
  const [plane] = frame.data ?? [];
  const [stride = 0] = frame.linesize;
  if (!plane) throw new VideoUnreadable('a converted frame is empty');
  const rowBytes = frame.width * 3;
  const rgb = new Uint8Array(rowBytes * frame.height);
  if (stride === rowBytes) {
    rgb.set(plane.subarray(0, rgb.length));
    return rgb;
  }
  for (let y = 0; y < frame.height; y++) {
    rgb.set(plane.subarray(y * stride, y * stride + rowBytes), y * rowBytes);
  }
  return rgb;
}
