import type { PersonDataKind } from '@vigie/contracts/persons';
import { or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

/** By what a person is named in rows. Without an account all three are what was asked for. */
export interface PersonKeys {
  /** `undefined`: there is no account. */
  accountId: string | undefined;
  username: string;
  name: string;
  /** Mail address or telephone number. */
  address: string;
}

/** One kind of data about people that a feature holds. */
export interface PersonData {
  kind: PersonDataKind;
  /** As stored, without passwords and keys. */
  list(person: PersonKeys, db: Database): Promise<Record<string, unknown>[]>;
  /**
   * Deletes the rows, or puts the pseudonym in the place of the person where the rows must stay. Returns how many; `undefined`: they
   * are in use, and stay until somebody changes them.
   */
  erase(person: PersonKeys, pseudonym: string, tx: Database): Promise<number | undefined>;
}

/** Which columns of a table name people, by which of their keys. */
interface NamingColumns {
  key: Exclude<keyof PersonKeys, 'accountId'>;
  columns: readonly PgColumn[];
  /** JSON in which a whole text is the person. */
  json?: readonly PgColumn[];
  /** Free text about it, which goes. */
  blank?: readonly PgColumn[];
}

/** Rows that stay: the pseudonym takes the place of the person. */
export const namedRows = (
  kind: PersonDataKind,
  table: PgTable,
  { key, columns, json = [], blank = [] }: NamingColumns,
): PersonData => {
  const naming = (text: string): SQL | undefined =>
    or(
      ...columns.map((column) => sql`lower(${column}) = lower(${text})`),
      ...json.map((column) => sql`position(${JSON.stringify(text)} in ${column}::text) > 0`),
    );
  return {
    kind,
    list: async (person, db) => db.select().from(table).where(naming(person[key])),
    erase: async (person, pseudonym, tx) => {
      const before = person[key];
      const [from, to] = [JSON.stringify(before), JSON.stringify(pseudonym)];
      const changes = [
        ...columns.map((column) => [
          column,
          sql`case when lower(${column}) = lower(${before}) then ${pseudonym} else ${column} end`,
        ]),
        ...json.map((column) => [column, sql`replace(${column}::text, ${from}, ${to})::jsonb`]),
        ...blank.map((column) => [column, sql`''`]),
      ] as [PgColumn, SQL][];
      const sets = sql.join(
        changes.map(([column, value]) => sql`${sql.identifier(column.name)} = ${value}`),
        sql`, `,
      );
      const done = await tx.execute(sql`UPDATE ${table} SET ${sets} WHERE ${naming(before)}`);
      return done.rowCount ?? 0;
    },
  };
};

/** Rows that go. `isAbout` picks those of the person; `undefined`: there are none. */
export const ownRows = (
  kind: PersonDataKind,
  table: PgTable,
  isAbout: (person: PersonKeys) => SQL | undefined,
): PersonData => ({
  kind,
  list: async (person, db) => {
    const about = isAbout(person);
    return about ? db.select().from(table).where(about) : [];
  },
  erase: async (person, _pseudonym, tx) => {
    const about = isAbout(person);
    return about ? ((await tx.delete(table).where(about)).rowCount ?? 0) : 0;
  },
});
