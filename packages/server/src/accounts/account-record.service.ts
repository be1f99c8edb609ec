import type { Account } from '@vigie/contracts/accounts';
import type { Actor, AuditLog, AuditNote } from '../platform/audit.ts';
import type { Database } from '../platform/database.ts';

/** Puts on record, in the transaction of the act, what an account may do now, and what `more` says of the act. */
export const createAccountRecord =
  (audit: Pick<AuditLog, 'record'>) =>
  (act: AuditNote['act'], by: Actor) =>
  (account: Account, tx: Database, more: AuditNote['details'] = {}): Promise<void> => {
    const subject = `account:${account.id}`;
    const details = { ...rightsOf(account), ...more };
    return audit.record(
      { actor: by, act, subject, details, told: { subjectName: account.username } },
      tx,
    );
  };

/** Without naming whose rights they are. `zones`, `buildings` null: all. */
const rightsOf = ({ role, scope, isDisabled, directory }: Account) => ({
  role,
  zones: scope.zoneIds,
  buildings: scope.buildingIds,
  isDisabled,
  ...(directory ? { directoryRefusal: directory.refusal } : {}),
});

/** Two accounts with the same text may do the same. */
export const rightsText = (account: Account): string => JSON.stringify(rightsOf(account));
