/** The town's domain in the directory. */
interface Domain {
  /** As in `ville.example`. */
  domain: string;
}

/**
 * The one name by which the directory knows who typed this: `anna`, `ANNA`, `anna@ville.example` and `VILLE\anna` are the
 * same person, so that four ways to type do not give four times as many guesses. `undefined`: no name of this domain.
 * Letters without accents only: a directory takes é for e, and would count the guesses for both.
 */
export function accountNameOf(typed: string, { domain }: Domain): string | undefined {
  const given = typed.trim().toLowerCase();
  const [shortDomain] = domain.toLowerCase().split('.');
  const [, before, name, after] = /^(?:([^\\@]+)\\)?([^\\@]+)(?:@([^\\@]+))?$/.exec(given) ?? [];
  if (name === undefined || (before !== undefined && before !== shortDomain)) return undefined;
  if (after !== undefined && after !== domain.toLowerCase()) return undefined;
  return /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9_-])?$/.test(name) ? name : undefined;
}

/** The distinguished name under which the whole domain lies: `DC=ville,DC=example`. */
export const baseOf = (domain: string): string =>
  domain
    .split('.')
    .map((part) => `DC=${part}`)
    .join(',');

/** Distinguished names that mean the same have the same key. Source: RFC 4514; directories compare without case. */
export const dnKey = (dn: string): string =>
  dn
    .replace(/\\([^0-9a-f])/gi, (_all, sign: string) => `\\${sign.charCodeAt(0).toString(16)}`)
    // Spaces in a row mean one; thousands of them would keep the next line busy for seconds.
    .replace(/\s+/g, ' ')
    .replace(/ ?([,=+]) ?/g, '$1')
    .trim()
    .toLowerCase();
