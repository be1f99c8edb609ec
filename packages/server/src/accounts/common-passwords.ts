import { foldedWords, isCommonPassword } from '@vigie/contracts/password-policy';
import { dictionary } from '@zxcvbn-ts/language-common';

let words: ReadonlySet<string> | undefined;

/** Whether it is one of the 49,000 passwords that are used most, as leaks have shown, however disguised. */
export function isCommon(password: string): boolean {
  words ??= foldedWords(dictionary['passwords-common']);
  return isCommonPassword(password, words);
}
