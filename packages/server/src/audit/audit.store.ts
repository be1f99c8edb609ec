import type { AuditQuery, AuditRow, PrivateKey } from '@vigie/contracts/audit';
import { chainStart } from '@vigie/contracts/audit-chain';
import { and, asc, desc, eq, gt, gte, ilike, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { auditRows } from './audit.tables.ts';

export type AuditStore = ReturnType<typeof createAuditStore>;

/** Somebody in the log: `id` as it stands there, `account:ID`; a stranger by what is told of him. */
export type LoggedPerson = { id: string } | { name: string };

/** Who had no account when he was refused. */
const namesStranger = (name: string): SQL | undefined =>
  and(
    eq(auditRows.subject, ''),
    sql`lower(${auditRows.told} -> 'subjectName' ->> 'value') = lower(${name})`,
  );

/** The last row of the log. `seq` 0: it is empty. */
interface Head {
  seq: number;
  hash: string;
}

/** Rows of the log, as they stand in the database. */
export function createAuditStore(db: Database) {
  const findHead = async (tx: Database = db): Promise<Head> => {
    const [row] = await tx
      .select({ seq: auditRows.seq, hash: auditRows.hash })
      .from(auditRows)
      .orderBy(desc(auditRows.seq))
      .limit(1);
    return row ?? { seq: 0, hash: chainStart };
  };

  return {
    transaction: <T>(work: (tx: Database) => Promise<T>): Promise<T> => db.transaction(work),

    /** One writer at a time, over all servers, until the end of `tx`: so there are neither gaps nor forks. */
    lockHead: async (tx: Database): Promise<Head> => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('vigie.audit'))`);
      return findHead(tx);
    },
    findHead,
    add: async ({ at, ...row }: AuditRow, tx: Database): Promise<void> => {
      await tx.insert(auditRows).values({ ...row, at: new Date(at) });
    },

    /** Newest first. */
    list: async ({ limit, ...wish }: AuditQuery): Promise<AuditRow[]> => {
      const rows = await db
        .select()
        .from(auditRows)
        .where(matching(wish))
        .orderBy(desc(auditRows.seq))
        .limit(limit);
      return rows.map(rowOf);
    },
    /** In the order in which they were written. */
    listAfter: async (seq: number, limit: number): Promise<AuditRow[]> => {
      const rows = await db
        .select()
        .from(auditRows)
        .where(gt(auditRows.seq, seq))
        .orderBy(asc(auditRows.seq))
        .limit(limit);
      return rows.map(rowOf);
    },
    /** What a person did, and what was done to his account; of a stranger what names him. Oldest first. */
    listAbout: async (person: LoggedPerson): Promise<AuditRow[]> => {
      const where =
        'id' in person
          ? or(eq(auditRows.actor, person.id), eq(auditRows.subject, person.id))
          : namesStranger(person.name);
      const rows = await db.select().from(auditRows).where(where).orderBy(asc(auditRows.seq));
      return rows.map(rowOf);
    },

    /** How many rows are at the old end, and the last of them. A row stays while one before it is younger. */
    countOld: async (until: Date, tx: Database): Promise<Head & { rows: number }> => {
      const young = tx
        .select({ seq: sql`min(${auditRows.seq})` })
        .from(auditRows)
        .where(gte(auditRows.at, until));
      const isOld = lt(auditRows.seq, sql`coalesce((${young}), 9223372036854775807)`);
      const [count] = await tx.select({ rows: sql<number>`count(*)` }).from(auditRows).where(isOld);
      const [last] = await tx
        .select({ seq: auditRows.seq, hash: auditRows.hash })
        .from(auditRows)
        .where(isOld)
        .orderBy(desc(auditRows.seq))
        .limit(1);
      return { seq: 0, hash: chainStart, ...last, rows: count?.rows ?? 0 };
    },
    removeThrough: async (seq: number, tx: Database): Promise<void> => {
      await tx.execute(sql`SET LOCAL vigie.audit = 'cut'`);
      await tx.delete(auditRows).where(lte(auditRows.seq, seq));
      await tx.execute(sql`SET LOCAL vigie.audit = ''`);
    },
    /** Takes what is told of a person out of every row; the rows stay. Returns how many told something. */
    silence: async (person: LoggedPerson, tx: Database): Promise<number> => {
      const asActor: PrivateKey[] = ['actorName', 'address', 'reason'];
      await tx.execute(sql`SET LOCAL vigie.audit = 'silence'`);
      const done =
        'id' in person
          ? await tx
              .update(auditRows)
              .set({ told: sql`${auditRows.told} - ${sql.param(asActor)}::text[]` })
              .where(eq(auditRows.actor, person.id))
          : undefined;
      const about = await tx
        .update(auditRows)
        .set({ told: sql`${auditRows.told} - 'subjectName'` })
        .where(
          'id' in person
            ? and(eq(auditRows.subject, person.id), sql`${auditRows.told} ? 'subjectName'`)
            : namesStranger(person.name),
        );
      await tx.execute(sql`SET LOCAL vigie.audit = ''`);
      return (done?.rowCount ?? 0) + (about.rowCount ?? 0);
    },

    /** Sets up what keeps slips and foreign hands from changing rows. The owner of the database can take it away; the hashes remain. */
    guard: () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('vigie.audit'))`);
        for (const statement of guardStatements) await tx.execute(sql.raw(statement));
      }),
  };
}

const guardStatements = [
  `CREATE OR REPLACE FUNCTION audit_rows_guard() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE mode text := coalesce(current_setting('vigie.audit', true), '');
   BEGIN
     IF TG_OP = 'DELETE' AND mode = 'cut' THEN RETURN OLD; END IF;
     IF TG_OP = 'UPDATE' AND mode = 'silence'
       AND to_jsonb(NEW) - 'told' = to_jsonb(OLD) - 'told' THEN RETURN NEW; END IF;
     RAISE EXCEPTION 'rows of the audit log are neither changed nor removed';
   END $$`,
  `CREATE OR REPLACE TRIGGER audit_rows_guard BEFORE UPDATE OR DELETE ON audit_rows
   FOR EACH ROW EXECUTE FUNCTION audit_rows_guard()`,
  `CREATE OR REPLACE TRIGGER audit_rows_guard_all BEFORE TRUNCATE ON audit_rows
   FOR EACH STATEMENT EXECUTE FUNCTION audit_rows_guard()`,
];

function matching(wish: Omit<AuditQuery, 'limit'>): SQL | undefined {
  const { who, act, subject, from, until, before } = wish;
  return and(
    who === undefined
      ? undefined
      : or(
          eq(auditRows.actor, who),
          ilike(sql`${auditRows.told} -> 'actorName' ->> 'value'`, partOf(who)),
        ),
    act === undefined ? undefined : eq(auditRows.act, act),
    subject === undefined
      ? undefined
      : or(
          ilike(auditRows.subject, partOf(subject)),
          ilike(sql`${auditRows.told} -> 'subjectName' ->> 'value'`, partOf(subject)),
        ),
    from === undefined ? undefined : gte(auditRows.at, new Date(from)),
    until === undefined ? undefined : lt(auditRows.at, new Date(until)),
    before === undefined ? undefined : lt(auditRows.seq, before),
  );
}

/** What a person types stands for itself. */
const partOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const rowOf = ({ at, ...row }: typeof auditRows.$inferSelect): AuditRow => ({
  ...row,
  at: at.toISOString(),
});
