import type { Duty, PersonRole, SecondFactorRule } from '@vigie/contracts/accounts';

/** What about an account decides on its duties. */
interface Holder {
  role: PersonRole;
  mustChangePassword: boolean;
  hasSecondFactor: boolean;
}

/** How somebody came in. */
export interface Entrance {
  /** The session has seen a passkey. */
  byPasskey: boolean;
  /** The OpenID provider vouched for two factors. */
  isVouched: boolean;
}

/** `true` when the account may not be without a second factor. */
export const mustKeepSecondFactor = (
  { role }: Pick<Holder, 'role'>,
  rule: SecondFactorRule,
): boolean => rule === 'everybody' || (rule === 'administrators' && role === 'administrator');

/**
 * What the person must do before anything else, in this order. A passkey, or what a provider vouches for, is a second factor of the
 * session that has seen it: who came in with the password alone has shown none yet.
 */
export function dutiesOf(
  holder: Holder,
  { byPasskey, isVouched }: Entrance,
  rule: SecondFactorRule,
): Duty[] {
  const hasShown = holder.hasSecondFactor || byPasskey || isVouched;
  const duties: [Duty, boolean][] = [
    ['password', holder.mustChangePassword],
    ['second-factor', mustKeepSecondFactor(holder, rule) && !hasShown],
  ];
  return duties.filter(([, isOpen]) => isOpen).map(([duty]) => duty);
}
