import { lt } from 'drizzle-orm';
import { type OldData, oldRows } from '../platform/old-data.ts';
import { sessions } from './accounts.tables.ts';

/** What this feature deletes when it is old: who was signed in, from where. */
export const accountsOldData: readonly OldData[] = [
  oldRows('sign-ins', sessions, { isOld: (until) => lt(sessions.expiresAt, until) }),
];
