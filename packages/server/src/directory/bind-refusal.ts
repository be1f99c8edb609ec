import type { DirectoryRefusal } from '@vigie/contracts/directory-refusal';

/** Source: Win32 error codes 1317, 1326, 1328, 1329, 1330, 1331, 1793, 1907, 1909 in hexadecimal. */
const reasons: Readonly<Record<string, DirectoryRefusal>> = {
  '525': 'unknown',
  '52e': 'wrong-password',
  '530': 'not-now',
  '531': 'not-here',
  '532': 'password-expired',
  '533': 'disabled',
  '701': 'expired',
  '773': 'must-change-password',
  '775': 'locked',
};

/**
 * Why Active Directory refused a bind with error 49, by the sub-code in its text (`…, data 52e, v4563`). A directory that
 * gives none says `wrong-password`; a code that nobody knows is `refused`.
 */
export function bindRefusalOf(text: string): {
  reason: DirectoryRefusal;
  subCode: string | undefined;
} {
  const subCode = /\bdata ([0-9a-f]+)\b/i.exec(text)?.[1]?.toLowerCase();
  if (subCode === undefined) return { reason: 'wrong-password', subCode };
  return { reason: reasons[subCode] ?? 'refused', subCode };
}
