import type { ErrorCode } from '@vigie/contracts/errors';

/** What better-auth refused, in our words: the code of the error and what it says. */
export interface Refusal {
  code: ErrorCode;
  text: string;
}

const wrongCredentials: Refusal = {
  code: 'accounts/wrong-credentials',
  text: 'User name or password is wrong.',
};
const expired: Refusal = {
  code: 'accounts/code-expired',
  text: 'The time for the code is over, or it was wrong too often. Sign in again.',
};

/** By better-auth's own code. */
const refusals: Readonly<Record<string, Refusal>> = {
  INVALID_USERNAME_OR_PASSWORD: wrongCredentials,
  INVALID_USERNAME: wrongCredentials,
  INVALID_PASSWORD: wrongCredentials,
  INVALID_CODE: {
    code: 'accounts/wrong-code',
    text: 'The code is wrong. Compare the clock of the telephone with the right time, and take the newest code.',
  },
  INVALID_BACKUP_CODE: {
    code: 'accounts/wrong-code',
    text: 'This is none of the backup codes, or it was used before.',
  },
  INVALID_TWO_FACTOR_COOKIE: expired,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: expired,
  DIRECTORY_AWAY: {
    code: 'accounts/directory-away',
    text: 'The directory of the town does not answer. Try again later.',
  },
  TOTP_ALREADY_ENABLED: {
    code: 'accounts/second-factor-exists',
    text: 'There is a second factor already. Remove it first.',
  },
  TOTP_NOT_ENABLED: {
    code: 'accounts/code-expired',
    text: 'Begin to set up the second factor anew.',
  },
};

/** Our words for an answer of better-auth. `code` undefined: it gave none. */
export function refusalOf(status: number, code: string | undefined): Refusal {
  const known = refusals[code ?? ''];
  if (known) return known;
  if (status === 401 || status === 422) return wrongCredentials;
  return {
    code: 'input/invalid',
    text: 'The request was refused. Open this page from its own address.',
  };
}
