/** What the doctor says of the directory. */
export interface Examined {
  isGood: boolean;
  text: string;
}

/** When Active Directory locks an account. */
export interface LockoutPolicy {
  /** Wrong passwords; 0: never. */
  attempts: number;
  /** It forgets them after so long without one. */
  windowMs: number;
}

const minuteMs = 60_000;
/** Vigie counts wrong passwords for so long. */
const countedMs = 30 * minuteMs;

/**
 * Whether Vigie stays below the lockout of the domain. `policy` undefined: the directory does not say; `counted`: the wrong
 * passwords that Vigie takes for too many.
 */
export function lockoutFinding(
  policy: LockoutPolicy | undefined,
  counted: number,
  servers: string,
): Examined {
  const text = `${servers} answer, the service account reads`;
  if (policy === undefined || policy.attempts === 0) return { isGood: true, text };
  const { attempts, windowMs } = policy;
  const domain = `the domain locks an account after ${attempts} wrong passwords within ${windowMs / minuteMs} min`;
  if (attempts < counted)
    return { isGood: false, text: `${domain}. Set VIGIE_LDAP_LOCKOUT to ${attempts}` };
  if (windowMs > countedMs)
    return {
      isGood: false,
      text: `${domain}, and Vigie counts for 30 min. Halve VIGIE_LDAP_LOCKOUT, or shorten the window of the domain`,
    };
  return { isGood: true, text: `${text}; ${domain}` };
}
