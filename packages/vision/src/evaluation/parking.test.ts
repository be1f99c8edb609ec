import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateParking } from '../index.ts';
import { findWeights, MEDIA, missingMedia } from '../testing/weights.ts';
import { parkingScoreOf } from './parking-score.ts';
import { readPkLot } from './pklot.driver.ts';

const LOT = join(MEDIA, 'images', 'parking');
const weights = await findWeights();
const missing = weights.missing ?? missingMedia(LOT);

describe.skipIf(missing)(`parking spaces${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('are told apart, 97 of 100 and more', { timeout: 300_000 }, async () => {
    const { folders } = weights;
    const { all, pictures } = await evaluateParking({ folder: LOT, folders, onProgress() {} });
    expect(all).toMatchObject({ pictures: 15, spaces: 600, occupied: 270 });
    expect(all.right).toBeGreaterThanOrEqual(0.97);
    for (const { right } of Object.values(pictures)) expect(right).toBeGreaterThanOrEqual(0.9);
  });
});

it('reads outline and truth of PKLot, and leaves out what was never judged', () => {
  const contour = '<contour><point x="1" y="2"/><point x="3" y="2"/><point x="3" y="4"/></contour>';
  const xml = `<parking id="p"><space id="7" occupied="1">${contour}</space>
    <space id="8">${contour}</space><space id="9" occupied="0"/></parking>`;
  expect(readPkLot(xml)).toEqual([
    {
      id: '7',
      outline: [
        [1, 2],
        [3, 2],
        [3, 4],
      ],
      isOccupied: true,
    },
  ]);
  expect(() => readPkLot('<annotation><object/></annotation>')).toThrow();
});

it('tells the two kinds of error apart', () => {
  const right = { isOccupied: true, saidOccupied: true };
  const missed = { isOccupied: true, saidOccupied: false };
  const invented = { isOccupied: false, saidOccupied: true };
  const unsaid = { isOccupied: false, saidOccupied: null };
  expect(parkingScoreOf([[right, missed], [right], [invented, unsaid]])).toEqual({
    pictures: 3,
    spaces: 5,
    occupied: 3,
    right: 0.4,
    picturesRight: 1 / 3,
    freeCalledOccupied: 1,
    occupiedCalledFree: 1,
    unknown: 1,
  });
});
