import type { CountingZone, NormBox } from '@vigie/contracts/vision';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf } from './standing.ts';

type Corners = CountingZone['points'];
const rectangle = (x1: number, y1: number, x2: number, y2: number): Corners => [
  [x1, y1],
  [x2, y1],
  [x2, y2],
  [x1, y2],
];
const zone = (kind: CountingZone['kind'], points: Corners): CountingZone => ({
  id: 'z',
  kind,
  points,
});

const leftHalf = rectangle(0, 0, 0.5, 1);
const floor = rectangle(0, 0.6, 1, 1);
const poster = rectangle(0.7, 0.1, 0.9, 0.5);
const standing: NormBox = [0.2, 0.3, 0.1, 0.5];

describe('where somebody stands', () => {
  it.each<{
    name: string;
    zones: CountingZone[];
    box?: NormBox;
    anchor?: 'feet' | 'centre' | 'head';
    is: string;
  }>([
    { name: 'no zone at all', zones: [], is: 'inside' },
    { name: 'within the only zone', zones: [zone('include', leftHalf)], is: 'inside' },
    {
      name: 'on the other side',
      zones: [zone('include', leftHalf)],
      box: [0.6, 0.3, 0.1, 0.5],
      is: 'outside',
    },
    {
      name: 'over the edge, feet outside',
      zones: [zone('include', leftHalf)],
      box: [0.46, 0.3, 0.1, 0.5],
      is: 'astride',
    },
    {
      name: 'over the edge, feet inside',
      zones: [zone('include', leftHalf)],
      box: [0.42, 0.3, 0.1, 0.5],
      is: 'inside',
    },
    { name: 'feet on the floor that counts', zones: [zone('include', floor)], is: 'inside' },
    {
      name: 'head above the floor that counts',
      zones: [zone('include', floor)],
      anchor: 'head',
      is: 'astride',
    },
    {
      name: 'behind a desk, head in the zone',
      zones: [zone('include', rectangle(0, 0, 1, 0.4))],
      anchor: 'head',
      is: 'inside',
    },
    {
      name: 'wholly on an excluded poster',
      zones: [zone('exclude', poster)],
      box: [0.72, 0.15, 0.1, 0.3],
      is: 'outside',
    },
    {
      name: 'before the poster, feet below it',
      zones: [zone('exclude', poster)],
      box: [0.72, 0.2, 0.1, 0.6],
      is: 'inside',
    },
    {
      name: 'feet on the poster, head beside it',
      zones: [zone('exclude', poster)],
      box: [0.65, 0.05, 0.2, 0.4],
      is: 'astride',
    },
    {
      name: 'one of two zones',
      zones: [zone('include', leftHalf), zone('include', rectangle(0.6, 0, 1, 1))],
      box: [0.7, 0.3, 0.1, 0.5],
      is: 'inside',
    },
    {
      name: 'half on each of two excluded zones',
      zones: [zone('exclude', leftHalf), zone('exclude', rectangle(0.5, 0, 1, 1))],
      box: [0.4, 0.3, 0.2, 0.5],
      is: 'astride',
    },
    {
      name: 'a box that covers the whole zone',
      zones: [zone('include', rectangle(0.45, 0.45, 0.5, 0.5))],
      box: [0.3, 0.3, 0.4, 0.6],
      is: 'astride',
    },
    {
      name: 'feet cut off by the rim of the picture',
      zones: [zone('include', leftHalf)],
      box: [0.2, 0.5, 0.1, 0.5],
      is: 'inside',
    },
    {
      name: 'a box that juts out of the picture',
      zones: [zone('include', leftHalf)],
      box: [-0.02, 0.5, 0.1, 0.53],
      is: 'inside',
    },
  ])('$name: $is', ({ zones, box = standing, anchor = 'feet', is }) => {
    expect(standingOf(box, { anchor, zones })).toBe(is);
  });

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const box = fc
    .tuple(share, share, share, share)
    .map(([x, y, w, h]): NormBox => [x * 0.9, y * 0.9, 0.01 + w * 0.09, 0.01 + h * 0.09]);
  const corners = fc
    .tuple(share, share, share, share)
    .map(([x, y, w, h]) =>
      rectangle(x * 0.8, y * 0.8, x * 0.8 + 0.05 + w * 0.15, y * 0.8 + 0.05 + h * 0.15),
    );

  it('is outside only where no part of the box counts', () => {
    fc.assert(
      fc.property(box, corners, share, share, ([x, y, w, h], points, across, down) => {
        const place = standingOf([x, y, w, h], {
          anchor: 'feet',
          zones: [zone('include', points)],
        });
        if (place !== 'outside') return;
        const [[left, top] = [0, 0], , [right, bottom] = [0, 0]] = points;
        const px = x + w * across;
        const py = y + h * down;
        const isIn = px > left && px < right && py > top && py < bottom;
        expect(isIn).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});
