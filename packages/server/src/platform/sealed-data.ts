import { seal, unseal } from '@vigie/contracts/seal';
import { sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import type { KeyPurpose, Secrets } from './secrets.ts';

/** The keys before and after the root is changed. */
export interface KeyChange {
  before: Secrets;
  after: Secrets;
}

/** Sealed texts by number. `closed`: those that the key before does not open; another server sealed them, and they stay as they are. */
export interface Resealed {
  anew: number;
  closed: number;
}

/** Sealed texts of a feature. */
export interface SealedData {
  /** As it is said in a list, such as `secrets of subscribers`. */
  what: string;
  reseal(keys: KeyChange, tx: Database): Promise<Resealed>;
}

/** What `seal` of the contracts gives, wherever it stands within a text: base64 needs no escapes in JSON. */
const sealedTexts = /v1\.[A-Za-z0-9+/]{38,}={0,2}/g;

/** A column, text or JSON, that holds what `seal` gave with the key of `purpose`. */
export const sealedColumn = (what: string, column: PgColumn, purpose: KeyPurpose): SealedData => ({
  what,
  reseal: async ({ before, after }, tx) => {
    const { rows } = await tx.execute<{ text: string }>(
      sql`select ${column}::text as text from ${column.table} where ${column}::text like '%v1.%'`,
    );
    const sum: Resealed = { anew: 0, closed: 0 };
    const turned: string[] = [];
    for (const { text } of rows)
      turned.push(
        await resealedIn(text, { from: before.keyFor(purpose), to: after.keyFor(purpose), sum }),
      );
    const texts = rows.map(({ text }) => text);
    await tx.execute(sql`
      update ${column.table} set ${sql.identifier(column.name)} = turned.after::${sql.raw(column.getSQLType())}
      from unnest(${sql.param(texts)}::text[], ${sql.param(turned)}::text[]) as turned(before, after)
      where ${column}::text = turned.before`);
    return sum;
  },
});

interface Turn {
  from: Uint8Array<ArrayBuffer>;
  to: Uint8Array<ArrayBuffer>;
  /** is added to */
  sum: Resealed;
}

async function resealedIn(text: string, { from, to, sum }: Turn): Promise<string> {
  const anew = new Map<string, string>();
  for (const [sealed] of text.matchAll(sealedTexts)) {
    const secret = await unseal(sealed, from).catch(() => undefined);
    sum[secret === undefined ? 'closed' : 'anew'] += 1;
    anew.set(sealed, secret === undefined ? sealed : await seal(secret, to));
  }
  return text.replaceAll(sealedTexts, (sealed) => anew.get(sealed) ?? sealed);
}
