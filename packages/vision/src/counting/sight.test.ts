import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodePicture } from '../camera/picture.driver.ts';
import { sourceUrlOf } from '../camera/source-url.ts';
import { openVideo } from '../camera/video.driver.ts';
import { type View, viewOf } from '../camera/view.ts';
import type { Picture } from '../detector/detector.ts';
import { blurred, covered, darkened, smoked, turned } from '../testing/room-picture.ts';
import { FOOTAGE, MEDIA, missingMedia } from '../testing/weights.ts';
import { judgeView, SIGHTED, type Sightedness } from './health.ts';

const IMAGES = join(MEDIA, 'images');
const missing = missingMedia(IMAGES);
const LOOK_MS = 200;

beforeEach((context) => {
  if (missing) context.skip(missing);
});

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
const picturesIn = (folder: string): string[] => filesIn(join(IMAGES, folder), '.jpg');

const viewIn = async (file: string): Promise<View> => viewOf(await decodePicture(file));

/** What a camera is judged that sees `views` one after the other, with nobody in them. */
function judged(views: readonly View[], before: Sightedness = SIGHTED, at = 0) {
  let state = before;
  const blind: Sightedness['blind'][] = [];
  for (const [look, view] of views.entries()) {
    state = judgeView(state, view, 0, at + look * LOOK_MS);
    blind.push(state.blind);
  }
  return { state, blind };
}

const cameraOf = (file: string): string => basename(file).slice(0, 4);
const turnedBy =
  (share: number) =>
  (picture: Picture): Picture =>
    turned(picture, Math.round(picture.size.width * share));

const LOOKS = 25;
const stay = (view: View): View[] => new Array(LOOKS).fill(view);
/** One camera sees one picture, then another; verdicts on the second. */
const turnedTo = (usual: View, now: View) =>
  judged([...stay(usual), ...stay(now)]).blind.slice(LOOKS);

function countBlind(verdicts: readonly Sightedness['blind'][]): number {
  return verdicts.filter((blind) => blind !== undefined).length;
}

describe('clear pictures are no reason to call a camera blind', () => {
  it.each(['coco_train2017', 'cctv_rooms', 'empty_rooms', 'parking', 'misc'])(
    'each by itself: %s',
    async (folder) => {
      const files = picturesIn(folder);
      for (const file of files) {
        const { blind } = judged(stay(await viewIn(file)));
        expect({ file, blind: countBlind(blind) }).toEqual({ file, blind: 0 });
      }
      console.log(`${folder}: 0 of ${files.length} clear pictures called blind`);
    },
    60_000,
  );

  it.each([
    { camera: 'cam1', folder: 'cctv_rooms' },
    { camera: 'cam2', folder: 'cctv_rooms' },
    { camera: 'seq1', folder: 'parking' },
    { camera: 'seq3', folder: 'parking' },
    { camera: 'seq5', folder: 'parking' },
  ])(
    'any picture of $camera after any other',
    async ({ camera, folder }) => {
      const files = picturesIn(folder).filter((file) => file.includes(`/${camera}`));
      const views = await Promise.all(files.map(viewIn));
      let pairs = 0;
      for (const usual of views) {
        for (const now of views) {
          pairs++;
          expect(countBlind(turnedTo(usual, now))).toBe(0);
        }
      }
      console.log(`${camera}: 0 false alarms in ${pairs} pairs of pictures`);
    },
    120_000,
  );

  const clips = [
    ...(missing ? [] : filesIn(join(MEDIA, 'videos'), '.mp4')),
    ...filesIn(FOOTAGE, '.mp4'),
  ];
  it.each(clips.map((file) => ({ name: basename(file), file })))(
    'nor is any look at $name, played twice',
    ({ name, file }) => {
      const source = sourceUrlOf(pathToFileURL(file).href);
      if (!source) throw new Error(`${file} has no address`);
      const video = openVideo(source);
      const views: View[] = [];
      for (const { t, picture } of video.frames()) {
        if (t * 1000 >= views.length * LOOK_MS - 1) views.push(viewOf(picture()));
      }
      video.close();
      const { blind } = judged([...views, ...views]);
      console.log(`${name}: ${countBlind(blind)} false alarms in ${blind.length} looks`);
      expect(countBlind(blind)).toBe(0);
    },
    120_000,
  );
});

describe('a camera that saw clearly is called blind', () => {
  it.each([
    { folder: 'derived_smoke', is: 'smoke' },
    { folder: 'derived_dark', is: 'dark' },
  ])(
    'at the first look at $folder: $is',
    async ({ folder, is }) => {
      const bad = picturesIn(folder);
      const clear = picturesIn('cctv_rooms');
      for (const file of bad) {
        // The usual view is of another moment: people have moved.
        const isUsual = (name: string): boolean =>
          basename(name) !== basename(file) && cameraOf(name) === cameraOf(file);
        const usual = await viewIn(clear.find(isUsual) as string);
        expect(turnedTo(usual, await viewIn(file))[0]).toBe(is);
      }
      console.log(`${folder}: ${bad.length} of ${bad.length} called ${is}`);
    },
    60_000,
  );

  it.each<{ name: string; spoil: (picture: Picture) => Picture; is: Sightedness['blind'] }>([
    { name: 'half covered', spoil: (picture) => covered(picture, 0.5), is: 'covered' },
    { name: 'wholly covered', spoil: (picture) => covered(picture, 1), is: 'covered' },
    { name: 'in smoke', spoil: (picture) => smoked(picture, 0.5), is: 'smoke' },
    { name: 'without light', spoil: (picture) => darkened(picture, 0.3), is: 'dark' },
    { name: 'out of focus', spoil: (picture) => blurred(picture, 8), is: 'blurred' },
    { name: 'turned by a tenth', spoil: turnedBy(0.1), is: 'moved' },
    { name: 'turned by a third', spoil: turnedBy(0.33), is: 'moved' },
  ])(
    'in rooms that are $name: $is',
    async ({ spoil, is }) => {
      const files = [...picturesIn('empty_rooms'), ...picturesIn('cctv_rooms').slice(10, 16)];
      for (const file of files) {
        const picture = await decodePicture(file);
        const verdict = turnedTo(viewOf(picture), viewOf(spoil(picture))).at(-1);
        expect({ file: basename(file), verdict }).toEqual({ file: basename(file), verdict: is });
      }
    },
    60_000,
  );
});
