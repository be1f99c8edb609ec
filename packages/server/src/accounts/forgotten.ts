import type { Account } from '@vigie/contracts/accounts';

/**
 * `true` when nobody may go on by what the directory once said: it refused the person since, or has not spoken of him for
 * longer than `graceMs`.
 */
export function isForgotten(
  { directory }: Pick<Account, 'directory'>,
  now: Date,
  graceMs: number,
): boolean {
  if (directory === null) return false;
  return directory.refusal !== null || now.getTime() - Date.parse(directory.checkedAt) > graceMs;
}

/** `true` when somebody of the OpenID provider, which tells nobody that he left, must show there again who he is. */
export const mustReturn = (
  { provider }: Pick<Account, 'provider'>,
  signedInAt: Date,
  { now, sessionMs }: { now: Date; sessionMs: number },
): boolean => provider !== null && now.getTime() - signedInAt.getTime() > sessionMs;
