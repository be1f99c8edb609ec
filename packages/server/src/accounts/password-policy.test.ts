import { describe, expect, it } from 'vitest';
import { passwordFaults } from './password-policy.ts';

const context = { town: 'Drancy', names: ['Zoé Le Gall-Martin'], minLength: 8 };

describe('the password policy', () => {
  it.each([
    ['a good one', 'Lanterne-verte', []],
    ['too short', 'Abc-def', ['too-short']],
    ['no upper case', 'lanterne-verte', ['no-upper-case']],
    ['no lower case', 'LANTERNE-VERTE', ['no-lower-case']],
    ['no special character', 'LanterneVerte9', ['no-special-character']],
    ['a space is no special character', 'Lanterne verte', ['no-special-character']],
    ['the town', 'Vive-Drancy', ['contains-town']],
    ['the town in other case and with separators', 'Vive.dR-aN.c_Y', ['contains-town']],
    ['the town with look-alikes', 'Vive-dr@ncy', ['contains-town']],
    ['the first name without its accent', 'Chez-zoe-ici', ['contains-name']],
    ['the last part of a compound name', 'Martin-pêcheur', ['contains-name']],
    ['a short name part inside a word is fine', 'Lelang-bleue', []],
    ['a short name part as a word of its own', 'Bleu-le-Ciel', ['contains-name']],
    [
      'everything at once',
      'zoe',
      ['too-short', 'no-upper-case', 'no-special-character', 'contains-name'],
    ],
  ])('%s', (_name, password, faults) => {
    expect(passwordFaults(password, context)).toEqual(faults);
  });

  it('counts characters, not code units', () => {
    expect(passwordFaults('Aa-🦉🦉🦉🦉', context)).toContain('too-short');
    expect(passwordFaults('Aa-🦉🦉🦉🦉🦉', context)).toEqual([]);
  });
});
