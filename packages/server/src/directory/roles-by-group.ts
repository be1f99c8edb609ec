import type { Scope } from '@vigie/contracts/accounts';
import type { DirectoryRights, GroupRole } from '@vigie/contracts/directory';
import type { DirectoryRefusal } from '@vigie/contracts/directory-refusal';
import { dnKey } from './account-names.ts';
import type { DirectoryGroup } from './group-walk.ts';

/** `true` when a line of the table means this group: by its name, or by its distinguished name. */
const means = (line: GroupRole, { dn, name }: DirectoryGroup): boolean =>
  line.group.toLowerCase() === name.toLowerCase() || dnKey(line.group) === dnKey(dn);

/**
 * What somebody in these groups may do. The first line of the table that holds gives the role; where further lines that hold
 * give the same role, their zones and buildings come to it. `undefined`: no line holds.
 */
function rightsOf(
  groups: readonly DirectoryGroup[],
  table: readonly GroupRole[],
): DirectoryRights | undefined {
  const holding = table.filter((line) => groups.some((group) => means(line, group)));
  const [first] = holding;
  if (!first) return undefined;
  const lines = holding.filter(({ role }) => role === first.role);
  return {
    role: first.role,
    scope: lines.map(({ scope }) => scope).reduce(both),
    by: lines.map(({ group }) => group),
  };
}

const both = (a: Scope, b: Scope): Scope => ({
  zoneIds: union(a.zoneIds, b.zoneIds),
  buildingIds: union(a.buildingIds, b.buildingIds),
});

/** null: all. */
const union = (a: string[] | null, b: string[] | null): string[] | null =>
  a === null || b === null ? null : [...new Set([...a, ...b])];

/** What a person gets, or why nothing. `end`: what the directory itself says against it. */
export function verdictOf(
  { groups, end }: { groups: readonly DirectoryGroup[]; end: DirectoryRefusal | undefined },
  table: readonly GroupRole[],
): { rights: DirectoryRights } | { refusal: DirectoryRefusal } {
  if (end !== undefined) return { refusal: end };
  const rights = rightsOf(groups, table);
  return rights ? { rights } : { refusal: 'no-group' };
}
