import { describe, expect, it } from 'vitest';
import { colourName } from './colour-name.ts';

const legend = [
  { day: 1, colour: '#ffe600', nameFr: 'jaune vif', nameEn: 'bright yellow' },
  { day: 2, colour: '#000000', nameFr: 'noir', nameEn: 'black' },
];

describe('the name of a colour', () => {
  it.each([
    ['in French', '#ffe600', 1, 'fr', 'jaune vif'],
    ['in English', '#ffe600', 1, 'en', 'bright yellow'],
    ['black long after the period', '#000000', 40, 'fr', 'noir'],
    ['missing rather than wrong for a bollard with another palette', '#ffe601', 1, 'fr', undefined],
    ['missing where no colour is shown', null, null, 'fr', undefined],
  ] as const)('is %s', (_name, colour, day, language, name) => {
    expect(colourName({ colour, day }, legend, language)).toBe(name);
  });

  it('is missing while the legend is', () => {
    expect(colourName({ colour: '#ffe600', day: 1 }, [], 'fr')).toBeUndefined();
  });
});
