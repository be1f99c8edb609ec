/** A group of the directory. */
export interface DirectoryGroup {
  dn: string;
  /** `sAMAccountName`, or `cn` where the directory knows none. */
  name: string;
}

/** A walk that found more groups than this is a mistake, and nobody gets rights from half of one. */
const mostGroups = 2000;

/**
 * All groups above some, for directories that do not follow the chain themselves: level by level, each group once, so that
 * groups in a circle end it, too. `parentsOf` gives those that name any of the given as a member; `keyOf` makes
 * distinguished names that mean the same equal.
 * @throws RangeError beyond 2000 groups.
 */
export async function groupsAbove(
  start: readonly string[],
  parentsOf: (dns: readonly string[]) => Promise<DirectoryGroup[]>,
  keyOf: (dn: string) => string,
): Promise<DirectoryGroup[]> {
  /** by key of the distinguished name */
  const seen = new Map<string, DirectoryGroup>();
  let level = start;
  while (level.length > 0) {
    const found = await parentsOf(level);
    const fresh = found.filter(({ dn }) => !seen.has(keyOf(dn)));
    for (const group of fresh) seen.set(keyOf(group.dn), group);
    if (seen.size > mostGroups)
      throw new RangeError(`more than ${mostGroups} groups above ${start.join('; ')}`);
    level = fresh.map(({ dn }) => dn);
  }
  return [...seen.values()];
}
