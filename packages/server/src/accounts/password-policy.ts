/** A rule of the town's password policy that a password breaks. */
export type PasswordFault =
  | 'too-short'
  | 'no-upper-case'
  | 'no-lower-case'
  | 'no-special-character'
  | 'contains-town'
  | 'contains-name';

/** What the policy looks at. `minLength` counts characters. */
export interface PasswordContext {
  town: string;
  names: readonly string[];
  minLength: number;
}

/** Rules that the password breaks, in a fixed order; empty when it is good. The password is never echoed. */
export function passwordFaults(password: string, context: PasswordContext): PasswordFault[] {
  const faults: [PasswordFault, boolean][] = [
    ['too-short', [...password].length < context.minLength],
    ['no-upper-case', !/\p{Lu}/u.test(password)],
    ['no-lower-case', !/\p{Ll}/u.test(password)],
    ['no-special-character', !/[^\p{L}\p{N}\s]/u.test(password)],
    ['contains-town', contains(password, context.town)],
    [
      'contains-name',
      context.names.some((name) => nameParts(name).some((part) => contains(password, part))),
    ],
  ];
  return faults.filter(([, isBroken]) => isBroken).map(([fault]) => fault);
}

const nameParts = (name: string): string[] =>
  name.split(/[\s'’-]+/u).filter((part) => part.length > 0);

/** Parts below 3 letters count as whole words only, or nearly every password would hold one. */
function contains(password: string, word: string): boolean {
  const wanted = folded(word);
  if (wanted.length === 0) return false;
  if (wanted.length >= 3) return folded(password).includes(wanted);
  return password.split(/[^\p{L}\p{N}]+/u).some((part) => folded(part) === wanted);
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
};

/** Without accents, case and separators, look-alikes made equal. */
const folded = (text: string): string =>
  [...text.normalize('NFKD').toLowerCase()]
    .map((character) => lookAlikes[character] ?? character)
    .filter((character) => /[\p{L}\p{N}]/u.test(character))
    .join('');
