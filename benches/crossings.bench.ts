import { anchorOf } from '@vigie/contracts/vision';
import {
  type Line,
  NO_PATHS,
  type Passage,
  passDoors,
} from '../packages/vision/src/counting/passages.ts';
import { follow, isPerson, NOBODY, TRACK_RULES } from '../packages/vision/src/counting/tracker.ts';
import type { Detection } from '../packages/vision/src/detector/boxes.ts';

const size = { width: 640, height: 360 };
/** A person of 1.7 m is so many pixels high; the picture is eleven metres wide. */
const height = 100;
const pixelsPerMetre = height / 1.7;
const line: Line = { id: 'door', from: [320, 100], to: [320, 340] };

const rates = [2, 5, 10];
const speeds = [1, 2, 3, 4, 5, 6];
const runners = 400;
/** Share of the looks in which the detector does not find the person. */
const missed = 0.1;
/** Standard deviation of a find, in heights of the box. */
const trembling = 0.04;

interface Look {
  at: number;
  humans: Detection[];
}

/** Share of runners over a line that are counted once and the right way round, against counting those who are found on it. */
export async function run(): Promise<void> {
  console.log(
    `${runners} runners for each figure; ${missed * 100} % of finds missing, boxes trembling by ${trembling * 100} % of their height`,
  );
  console.log('share counted once, the right way round | share found on the line in one picture');
  console.log(`  m/s  ${rates.map((rate) => `${rate} looks/s`.padStart(19)).join('')}`);
  for (const speed of speeds) {
    const cells = rates.map((rate) => {
      const looks = Array.from({ length: runners }, (_, i) => runner(speed, rate, dice(i + 1)));
      const counted = share(looks.filter((all) => passages(all).map(directionOf).join() === 'out'));
      const found = share(looks.filter((all) => all.some(({ humans }) => humans.some(isOnLine))));
      return `${counted.padStart(9)} |${found.padStart(8)}`;
    });
    console.log(`  ${String(speed).padStart(3)}  ${cells.join('')}`);
  }
  console.log('crossings counted in an hour while somebody stands on the line | changes of side');
  for (const rate of rates) {
    const looks = stander(3600, rate, dice(9));
    console.log(
      `${`${rate} looks/s`.padStart(12)}  ${String(passages(looks).length).padStart(6)} | ${changesOfSide(looks)}`,
    );
  }
}

const share = (some: readonly unknown[]): string =>
  `${((100 * some.length) / runners).toFixed(1)} %`;
const directionOf = ({ direction }: Passage): string => direction;
const isOnLine = ({ x1, x2 }: Detection): boolean => x1 <= line.from[0] && x2 >= line.from[0];

/** The same numbers at every run. Source: Steele and Vigna, SplitMix32 as in MurmurHash3's finaliser. */
function dice(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function find(x: number, random: () => number): Detection[] {
  if (random() < missed || x < -10 || x > size.width + 10) return [];
  const shake = () => trembling * height * normal(random);
  const [cx, y, w, h] = [x + shake(), 200 + shake(), 40 + shake() / 2, height + shake()];
  const score = 0.3 + 0.6 * random();
  return [{ x1: cx - w / 2, y1: y - h / 2, x2: cx + w / 2, y2: y + h / 2, score }];
}

/** From left to right through the picture, and three seconds of nobody; looks come at about the rate. */
function runner(speed: number, rate: number, random: () => number): Look[] {
  const looks: Look[] = [];
  const ends = size.width / (speed * pixelsPerMetre) + 3;
  for (let t = random() / rate; t < ends; t += (0.85 + 0.3 * random()) / rate) {
    looks.push({ at: t * 1000, humans: find(t * speed * pixelsPerMetre, random) });
  }
  return looks;
}

function stander(seconds: number, rate: number, random: () => number): Look[] {
  return Array.from({ length: seconds * rate }, (_, i) => ({
    at: (i * 1000) / rate,
    humans: find(line.from[0], random),
  }));
}

function passages(looks: readonly Look[]): Passage[] {
  let following = NOBODY;
  let paths = NO_PATHS;
  const all: Passage[] = [];
  for (const { at, humans } of looks) {
    following = follow(following, { at, humans, size }, TRACK_RULES);
    const walkers = following.tracks.map((track) => ({
      track: track.id,
      anchor: anchorOf([track.x1, track.y1, track.x2 - track.x1, track.y2 - track.y1], 'feet'),
      height: track.y2 - track.y1,
      isSeen: track.missedLooks === 0,
      isPerson: isPerson(track, TRACK_RULES),
    }));
    const step = passDoors(paths, { at, walkers }, [line]);
    paths = step.paths;
    all.push(...step.passages);
  }
  return all;
}

function changesOfSide(looks: readonly Look[]): number {
  const sides = looks.flatMap(({ humans }) =>
    humans.map(({ x1, x2 }) => (x1 + x2) / 2 > line.from[0]),
  );
  return sides.filter((side, i) => i > 0 && side !== sides[i - 1]).length;
}
