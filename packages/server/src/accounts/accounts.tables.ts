import type { GroupRole } from '@vigie/contracts/directory';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** People who sign in. Property names are those of better-auth's core schema; `role` is ours. */
export const users = pgTable('users', {
  id: text('id').primaryKey(),
  username: text('username').notNull().unique(),
  displayUsername: text('display_username'),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  role: text('role').notNull(),
  /** null: may sign in. */
  disabledAt: moment('disabled_at'),
  /** Somebody else drew the password. */
  mustChangePassword: boolean('must_change_password').notNull().default(false),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  /** What the role is limited to; null: all zones, all buildings. */
  zoneIds: text('zone_ids').array(),
  buildingIds: text('building_ids').array(),
  /** Who this is in the town's directory; null: a local account. */
  directoryId: text('directory_id').unique(),
  /** When the directory last said what it says of this person. */
  directoryCheckedAt: moment('directory_checked_at'),
  /** Why it then gave no rights; null: it gave some. */
  directoryRefusal: text('directory_refusal'),
  /** For whom of the OpenID provider the account is, in lower case; null: not for one of its people. */
  providerEmail: text('provider_email').unique(),
  providerInvitedAt: moment('provider_invited_at'),
  /** Who took the invitation: issuer, a space, subject; null: nobody yet. */
  providerPerson: text('provider_person').unique(),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const sessions = pgTable('sessions', {
  id: text('id').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  token: text('token').notNull().unique(),
  expiresAt: moment('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  /** It began with a passkey, or one was added in it: the person has shown more than a password. */
  byPasskey: boolean('by_passkey').notNull().default(false),
  /** The OpenID provider vouched for two factors when it began. */
  isVouched: boolean('is_vouched').notNull().default(false),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

/**
 * Ways to prove who one is; `credential` holds the hash of a local password, or `directory:` and the id of whom the directory
 * is to be asked about, or `provider:` and the id of an account into which only the OpenID provider lets, whose newest word is
 * `idToken`.
 */
export const authAccounts = pgTable('auth_accounts', {
  id: text('id').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: moment('access_token_expires_at'),
  refreshTokenExpiresAt: moment('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const verifications = pgTable('verifications', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

/**
 * Attempts to sign in, by address and the keyed digest of the user name as it was typed. Failed ones count for a day; the others say for 90 days which
 * addresses are familiar.
 */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    account: text('account').notNull(),
    address: text('address').notNull(),
    at: moment('at').notNull(),
    hasPassed: boolean('has_passed').notNull().default(false),
  },
  (table) => [
    index('sign_in_attempts_account').on(table.account, table.at),
    index('sign_in_attempts_address').on(table.address, table.at),
  ],
);

/** People who were sent to the OpenID provider and are awaited for some minutes, each once. */
export const pendingSignIns = pgTable('pending_sign_ins', {
  stateDigest: text('state_digest').primaryKey(),
  browserDigest: text('browser_digest').notNull(),
  nonce: text('nonce').notNull(),
  verifier: text('verifier').notNull(),
  returnTo: text('return_to').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/** Second factors; secret and backup codes are sealed by better-auth, whose property names these are. */
export const twoFactors = pgTable('two_factors', {
  id: text('id').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull().default(true),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: moment('locked_until'),
  /** Codes of the app that have opened, `CODE@MILLISECONDS`, while they are valid: each opens once. */
  usedCodes: text('used_codes').array().notNull().default([]),
});

/** Passkeys: public keys of authenticators. `credentialId` and `publicKey` (COSE) are base64url. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    credentialId: text('credential_id').notNull().unique(),
    publicKey: text('public_key').notNull(),
    /** How often it has signed, by its own count; 0: it does not count. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    createdAt: moment('created_at').notNull(),
    lastUsedAt: moment('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
);

/** What authenticators are to sign, each once. `userId` null: whoever signs in. */
export const passkeyChallenges = pgTable('passkey_challenges', {
  challenge: text('challenge').primaryKey(),
  userId: text('user_id').references(() => users.id, { onDelete: 'cascade' }),
  expiresAt: moment('expires_at').notNull(),
});

/** Tokens of programs, as digests of what was shown once. `zoneIds`, `buildingIds` null: all. */
export const apiTokens = pgTable('api_tokens', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  digest: text('digest').notNull().unique(),
  permissions: text('permissions').array().notNull(),
  zoneIds: text('zone_ids').array(),
  buildingIds: text('building_ids').array(),
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  lastUsedAt: moment('last_used_at'),
});

/** Each table from groups of the directory to roles that was ever in force; the newest version is. */
export const directoryGroups = pgTable('directory_groups', {
  version: integer('version').primaryKey(),
  groups: jsonb('groups').$type<GroupRole[]>().notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: moment('changed_at').notNull(),
});
