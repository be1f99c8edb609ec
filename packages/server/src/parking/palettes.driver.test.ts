import { isAtHand, liveColours, paletteFor } from '@vigie/palette';
import { expect, it } from 'vitest';
import { createPalettes } from './palettes.driver.ts';

it('finds a palette that is not shipped, as a search in this thread would, without holding it up', async () => {
  const { prepare } = createPalettes();
  expect(isAtHand(63)).toBe(false);
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  await Promise.all([prepare(63), prepare(63)]);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
  expect(isAtHand(63)).toBe(true);
  expect(paletteFor(63).colours.slice(0, -1)).toEqual(liveColours(63));
});

it('has shipped palettes at hand from the start', async () => {
  expect(isAtHand(60)).toBe(true);
  await createPalettes().prepare(60);
});
