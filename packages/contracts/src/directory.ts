import * as z from 'zod';
import { PersonRole, Scope } from './accounts.ts';
import { DirectoryRefusal } from './directory-refusal.ts';
import { Instant } from './time.ts';

/**
 * One line of the table from groups of the directory to roles. `group`: its Windows name (`sAMAccountName`), or its
 * distinguished name where two have the same.
 */
export const GroupRole = z.object({
  group: z.string().trim().min(1).max(400),
  role: PersonRole,
  scope: Scope,
});
export type GroupRole = z.infer<typeof GroupRole>;

/** The table, most important line first. */
const groups = z.array(GroupRole).max(200);

/** `GET /api/v1/directory`. */
export const DirectoryView = z.object({
  isSet: z.boolean().describe('false: no directory is configured'),
  canLook: z.boolean().describe('true: a service account can look people up'),
  servers: z.array(z.string()),
  groups,
  version: z.int().nonnegative().describe('Of the table; 0: nobody has written one'),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
  refreshedAt: Instant.nullable().describe('When those who are signed in were last compared'),
  failure: z.string().nullable().describe('Why the last comparison failed; null: it did not'),
});
export type DirectoryView = z.infer<typeof DirectoryView>;

/** Body of `PUT /api/v1/directory/groups`; `version` is that of the table it was made from. */
export const GroupRolesChange = z.object({ version: z.int().nonnegative(), groups });
export type GroupRolesChange = z.infer<typeof GroupRolesChange>;

/** What a person of the directory may do here; `by`: the groups that say so. */
export const DirectoryRights = z.object({
  role: PersonRole,
  scope: Scope,
  by: z.array(z.string()),
});
export type DirectoryRights = z.infer<typeof DirectoryRights>;

/** Body of `POST /api/v1/directory/checks`. */
export const DirectoryQuestion = z.object({ username: z.string().trim().min(1).max(200) });
export type DirectoryQuestion = z.infer<typeof DirectoryQuestion>;

/** What would happen if this person signed in with the right password. */
export const DirectoryCheck = z.object({
  username: z.string(),
  dn: z.string().nullable().describe('null: not found'),
  name: z.string().nullable(),
  groups: z.array(z.string()).describe('All of them, nested ones too, by name'),
  rights: DirectoryRights.nullable().describe('null: refused'),
  refusal: DirectoryRefusal.nullable(),
});
export type DirectoryCheck = z.infer<typeof DirectoryCheck>;

/** Body of `POST /api/v1/directory/previews`: a table that is not yet in force. */
export const DirectoryPreviewQuestion = z.object({ groups });
export type DirectoryPreviewQuestion = z.infer<typeof DirectoryPreviewQuestion>;

/** Who would get what by a table, by name. */
export const DirectoryPreview = z.object({
  people: z.array(DirectoryCheck.omit({ dn: true, groups: true })),
  unknownGroups: z
    .array(z.string())
    .describe('Groups of the table that the directory does not have'),
  isCut: z.boolean().describe('true: there are more people than are listed'),
});
export type DirectoryPreview = z.infer<typeof DirectoryPreview>;
