import { describe, expect, it } from 'vitest';
import { viewOf } from '../camera/view.ts';
import type { Picture } from '../detector/detector.ts';
import {
  blurred,
  covered,
  darkened,
  roomPicture,
  smoked,
  turned,
} from '../testing/room-picture.ts';
import {
  healthOf,
  judgeView,
  SIGHTED,
  type Sightedness,
  type Signs,
  warningsOf,
} from './health.ts';

const well: Signs = {
  now: 100_000,
  staleMs: 3000,
  hasModel: true,
  isLost: false,
  waitingSince: 0,
  newestFrameAt: 99_800,
  newestLookAt: 99_800,
  unchangedMs: 0,
  sightedness: SIGHTED,
  hasCount: true,
  fps: 5,
  wantedFps: 5,
  measuredSince: 90_000,
};

describe('the health of a camera', () => {
  it.each([
    { name: 'counted lately', signs: {}, is: 'ok' },
    { name: 'counted as long ago as is allowed', signs: { newestLookAt: 97_000 }, is: 'ok' },
    { name: 'counted too long ago', signs: { newestLookAt: 96_999 }, is: 'late' },
    { name: 'without weights', signs: { hasModel: false }, is: 'no-model' },
    { name: 'with a broken stream', signs: { isLost: true }, is: 'lost' },
    {
      name: 'just switched on',
      signs: { waitingSince: 99_000, newestFrameAt: undefined, newestLookAt: undefined },
      is: 'starting',
    },
    {
      name: 'silent since it was switched on',
      signs: { waitingSince: 96_000, newestFrameAt: undefined, newestLookAt: undefined },
      is: 'lost',
    },
    {
      name: 'whose frames come but are never counted',
      signs: { waitingSince: 96_000, newestLookAt: undefined },
      is: 'late',
    },
    { name: 'seeing nobody, not yet settled', signs: { hasCount: false }, is: 'starting' },
    { name: 'with the same picture for ten seconds', signs: { unchangedMs: 10_000 }, is: 'frozen' },
    { name: 'with the same picture for a moment', signs: { unchangedMs: 2000 }, is: 'ok' },
    {
      name: 'in the dark',
      signs: { sightedness: { ...SIGHTED, blind: 'dark' as const } },
      is: 'dark',
    },
    {
      name: 'dark and late',
      signs: { sightedness: { ...SIGHTED, blind: 'dark' as const }, newestLookAt: 0 },
      is: 'late',
    },
  ])('$name is $is', ({ signs, is }) => {
    expect(healthOf({ ...well, ...signs })).toBe(is);
  });
});

describe('what hampers a camera that counts', () => {
  it.each([
    { name: 'as many looks as were asked for', signs: { fps: 4.6 }, is: [] },
    { name: 'less than half of them', signs: { fps: 2 }, is: ['slow'] },
    { name: 'a rate that was hardly measured', signs: { fps: 2, measuredSince: 99_000 }, is: [] },
    {
      name: 'people in smoke',
      signs: { sightedness: { ...SIGHTED, hindrance: 'smoke' as const } },
      is: ['smoke'],
    },
    { name: 'a camera that does not count at all', signs: { isLost: true, fps: 0 }, is: [] },
  ])('$name: $is', ({ signs, is }) => {
    expect(warningsOf({ ...well, ...signs })).toEqual(is);
  });
});

const room = roomPicture();

interface Watched {
  readonly state: Sightedness;
  readonly at: number;
}

/** A camera that goes on to see a picture for ten seconds at five looks a second, and `seen` people in it. */
function watching(picture: Picture, { state, at }: Watched, seen = 0): Watched {
  const view = viewOf(picture);
  for (let look = 1; look <= 50; look++) state = judgeView(state, view, seen, at + look * 200);
  return { state, at: at + 10_000 };
}

