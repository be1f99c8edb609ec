import * as z from 'zod';
import { Instant } from './time.ts';

/** What somebody did. Of `change` and `export` the details name the route. */
export const AuditAct = z.enum([
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'password-changed',
  'second-factor-set',
  'second-factor-removed',
  'backup-codes-renewed',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'session-ended',
  'account-made',
  'account-changed',
  'account-reset',
  'account-linked',
  'token-made',
  'token-revoked',
  'view-begun',
  'view-ended',
  'picture-tried',
  'alarm',
  'change',
  'export',
  'data-deleted',
  'log-cut',
  'person-exported',
  'person-erased',
  'model-installed',
  'model-trusted',
  'model-failed',
  'model-removed',
  'key-renewed',
]);
export type AuditAct = z.infer<typeof AuditAct>;

/** A value that reads the same before and after it was stored. */
const Detail = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

/** What is told of people beside the hash: the name of the actor, his address, his reason, the name of whom it was about. */
export const PrivateKey = z.enum(['actorName', 'address', 'reason', 'subjectName']);
export type PrivateKey = z.infer<typeof PrivateKey>;

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What is hashed of one row. It names nobody: `actor` and `subject` are `kind:id`, `commitments` bind what is told beside.
 * `seq` counts from 1 without gaps.
 */
export const AuditEntry = z.object({
  seq: z.int().positive(),
  at: Instant,
  actor: z.string().describe('account:ID, program:ID, system or nobody'),
  act: AuditAct,
  subject: z.string().describe('kind:ID, or empty'),
  details: z.record(z.string(), Detail),
  commitments: z.partialRecord(PrivateKey, Digest).describe('SHA-256 of salt and value'),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** One row of the log. What was told of an erased person is missing from `told`; its commitment stays. */
export const AuditRow = AuditEntry.extend({
  previous: Digest.describe('Hash of the row before; zeros at the first'),
  hash: Digest,
  told: z.partialRecord(PrivateKey, z.object({ value: z.string(), salt: z.string() })),
});
export type AuditRow = z.infer<typeof AuditRow>;

/** Query of `GET /api/v1/audit`. Rows that fulfil all of it. */
export const AuditQuery = z.object({
  who: z.string().max(80).optional().describe('Part of a name, or an actor as it stands'),
  act: AuditAct.optional(),
  subject: z.string().max(200).optional().describe('Part of the subject'),
  from: Instant.optional(),
  until: Instant.optional().describe('Rows before it'),
  before: z.coerce.number().int().positive().optional().describe('Rows with a smaller seq'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** `GET /api/v1/audit`: newest first. */
export const AuditPage = z.object({
  rows: z.array(AuditRow),
  head: z.object({ seq: z.int().nonnegative(), hash: z.string() }),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** What is wrong with a row, or with a gap that ends at `seq`. */
export const AuditFault = z.object({
  seq: z.int().nonnegative(),
  kind: z.enum([
    'altered',
    'removed',
    'out-of-order',
    'unlinked',
    'told-altered',
    'told-removed',
    'beginning-removed',
    'head-missing',
  ]),
  text: z.string(),
});
export type AuditFault = z.infer<typeof AuditFault>;

/** Answer to `POST /api/v1/audit/verification`: every row was read. `faults`: the first 100. */
export const AuditVerification = z.object({
  at: Instant,
  rows: z.int().nonnegative(),
  first: z.int().nonnegative(),
  head: z.object({ seq: z.int().nonnegative(), hash: z.string() }),
  faults: z.array(AuditFault),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

/** Body of `POST /api/v1/audit/verification`. `head`: a hash that was written down earlier and must be in the log. */
export const AuditVerificationWish = z.object({ head: Digest.optional() });
export type AuditVerificationWish = z.infer<typeof AuditVerificationWish>;
