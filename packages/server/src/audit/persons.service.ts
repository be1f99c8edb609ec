import type { PersonErasure, PersonExport, PersonFound } from '@vigie/contracts/persons';
import type { Actor, AuditLog } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { Conflict, NotFound } from '../platform/errors.ts';
import type { PersonData, PersonKeys } from '../platform/person-data.ts';
import type { AuditService } from './audit.service.ts';

type Account = NonNullable<PersonFound['account']>;

interface PersonsDeps {
  db: Database;
  audit: Pick<AuditService, 'erase' | 'listAbout'> & Pick<AuditLog, 'write'>;
  /** Of every feature; the account last. */
  parts: readonly PersonData[];
  accounts: {
    find(who: string, db: Database): Promise<Account[]>;
    /** @throws Conflict when nobody would administer. */
    requireAdministrators(tx: Database): Promise<void>;
  };
  clock: Clock;
  newPseudonym: () => string;
}

export type PersonsService = ReturnType<typeof createPersonsService>;

/** What is held about one person: found, handed over, erased. Source: GDPR, articles 15 and 17. */
export function createPersonsService({ db, audit, parts, accounts, ...deps }: PersonsDeps) {
  async function keysOf(who: string, tx: Database = db) {
    const found = await accounts.find(who, tx);
    if (found.length > 1)
      throw new Conflict(
        'audit/person-ambiguous',
        `Several accounts are called ${who}. Give the user name: ${found.map(({ username }) => username).join(', ')}.`,
      );
    const account = found[0] ?? null;
    const { username = who, name = who } = account ?? {};
    const keys: PersonKeys = { accountId: account?.id, username, name, address: who };
    return { account, keys };
  }

  const subjectOf = (account: Account | null) => (account ? `account:${account.id}` : '');
  const loggedAs = (account: Account | null, who: string) =>
    account ? { id: subjectOf(account) } : { name: who };

  async function collect({ account, keys }: Awaited<ReturnType<typeof keysOf>>) {
    const all = new Map<PersonData['kind'], Record<string, unknown>[]>();
    const add = (kind: PersonData['kind'], rows: Record<string, unknown>[]) => {
      if (rows.length > 0) all.set(kind, [...(all.get(kind) ?? []), ...rows]);
    };
    for (const part of parts) add(part.kind, await part.list(keys, db));
    add('log', await audit.listAbout(loggedAs(account, keys.address)));
    return [...all].map(([kind, rows]) => ({ kind, rows }));
  }

  async function eraseParts(keys: PersonKeys, pseudonym: string, tx: Database) {
    const done = new Map<PersonData['kind'], number>();
    const left = new Set<PersonData['kind']>();
    for (const { kind, list, erase } of parts) {
      const rows = await erase(keys, pseudonym, tx);
      if (rows) done.set(kind, (done.get(kind) ?? 0) + rows);
      if (rows === undefined && (await list(keys, tx)).length > 0) left.add(kind);
    }
    return { done, left };
  }

  return {
    search: async (who: string): Promise<PersonFound> => {
      const person = await keysOf(who);
      const found = await collect(person);
      return {
        account: person.account,
        parts: found.map(({ kind, rows }) => ({ kind, rows: rows.length })),
      };
    },

    /** @throws NotFound when nothing names the person. */
    exportAll: async (who: string, actor: Actor): Promise<PersonExport> => {
      const person = await keysOf(who);
      const found = await collect(person);
      if (found.length === 0) throw nobody(who);
      const { account } = person;
      const subject = subjectOf(account);
      const told = account ? { subjectName: account.username } : {};
      await audit.write({ actor, act: 'person-exported', subject, told });
      const asJson = JSON.parse(JSON.stringify(found)) as PersonExport['parts'];
      return { at: deps.clock.now().toISOString(), who, account, parts: asJson };
    },

    /** All of it or nothing. @throws NotFound; Conflict for the last administrator, and where a name means several. */
    erase: async (
      { who, reason }: { who: string; reason: string },
      actor: Actor,
    ): Promise<PersonErasure> =>
      db.transaction(async (tx) => {
        const { account, keys } = await keysOf(who, tx);
        const pseudonym = deps.newPseudonym();
        const { done, left } = await eraseParts(keys, pseudonym, tx);
        if (account) await accounts.requireAdministrators(tx);
        const note = { actor, details: { pseudonym }, told: { reason } };
        const rows = await audit.erase(loggedAs(account, who), note, tx);
        if (rows > 0) done.set('log', rows);
        if (done.size === 0 && left.size === 0) throw nobody(who);
        return {
          pseudonym,
          parts: [...done].map(([kind, rows]) => ({ kind, rows })),
          left: [...left],
        };
      }),
  };
}

const nobody = (who: string): NotFound =>
  new NotFound(
    'audit/person-unknown',
    `Nothing here names ${who}. Give the user name, the whole name or the mail address as it stands.`,
  );
