import type { PersonRole } from './accounts.ts';

/** A rule of the town's password policy that a password breaks. */
export type PasswordFault =
  | 'too-short'
  | 'too-long'
  | 'no-upper-case'
  | 'no-lower-case'
  | 'no-special-character'
  | 'contains-town'
  | 'contains-name';

/** What the policy looks at: the town, what the account is called, the shortest length in characters. */
export interface PasswordContext {
  town: string;
  names: readonly string[];
  minLength: number;
}

/** Longest password, in characters: hashing a longer one would cost the server, and nobody's safety gains by it. */
export const longestPassword = 128;

/** Length to advise to a role. Source: ANSSI, recommendations on passwords: 12 for people, 16 for administrators. */
export const advisedLength = (role: PersonRole): number => (role === 'administrator' ? 16 : 12);

/** Rules that the password breaks, in a fixed order; empty when it is good. The password is never echoed. */
export function passwordFaults(password: string, context: PasswordContext): PasswordFault[] {
  const length = lengthOf(password);
  const faults: [PasswordFault, boolean][] = [
    ['too-short', length < context.minLength],
    ['too-long', length > longestPassword],
    ['no-upper-case', !/\p{Lu}/u.test(password)],
    ['no-lower-case', !/\p{Ll}/u.test(password)],
    ['no-special-character', !/[^\p{L}\p{M}\p{N}\s]/u.test(password)],
    ['contains-town', contains(password, context.town)],
    ['contains-name', context.names.flatMap(nameParts).some((part) => contains(password, part))],
  ];
  return faults.filter(([, isBroken]) => isBroken).map(([fault]) => fault);
}

/** Words as `isCommonPassword` compares them. */
export const foldedWords = (words: Iterable<string>): ReadonlySet<string> =>
  new Set([...words].map(folded).filter((word) => word.length >= 4));

/** So many signs around a common password make no other one of it: `Soleil-2026`. */
const mostAround = 6;

/** What is left without the signs at both ends; in the second one, signs that stand for letters stay. */
const cores = [/\p{L}.*\p{L}/su, /[\p{L}@$€].*[\p{L}@$€]/su];

/**
 * Whether it is one of the passwords that everybody tries, disguised too: in other case, with accents or look-alikes, with a
 * few signs before or after it. `common`: see `foldedWords`.
 */
export function isCommonPassword(password: string, common: ReadonlySet<string>): boolean {
  const texts = cores.map((core) => core.exec(password)?.[0] ?? '');
  return [password, ...texts].some(
    (text) => lengthOf(password) - lengthOf(text) <= mostAround && common.has(folded(text)),
  );
}

/** Letters with an accent count once, however they are written. */
const lengthOf = (password: string): number => [...password.normalize('NFC')].length;

const nameParts = (name: string): string[] =>
  name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((part) => part.length > 0);

/** Parts below 3 letters count as whole words only, or nearly every password would hold one. */
function contains(password: string, word: string): boolean {
  const wanted = folded(word);
  if (wanted.length === 0) return false;
  if (wanted.length >= 3) return folded(password).includes(wanted);
  // `@` parts words, and also stands for a letter: both are tried.
  return [/[^\p{L}\p{M}\p{N}]+/u, /[^\p{L}\p{M}\p{N}@$€!|]+/u].some((between) =>
    password.split(between).some((part) => folded(part) === wanted),
  );
}

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  l: 'i',
  '!': 'i',
  '|': 'i',
  '3': 'e',
  '€': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'i',
  ı: 'i',
};

/** Without accents, case and separators, look-alikes made equal. */
const folded = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase()]
    .map((character) => lookAlikes[character] ?? character)
    .filter((character) => /^[\p{L}\p{N}]+$/u.test(character))
    .join('');

/** Signs to choose from, by kind. Source: CNIL, deliberation 2022-100, guide to its measure. Other scripts: as letters. */
const alphabets: readonly [kind: RegExp, size: number][] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{N}/u, 10],
  [/[^\p{L}\p{N}]/u, 32],
];

/**
 * Bits of a password, at most: its length times log2 of the signs to choose from, as if each sign had been drawn at random. A
 * sign that only repeats the one before, or goes on counting (`aaa`, `123`, `cba`), counts one bit. Words that a dictionary
 * holds are not looked for, so a sentence has fewer than this. Source: CNIL, deliberation 2022-100 of 21 July 2022.
 */
export function passwordBits(password: string): number {
  const signs = [...password.normalize('NFC')];
  const size = alphabets.reduce((sum, [kind, n]) => sum + (kind.test(password) ? n : 0), 0);
  const steps = signs.map((sign, i) => codeOf(sign) - codeOf(signs[i - 1] ?? ''));
  const bits = steps.map((step, i) => {
    const isExpected = i > 0 && (step === 0 || (Math.abs(step) === 1 && steps[i - 1] === step));
    return isExpected ? 1 : Math.log2(size);
  });
  return Math.round(bits.reduce((sum, one) => sum + one, 0));
}

const codeOf = (sign: string): number => sign.toLowerCase().codePointAt(0) ?? Number.NaN;

/** What the bits are worth. Source: CNIL, deliberation 2022-100: 50 bits where attempts are limited, as here; 80 without. */
export function passwordStrength(bits: number): 'weak' | 'enough' | 'strong' {
  if (bits < 50) return 'weak';
  return bits < 80 ? 'enough' : 'strong';
}
