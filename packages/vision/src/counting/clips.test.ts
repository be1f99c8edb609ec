import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceUrlOf } from '../camera/source-url.ts';
import { openVideo } from '../camera/video.driver.ts';
import type { Profile } from '../detector/choose-model.ts';
import { createDetector } from '../detector/detector.driver.ts';
import { createFinder } from '../detector/finder.service.ts';
import { type CountedLook, scoreClip } from '../evaluation/clip-score.ts';
import { readClipTruth } from '../evaluation/clip-truth.ts';
import { countClip } from '../evaluation/evaluate-clip.service.ts';
import { FOOTAGE, findWeights, MEDIA, missingMedia } from '../testing/weights.ts';
import { TRACK_RULES } from './tracker.ts';

/** Looks a second, as a camera is counted. */
const FPS = 5;

interface Clip {
  readonly file: string;
  readonly folder: string;
  readonly truth: string;
  readonly profile: Profile;
  /** least share of looks with the right count */
  readonly right: number;
}

const modelled = { folder: FOOTAGE, truth: join(FOOTAGE, 'ground_truth.json') };
const filmed = { folder: join(MEDIA, 'videos'), truth: join(MEDIA, 'video_ground_truth.json') };
const clips: Clip[] = [
  { ...modelled, file: 'corridor.mp4', profile: 'quick', right: 0.97 },
  { ...modelled, file: 'office.mp4', profile: 'quick', right: 0.97 },
  { ...modelled, file: 'meeting-room.mp4', profile: 'quick', right: 0.97 },
  { ...modelled, file: 'meeting-room.mp4', profile: 'standard', right: 0.965 },
  { ...filmed, file: 'room_one_by_one_a.mp4', profile: 'standard', right: 0.97 },
  { ...filmed, file: 'room_one_by_one_b.mp4', profile: 'quick', right: 0.97 },
  { ...filmed, file: 'hall_worker.mp4', profile: 'standard', right: 0.97 },
  { ...filmed, file: 'corridor_walk.mp4', profile: 'standard', right: 0.97 },
  { ...filmed, file: 'parking_cars_a.mp4', profile: 'quick', right: 1 },
];

const weights = await findWeights();
const detector = createDetector({ threads: 2 });
const finder = createFinder({ detector, models: weights.models });
const deps = { finder, threads: detector.threads, rules: TRACK_RULES };
afterAll(() => detector.stop());

const truthOf = ({ truth, file }: Clip) =>
  readClipTruth(JSON.parse(readFileSync(truth, 'utf8'))).find(({ fileName }) => fileName === file)
    ?.truth ?? [];

/** Looks by clip and profile: several checks share them. */
const counted = new Map<string, Promise<CountedLook[]>>();

function countFile(clip: Clip): Promise<CountedLook[]> {
  const key = `${clip.file} ${clip.profile}`;
  const known = counted.get(key) ?? countAnew(clip);
  counted.set(key, known);
  return known;
}

function countAnew({ folder, file, profile }: Clip): Promise<CountedLook[]> {
  const source = sourceUrlOf(pathToFileURL(join(folder, file)).href);
  if (!source) throw new Error(`${file} has no address`);
  return countClip(deps, openVideo(source), { profile, fps: FPS });
}

describe('the count follows the people of a clip', () => {
  for (const clip of clips) {
    const missing = weights.missing ?? missingMedia(join(clip.folder, clip.file));
    const title = `${clip.file}, ${clip.profile}: right in at least ${clip.right * 100} % of the looks`;
    it.skipIf(missing)(
      missing ? `${title} (skipped: ${missing})` : title,
      { timeout: 120_000 },
      async () => {
        const looks = await countFile(clip);
        const score = scoreClip(looks, truthOf(clip));
        const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
        console.log(
          `${clip.file} ${clip.profile}: right ${percent(score.right)}, in range ${percent(score.inRange)}, unknown ${score.unknown} of ${score.looks} looks, longest false zero ${score.longestFalseZero.toFixed(1)} s`,
        );
        expect(score.right).toBeGreaterThanOrEqual(clip.right);
        expect(score.inRange).toBeGreaterThanOrEqual(0.99);
        expect(score.longestFalseZero).toBeLessThanOrEqual(1);
      },
    );
  }

  const archive: Clip = { ...modelled, file: 'archive.mp4', profile: 'quick', right: 1 };
  const missing = weights.missing ?? missingMedia(join(archive.folder, archive.file));
  it.skipIf(missing)(
    'the archive with the coat never shows anybody, not even in its range',
    { timeout: 120_000 },
    async () => {
      const looks = await countFile(archive);
      expect(looks.filter(({ count }) => count && count.max > 0)).toEqual([]);
      expect(looks.at(-1)?.count?.count).toBe(0);
    },
  );
});

describe('a person keeps one number from coming to going', () => {
  const alone = clips.filter(({ file }) => file.startsWith('room_one_by_one'));
  for (const clip of alone) {
    const missing = weights.missing ?? missingMedia(join(clip.folder, clip.file));
    it.skipIf(missing)(
      missing ? `${clip.file} (skipped: ${missing})` : clip.file,
      { timeout: 120_000 },
      async () => {
        const looks = await countFile(clip);
        const passages = truthOf(clip).filter(({ persons }) => persons > 0);
        const ids = passages.map(({ from, to }) => [
          ...new Set(
            looks.filter(({ t }) => t >= from && t <= to).flatMap(({ tracks }) => tracks ?? []),
          ),
        ]);
        expect(ids.map(({ length }) => length)).toEqual(passages.map(() => 1));
        expect(new Set(looks.flatMap(({ tracks }) => tracks ?? [])).size).toBe(passages.length);
      },
    );
  }
});

describe('the score of a clip', () => {
  const truth = [
    { from: 0, to: 1, persons: 1 },
    { from: 2, to: 3, persons: 0 },
  ];
  const count = (n: number) => ({ count: n, min: n, max: n });

  it('counts looks within the intervals, and unknown ones neither right nor wrong', () => {
    const looks = [
      { t: 0, count: undefined },
      { t: 0.5, count: count(1) },
      { t: 1, count: count(2) },
      { t: 1.5, count: count(9) },
      { t: 2.5, count: { count: 1, min: 0, max: 1 } },
    ];
    expect(scoreClip(looks, truth)).toEqual({
      right: 1 / 3,
      inRange: 2 / 3,
      looks: 4,
      unknown: 1,
      longestFalseZero: 0,
    });
  });

  it('measures how long nobody was counted while somebody was there', () => {
    const looks = [0, 0.2, 0.4, 0.6, 0.8].map((t) => ({
      t,
      count: count(t > 0.1 && t < 0.7 ? 0 : 1),
    }));
    expect(scoreClip(looks, truth).longestFalseZero).toBeCloseTo(0.6, 6);
  });
});
