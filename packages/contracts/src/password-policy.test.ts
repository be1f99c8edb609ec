import { describe, expect, it } from 'vitest';
import {
  foldedWords,
  isCommonPassword,
  type PasswordContext,
  type PasswordFault,
  passwordBits,
  passwordFaults,
  passwordStrength,
} from './password-policy.ts';

const context = { town: 'Drancy', names: ['Zoé Le Gall-Martin', 'zmartin'], minLength: 8 };

type Row = [
  name: string,
  password: string,
  faults: PasswordFault[],
  other?: Partial<PasswordContext>,
];

const called = (...names: string[]) => ({ names });

describe('the password policy', () => {
  it.each<Row>([
    ['a good one', 'Lanterne-verte', []],
    ['a good one of the shortest length', 'Bleu-vit', []],
    ['one below the shortest length', 'Abc-def', ['too-short']],
    ['the shortest length is a setting', 'Lanterne-ve', ['too-short'], { minLength: 12 }],
    ['as long as a longer setting asks', 'Lanterne-ver', [], { minLength: 12 }],
    [
      '16 for administrators where the town asks it',
      'Lanterne-verte9',
      ['too-short'],
      { minLength: 16 },
    ],
    ['the longest', `A-${'b'.repeat(126)}`, []],
    ['beyond the longest', `A-${'b'.repeat(127)}`, ['too-long']],
    ['owls count once each', 'Aa-🦉🦉🦉🦉', ['too-short']],
    ['enough owls', 'Aa-🦉🦉🦉🦉🦉', []],
    [
      'an accent of its own is no character',
      'Ae\u0301-e\u0301e\u0301e\u0301e\u0301',
      ['too-short'],
    ],
    ['nothing', '', ['too-short', 'no-upper-case', 'no-lower-case', 'no-special-character']],

    ['no upper case', 'lanterne-verte', ['no-upper-case']],
    ['an accented upper case counts', 'lanterne-Étroite', []],
    ['no lower case', 'LANTERNE-VERTE', ['no-lower-case']],
    ['an accented lower case counts', 'LANTERNE-é', []],
    ['Greek has case, too', 'Ωκεανός-βαθύς', []],
    ['a script without case', '灯籠-灯籠-灯籠', ['no-upper-case', 'no-lower-case']],

    ['no special character', 'LanterneVerte9', ['no-special-character']],
    ['a space is none', 'Lanterne verte', ['no-special-character']],
    ['a hard space is none', 'Lanterne\u00a0verte', ['no-special-character']],
    ['a digit is none', 'Lanterne9verte', ['no-special-character']],
    ['an accented letter is none', 'Lanterneétroite', ['no-special-character']],
    ['a lone accent is none', 'Lanternee\u0301troite', ['no-special-character']],
    ['a full stop is one', 'Lanterne.verte', []],
    ['an underscore is one', 'Lanterne_verte', []],
    ['a euro sign is one', 'Lanterne€verte', []],

    ['the town', 'Vive-Drancy', ['contains-town']],
    ['the town in other case', 'Vive-dRANCy', ['contains-town']],
    ['the town backwards is another word', 'Vive-ycnarD', []],
    ['the town with separators', 'Vive.dR-aN.c_Y', ['contains-town']],
    ['the town with spaces', 'Vive-d r a n c y', ['contains-town']],
    ['the town with accents', 'Vive-Dràncÿ', ['contains-town']],
    ['the town with @ for a', 'Vive-dr@ncy', ['contains-town']],
    ['the town with 4 for a', 'Vive-dr4ncy', ['contains-town']],
    ['the town in wide letters', 'Vive-Ｄｒａｎｃｙ', ['contains-town']],
    ['the town between others', 'aaDrancybb-', ['contains-town']],
    ['part of the town', 'Vive-Dranc', []],
    ['a compound town', 'Vive-saint.denis', ['contains-town'], { town: 'Saint-Denis' }],
    ['a compound town with $ for s', 'Vive-$aintDeni$', ['contains-town'], { town: 'Saint-Denis' }],
    ['half of a compound town', 'Vive-Denis', [], { town: 'Saint-Denis' }],
    ['a town with an apostrophe', 'Vive-LHay', ['contains-town'], { town: 'L’Haÿ' }],
    ['a town with 0 for o', 'Vive-b0bigny', ['contains-town'], { town: 'Bobigny' }],
    ['a town with 1 for l', 'Vive-1i11e-x', ['contains-town'], { town: 'Lille' }],
    ['a town with l for i', 'Vive-llLLe-x', ['contains-town'], { town: 'Lille' }],
    ['a town with 3 for e', 'Vive-l3-r@lncy', ['contains-town'], { town: 'Le Raincy', names: [] }],
    ['a very short town within a word', 'Vert-bleu-9', [], { town: 'Eu' }],
    ['a very short town as a word', 'Vert-eu-bleu', ['contains-town'], { town: 'Eu' }],

    ['the first name', 'Chez-Zoé-ici', ['contains-name']],
    ['the first name without its accent', 'Chez-zoe-ici', ['contains-name']],
    ['the first name with 0 and 3', 'Chez-z03-ici', ['contains-name']],
    ['a part of a compound name', 'Martin-pêcheur', ['contains-name']],
    ['another part of it', 'Haut-gall-haut', ['contains-name']],
    ['that part with 1 for l', 'Haut-ga11-haut', ['contains-name']],
    ['the name within a longer word', 'Les-martinets', ['contains-name']],
    ['the name with separators', 'M.a.r.t.i.n', ['contains-name']],
    ['the user name', 'Vert-zmartin', ['contains-name']],
    ['a part of a dotted user name', 'Vert-durand', ['contains-name'], called('p.durand')],
    [
      'a part of a user name that is an address',
      'Vert-durand',
      ['contains-name'],
      called('durand@ville'),
    ],
    ['a short part inside a word', 'Lelang-bleue', []],
    ['a short part as a word', 'Bleu-le-Ciel', ['contains-name']],
    ['a short part as a word, 3 for e', 'Bleu-l3-Ciel', ['contains-name']],
    ['a short part as a word, parted by !', 'Bleu!le!Ciel', ['contains-name']],
    ['a short name with @ for a', 'Bleu-@l-Ciel', ['contains-name'], called('Al Ko')],
    ['a short name inside a word', 'Balkon-Ciel', [], called('Al Ko')],
    ['a name of two signs in another script', '灯籠-Vert-李明', ['contains-name'], called('李明')],
    ['a name with a ligature', 'Vert-OEuvrard', ['contains-name'], called('Œuvrard')],
    ['a name with a sharp s', 'Vert-weiss', ['contains-name'], called('Weiß')],
    ['a name with a stroke', 'Vert-soren', ['contains-name'], called('Søren')],
    ['a name with an apostrophe', 'Vert-Arcole', ['contains-name'], called('Jeanne d’Arcole')],
    ['no name at all', 'Lanterne-verte', [], called('', ' - ')],

    [
      'everything at once',
      'zoe',
      ['too-short', 'no-upper-case', 'no-special-character', 'contains-name'],
    ],
    ['town and name', 'Zoé-de-Drancy', ['contains-town', 'contains-name']],
  ])('%s', (_name, password, faults, other = {}) => {
    expect(passwordFaults(password, { ...context, ...other })).toEqual(faults);
  });
});

