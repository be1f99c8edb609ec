import type { CameraTrial, EnquiryTrouble } from '@vigie/contracts/camera-enquiries';
import type { CameraSource, OpenCamera, Shot, StreamKind } from '../camera/camera.ts';
import type { Picture } from '../detector/detector.ts';
import { troubleOf } from './camera-trouble.ts';

/** Longest wait for the first picture. FFmpeg gives up a silent camera after 5 s, a name may take as long. */
const FIRST_PICTURE_MS = 15_000;
/** FFmpeg gives up after 5 s of silence, but calls it bad data where a server of RTSP never spoke. */
const SILENCE_MS = 4500;
/** How long the pictures of a stream are counted. */
const COUNTING_MS = 2000;
/** Fewer pictures than these say nothing about the rate. */
const FEWEST_SHOTS = 3;

interface TrialDeps {
  readonly openCamera: OpenCamera;
  /** A coarse picture for the eye, JPEG: whoever is on it is not recognisable. */
  readonly renderCoarse: (picture: Picture) => Promise<Uint8Array>;
  /** milliseconds of the clock that nobody sets */
  readonly now: () => number;
}

/** What came of a trial. */
export type TrialOutcome = { readonly trial: CameraTrial } | { readonly trouble: EnquiryTrouble };

/** The address of a camera to be tried. */
export interface TrialWish {
  readonly url: string;
  /** No picture is made of it. */
  readonly isWithheld: boolean;
  /** It is open, the pictures are awaited. */
  readonly onStep: () => void;
}

/** Opens the address of a camera, says what it sends, and lets it go. */
export async function tryCamera(
  { url, isWithheld, onStep }: TrialWish,
  { openCamera, renderCoarse, now }: TrialDeps,
): Promise<TrialOutcome> {
  const startedAt = now();
  const seen = await watchShortly(url, openCamera, onStep);
  if ('lost' in seen) {
    const trouble = troubleOf(seen.lost);
    const wasSilent = trouble === 'unreadable' && now() - startedAt > SILENCE_MS;
    return { trouble: wasSilent ? 'silent' : trouble };
  }
  const { picture, kind, fps } = seen;
  const { width, height } = picture.size;
  const jpeg = isWithheld ? null : Buffer.from(await renderCoarse(picture)).toString('base64');
  return { trial: { codec: kind.codec, width, height, fps, jpeg } };
}

interface Seen {
  readonly picture: Picture;
  readonly kind: StreamKind;
  readonly fps: number | null;
}

/** Why there is no picture, in the words of whoever tried. */
interface Lost {
  readonly lost: string;
}

function watchShortly(
  url: string,
  openCamera: OpenCamera,
  onStep: () => void,
): Promise<Seen | Lost> {
  const { promise, resolve } = Promise.withResolvers<Seen | Lost>();
  let kind: StreamKind = { codec: 'unknown', isStill: false };
  let first: Shot | undefined;
  /** when each was taken, milliseconds */
  const moments: number[] = [];
  const giveUp = setTimeout(resolve, FIRST_PICTURE_MS, { lost: 'timed out' });
  let enough: NodeJS.Timeout | undefined;
  const settle = (): void => {
    if (first) resolve({ picture: first.picture, kind, fps: rateOf(moments) });
  };
  let camera: CameraSource | undefined;
  try {
    camera = openCamera(url, 1, {
      onOpened: (opened) => {
        kind = opened;
        onStep();
      },
      onShot: (shot) => {
        first ??= shot;
        moments.push(shot.at);
        if (kind.isStill) settle();
        enough ??= setTimeout(settle, COUNTING_MS);
        camera?.next();
      },
      onLost: (reason) => (first ? settle() : resolve({ lost: reason })),
    });
  } catch (error) {
    resolve({ lost: error instanceof Error ? error.message : String(error) });
  }
  return promise.finally(() => {
    clearTimeout(giveUp);
    clearTimeout(enough);
    // A silent camera may take seconds to let go; the answer does not wait for it.
    void camera?.stop();
  });
}

function rateOf(moments: readonly number[]): number | null {
  const span = (moments.at(-1) ?? 0) - (moments[0] ?? 0);
  if (moments.length < FEWEST_SHOTS || span <= 0) return null;
  return Math.round(((moments.length - 1) * 10_000) / span) / 10;
}