describe('whether a camera can see', () => {
  const night = viewOf(darkened(room, 0.05));
  const hand = viewOf(covered(room, 1));

  it('is denied at once, though nothing was seen before', () => {
    expect(judgeView(SIGHTED, night, 0, 1000).blind).toBe('dark');
    expect(judgeView(SIGHTED, hand, 0, 1000).blind).toBe('covered');
    expect(judgeView(SIGHTED, viewOf(room), 0, 1000).blind).toBeUndefined();
  });

  it('is believed again after a second of good pictures', () => {
    const blind = judgeView(SIGHTED, night, 0, 1000);
    expect(judgeView(blind, viewOf(room), 0, 1900).blind).toBe('dark');
    expect(judgeView(blind, viewOf(room), 0, 2000).blind).toBeUndefined();
  });

  it('is proved by a person who is seen, but the bad view is told', () => {
    expect(judgeView(SIGHTED, night, 1, 1000)).toMatchObject({
      blind: undefined,
      hindrance: 'dark',
    });
  });

  const before = watching(room, { state: SIGHTED, at: 0 });
  const { state: known, at } = before;

  it.each([
    { name: 'smoke', picture: smoked(room, 0.5), is: 'smoke' },
    { name: 'smoke too dense for anything', picture: smoked(room, 0.9), is: 'covered' },
    { name: 'a light that went out', picture: darkened(room, 0.3), is: 'dark' },
    { name: 'a light that was dimmed', picture: darkened(room, 0.7), is: undefined },
    { name: 'half the lens covered', picture: covered(room, 0.5), is: 'covered' },
    { name: 'somebody near on one side', picture: covered(room, 0.2), is: undefined },
    { name: 'the usual view', picture: room, is: undefined },
  ])('is judged against the usual view: $name is $is', ({ picture, is }) => {
    expect(judgeView(known, viewOf(picture), 0, at + 200).blind).toBe(is);
  });

  it('is denied after three seconds out of focus, not when something soft passes by', () => {
    const soft = viewOf(blurred(room, 6));
    let state = known;
    for (let ms = 200; ms < 3200; ms += 200) state = judgeView(state, soft, 0, at + ms);
    expect(state.blind).toBeUndefined();
    expect(judgeView(state, soft, 0, at + 3200).blind).toBe('blurred');
  });

  it.each([
    { name: 'another view', picture: roomPicture(5) },
    { name: 'the view turned by a twentieth of its width', picture: turned(room, 32) },
    { name: 'the view turned by a third', picture: turned(room, 210) },
  ])('is denied after a second and a half of $name, whoever is seen', ({ picture }) => {
    let state = known;
    for (let ms = 200; ms <= 1600; ms += 200) state = judgeView(state, viewOf(picture), 0, at + ms);
    expect(state.blind).toBeUndefined();
    for (let ms = 1800; ms <= 2800; ms += 200)
      state = judgeView(state, viewOf(picture), 2, at + ms);
    expect(state.blind).toBe('moved');
  });

  it('stays denied for as long as a moved camera looks elsewhere, and ends when the old view is back', () => {
    let watched = before;
    for (let look = 0; look < 20; look++) watched = watching(roomPicture(5), watched, look % 2);
    expect(watched.state.blind).toBe('moved');
    expect(watching(room, watched).state.blind).toBeUndefined();
  });

  it('stays moved when the light goes out, and smoke after a glimpse of elsewhere is smoke', () => {
    const moved = watching(roomPicture(5), before);
    expect(watching(darkened(roomPicture(5), 0.05), moved).state.blind).toBe('moved');
    const glimpse = judgeView(known, viewOf(roomPicture(5)), 0, at + 200);
    const smoke = watching(smoked(room, 0.5), { state: glimpse, at: at + 200 });
    expect(smoke.state.blind).toBe('smoke');
  });

  it('does not get used to smoke that comes slowly', () => {
    let watched = before;
    for (let density = 0; density < 0.5; density += 0.01) {
      watched = watching(smoked(room, density), watched);
    }
    expect(watched.state.blind).toBe('smoke');
  });

  it('gets used to a light that fades slowly', () => {
    let watched = before;
    for (let share = 1; share > 0.4; share *= 0.99) {
      watched = watching(darkened(room, share), watched);
      expect(watched.state.blind).toBeUndefined();
    }
  });
});
