import type { DeviceStream } from '@vigie/contracts/camera-enquiries';
import type { CameraEntry } from './entry.ts';

/** Pixels of width that a profile makes use of: `quick` looks at 640, `crowded` looks closer at parts of the picture. */
const usefulWidth: Readonly<Record<CameraEntry['profile'], number>> = {
  quick: 640,
  standard: 1280,
  crowded: 1920,
};

/** Decoding H.265 takes about twice the work of H.264, and a picture of more pixels takes as much more. */
const workOf = ({ width, height, codec }: DeviceStream): number =>
  width * height * (/26[45]|hevc/i.test(codec) && !/264/.test(codec) ? 2 : 1);

/**
 * The stream that suits the profile: the one that costs least among those wide enough, else the widest. `undefined`: none of
 * them can be opened.
 */
export function advisedStream(
  streams: readonly DeviceStream[],
  profile: CameraEntry['profile'],
): DeviceStream | undefined {
  const usable = streams.filter(({ source }) => source !== null);
  const wide = usable.filter(({ width }) => width >= usefulWidth[profile]);
  const [cheapest] = wide.toSorted((a, b) => workOf(a) - workOf(b));
  return cheapest ?? usable.toSorted((a, b) => b.width - a.width)[0];
}
