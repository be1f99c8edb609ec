import type { AuditEntry, AuditFault, AuditRow, PrivateKey } from './audit.ts';

/** SHA-256 of a text in UTF-8, hex. */
export type Digest = (text: string) => string;

/** What stands before the first row. */
export const chainStart = '0'.repeat(64);

/** One text for one value: keys in order, no spaces. Source: RFC 8785, for the values that a row holds. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}

/** The hash of a row: over the hash before it and everything that names nobody. */
export function hashOf(entry: AuditEntry, previous: string, digest: Digest): string {
  const { seq, at, actor, act, subject, details, commitments } = entry;
  return digest(canonical([previous, seq, at, actor, act, subject, details, commitments]));
}

/** Binds what is told of a person; without the salt nobody can try names until one fits. */
export const commitmentOf = (salt: string, value: string, digest: Digest): string =>
  digest(canonical([salt, value]));

/** A log that is read row by row, in ascending order of `seq`. */
export interface ChainCheck {
  take(row: AuditRow): void;
  /** `head`: a hash that was written down earlier. */
  end(head?: string): { rows: number; first: number; head: Head; faults: AuditFault[] };
}

/** The last row. `seq` 0: there is none. */
interface Head {
  seq: number;
  hash: string;
}

const shownFaults = 100;

/**
 * Finds every row that was altered, removed, inserted or moved since it was written. What lacks its beginning needs a later row
 * that says so (`log-cut`), what is told of nobody any more one that says whose data was erased (`person-erased`). A tail that was
 * cut off shows only against a head that was written down.
 */
export function createChainCheck(digest: Digest): ChainCheck {
  const faults: AuditFault[] = [];
  /** by what a later row must say */
  const owed = new Map<string, { seq: number; fault: AuditFault }>();
  const hashes = new Set<string>();
  let before: Head | undefined;
  let first = 0;
  let rows = 0;

  const owe = (key: string, fault: AuditFault) => {
    if (!owed.has(key)) owed.set(key, { seq: fault.seq, fault });
  };

  function checkPlace(row: AuditRow): void {
    if (!before) {
      first = row.seq;
      if (row.seq === 1 && row.previous === chainStart) return;
      owe(`log-cut ${row.seq - 1} ${row.previous}`, faultAt(row.seq, 'beginning-removed'));
      return;
    }
    if (row.seq <= before.seq) faults.push(faultAt(row.seq, 'out-of-order'));
    else if (row.seq > before.seq + 1) faults.push(faultAt(row.seq, 'removed', before.seq + 1));
    if (row.previous !== before.hash) faults.push(faultAt(row.seq, 'unlinked'));
  }

  function checkTold(row: AuditRow): void {
    for (const [key, commitment] of Object.entries(row.commitments) as [PrivateKey, string][]) {
      const told = row.told[key];
      const about = key === 'subjectName' ? row.subject : row.actor;
      if (!told) owe(`person-erased ${about}`, faultAt(row.seq, 'told-removed'));
      else if (commitmentOf(told.salt, told.value, digest) !== commitment)
        faults.push(faultAt(row.seq, 'told-altered'));
    }
    if (Object.keys(row.told).some((key) => !(key in row.commitments)))
      faults.push(faultAt(row.seq, 'told-altered'));
  }

  return {
    take: (row) => {
      checkPlace(row);
      if (hashOf(row, row.previous, digest) !== row.hash) faults.push(faultAt(row.seq, 'altered'));
      checkTold(row);
      for (const key of settledBy(row)) owed.delete(key);
      before = { seq: row.seq, hash: row.hash };
      hashes.add(row.hash);
      rows += 1;
    },
    end: (head) => {
      const missing = head !== undefined && !hashes.has(head);
      const all = [...faults, ...[...owed.values()].map(({ fault }) => fault)];
      if (missing) all.push(faultAt(before?.seq ?? 0, 'head-missing'));
      all.sort((a, b) => a.seq - b.seq);
      const last = before ?? { seq: 0, hash: chainStart };
      return { rows, first, head: last, faults: all.slice(0, shownFaults) };
    },
  };
}

/** What a row explains of the rows before it. */
function settledBy({ act, subject, details }: AuditRow): string[] {
  if (act === 'person-erased') return [`person-erased ${subject}`];
  if (act === 'log-cut') return [`log-cut ${details.through} ${details.hash}`];
  return [];
}

const faultWords: Readonly<Record<AuditFault['kind'], string>> = {
  altered: 'was altered',
  removed: 'and the row before it do not follow each other: rows are missing',
  'out-of-order': 'stands where it does not belong',
  unlinked: 'does not continue the row before it: one of the two was altered, inserted or moved',
  'told-altered': 'tells another name, address or reason than was written',
  'told-removed': 'tells no longer whom it is about, and no erasure of that person is on record',
  'beginning-removed': 'is the first, and no record says that older rows were deleted',
  'head-missing':
    'is the last: the hash that was written down is not in the log, so its end was cut off or altered',
};

function faultAt(seq: number, kind: AuditFault['kind'], from?: number): AuditFault {
  const missing = from === undefined ? '' : ` (${from} to ${seq - 1})`;
  return { seq, kind, text: `Row ${seq} ${faultWords[kind]}${missing}.` };
}