describe('a common password', () => {
  const common = foldedWords(['password', 'soleil', 'azerty', 'password1', 'abc', '$$$$']);

  it.each([
    ['as it is', 'soleil', true],
    ['in other case', 'SoLeiL', true],
    ['with an accent', 'Soléil', true],
    ['with look-alikes', 'P@ssw0rd', true],
    ['with a year after it', 'Soleil-2026', true],
    ['with signs on both sides', '!!Azerty123', true],
    ['with a sign for its first letter', '$oleil!93', true],
    ['with separators', 'So-le-il', true],
    ['with a look-alike at the end', 'Password1!', true],
    ['with many signs after it', 'Soleil-82640173', false],
    ['within a sentence', 'Soleil-vert-du-nord', false],
    ['twice', 'Soleil-Azerty', false],
    ['too short to say anything', 'Abc-2026', false],
    ['of signs that stand for letters', '$$$$-2026', true],
    ['that is none', 'Lanterne-verte9', false],
    ['nothing', '', false],
  ])('%s', (_name, password, isCommon) => {
    expect(isCommonPassword(password, common)).toBe(isCommon);
  });
});

describe('the bits of a password', () => {
  it.each([
    { password: '', bits: 0 },
    { password: 'hqzwmxkt', bits: 38 },
    { password: 'Hqzwmxkt', bits: 46 },
    { password: 'Hqzw-mxk', bits: 51 },
    { password: 'Hqzw-mxk7rvb', bits: 79 },
    { password: 'Hqzw-mxk7rvbdpfj', bits: 105 },
    { password: 'aaaaaaaa', bits: 12 },
    { password: 'abcdefgh', bits: 15 },
    { password: '87654321', bits: 13 },
  ])('$password has at most $bits', ({ password, bits }) => {
    expect(passwordBits(password)).toBe(bits);
  });

  it('are weak below 50, enough up to 80, then strong', () => {
    expect([49, 50, 79, 80].map(passwordStrength)).toEqual(['weak', 'enough', 'enough', 'strong']);
  });
});
