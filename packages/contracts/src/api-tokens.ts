import * as z from 'zod';
import { Permission, Scope } from './accounts.ts';
import { Instant } from './time.ts';

/**
 * Rights that a token may bear. Not those for which a person answers: making accounts, looking at people clearly, ending an
 * alarm, saying what was seen in an incident, signing its report, planning a drill.
 */
export const TokenPermission = Permission.exclude([
  'accounts.write',
  'cameras.view-clear',
  'alarm.end',
  'incidents.note',
  'incidents.sign',
  'drills.plan',
]);
export type TokenPermission = z.infer<typeof TokenPermission>;

/** Body of `POST /api/v1/tokens`. */
export const NewApiToken = z.object({
  name: z.string().trim().min(1).max(80).describe('What it is for'),
  permissions: z.array(TokenPermission).min(1),
  scope: Scope,
  expiresInDays: z.int().min(1).max(366).default(90),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

/** One line of `GET /api/v1/tokens`. The token itself is never shown again. */
export const ApiToken = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.array(TokenPermission),
  scope: Scope,
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.nullable().describe('To the minute; null: never'),
});
export type ApiToken = z.infer<typeof ApiToken>;

/** Answer to `POST /api/v1/tokens`: `token` goes into `Authorization: Bearer`, and is shown this once. */
export const ApiTokenWithKey = ApiToken.extend({ token: z.string() });
export type ApiTokenWithKey = z.infer<typeof ApiTokenWithKey>;
