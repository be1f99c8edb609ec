import type { DirectoryRefusal } from '@vigie/contracts/directory-refusal';

/** What a directory says of an account; `undefined`: it says nothing of that. */
export interface AccountFlags {
  /** `userAccountControl`, bits. */
  control?: number | undefined;
  /** `msDS-User-Account-Control-Computed`, bits that the directory works out itself. */
  computed?: number | undefined;
  /** `accountExpires`, in 100 ns since 1601. */
  expires?: bigint | undefined;
  /** `pwdLastSet`, in 100 ns since 1601; 0: to be changed at the next sign-in. */
  passwordSet?: bigint | undefined;
  /** `lockoutTime`, in 100 ns since 1601; 0: not locked. */
  lockedAt?: bigint | undefined;
}

/** Source: MS-ADTS 2.2.16, userAccountControl Bits. */
const bits = {
  disabled: 0x2,
  locked: 0x10,
  passwordNeverExpires: 0x10000,
  passwordExpired: 0x800000,
};

/** Between 1601 and 1970. */
const epochDifferenceMs = 11_644_473_600_000n;
const ticksPerMs = 10_000n;
/** `accountExpires` that means never; 0 does, too. Source: MS-ADA1, accountExpires. */
const never = 0x7fff_ffff_ffff_ffffn;

/** Milliseconds since 1970 of a time in 100 ns since 1601. */
const msOfFileTime = (ticks: bigint): number => Number(ticks / ticksPerMs - epochDifferenceMs);

/** What keeps an account from being used at all, also by whoever is in already; `undefined`: nothing. */
export function endOf(
  { control, expires }: AccountFlags,
  nowMs: number,
): DirectoryRefusal | undefined {
  if (has(control, bits.disabled)) return 'disabled';
  if (expires === undefined || expires === 0n || expires === never) return undefined;
  return msOfFileTime(expires) <= nowMs ? 'expired' : undefined;
}

/**
 * What keeps an account from signing in anew: that, and what ends no session. Somebody else's guesses lock an account, and
 * whoever stands in a burning building goes on reading the board.
 */
export function hindranceOf(flags: AccountFlags, nowMs: number): DirectoryRefusal | undefined {
  const { control, computed, passwordSet, lockedAt = 0n } = flags;
  const end = endOf(flags, nowMs);
  if (end) return end;
  if (computed === undefined ? lockedAt > 0n : has(computed, bits.locked)) return 'locked';
  if (has(control, bits.passwordNeverExpires)) return undefined;
  if (passwordSet === 0n) return 'must-change-password';
  return has(computed, bits.passwordExpired) ? 'password-expired' : undefined;
}

const has = (value: number | undefined, bit: number): boolean => ((value ?? 0) & bit) !== 0;
