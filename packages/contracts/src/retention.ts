import * as z from 'zod';
import { Instant } from './time.ts';

/** A kind of data that is deleted when it is old. */
export const RetentionKind = z.enum([
  'incidents',
  'camera-views',
  'known-empties',
  'parking-events',
  'cases',
  'stays',
  'messages',
  'sign-ins',
  'audit',
]);
export type RetentionKind = z.infer<typeof RetentionKind>;

/** What was deleted: every row of a kind that was older than `until`. */
export const Deletion = z.object({
  at: Instant,
  kind: RetentionKind,
  until: Instant,
  rows: z.int().nonnegative(),
});
export type Deletion = z.infer<typeof Deletion>;

/** How long one kind is kept, and what is over that now. */
export const RetentionRule = z.object({
  kind: RetentionKind,
  days: z.int().nonnegative().describe('0: kept for ever'),
  until: Instant.nullable().describe('What is older than this goes next; null: nothing does'),
  rows: z.int().nonnegative().describe('So many rows go next'),
  lastDeletion: Deletion.nullable().describe('null: none yet'),
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** `GET /api/v1/retention`: the rules and the last deletions, newest first. */
export const Retention = z.object({
  rules: z.array(RetentionRule),
  deletions: z.array(Deletion),
});
export type Retention = z.infer<typeof Retention>;
