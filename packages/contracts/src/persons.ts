import * as z from 'zod';
import { Instant } from './time.ts';

/** Where data of a person may lie. */
export const PersonDataKind = z.enum([
  'account',
  'sessions',
  'passkeys',
  'sign-in-attempts',
  'tokens-made',
  'log',
  'camera-views',
  'known-empties',
  'incidents',
  'wardens',
  'case-steps',
  'exemptions',
  'zone-rules',
  'directory-groups',
  'messages',
]);
export type PersonDataKind = z.infer<typeof PersonDataKind>;

/** Whom it is about: a user name, the whole name of an account or a warden, or a mail address or number, as it stands. */
export const PersonWish = z.object({ who: z.string().trim().min(2).max(200) });
export type PersonWish = z.infer<typeof PersonWish>;

/** Body of `POST /api/v1/persons/erasure`. */
export const PersonErasureWish = PersonWish.extend({
  reason: z.string().trim().min(10).max(500).describe('For the log; names nobody'),
});
export type PersonErasureWish = z.infer<typeof PersonErasureWish>;

/** The account of a person; null: there is none. */
const account = z.object({ id: z.string(), username: z.string(), name: z.string() }).nullable();

/** Answer to `POST /api/v1/persons/search`: how many rows of each kind name the person. Kinds without any are left out. */
export const PersonFound = z.object({
  account,
  parts: z.array(z.object({ kind: PersonDataKind, rows: z.int().positive() })),
});
export type PersonFound = z.infer<typeof PersonFound>;

/** Answer to `POST /api/v1/persons/export`: everything, as it is stored, without passwords and keys. Source: GDPR, article 15. */
export const PersonExport = z.object({
  at: Instant,
  who: z.string(),
  account,
  parts: z.array(
    z.object({ kind: PersonDataKind, rows: z.array(z.record(z.string(), z.unknown())) }),
  ),
});
export type PersonExport = z.infer<typeof PersonExport>;

/**
 * Answer to `POST /api/v1/persons/erasure`. What the law wants kept goes on under the pseudonym, which leads to nobody. `left`: what
 * is in use and a person must change.
 */
export const PersonErasure = z.object({
  pseudonym: z.string(),
  parts: z.array(z.object({ kind: PersonDataKind, rows: z.int().positive() })),
  left: z.array(PersonDataKind),
});
export type PersonErasure = z.infer<typeof PersonErasure>;
