import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditRow, PrivateKey } from './audit.ts';
import { chainStart, commitmentOf, createChainCheck, hashOf } from './audit-chain.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const at = '2026-11-26T08:00:00.000Z';

/** A row as the server writes it. */
function row(
  seq: number,
  previous: string,
  given: Partial<Pick<AuditRow, 'act' | 'subject' | 'details' | 'actor'>> = {},
): AuditRow {
  const told = { actorName: { value: `ada ${seq}`, salt: `salt ${seq}` } };
  const commitments = { actorName: commitmentOf(told.actorName.salt, `ada ${seq}`, digest) };
  const entry = {
    seq,
    at,
    actor: 'account:ada',
    act: 'change' as const,
    subject: `room:${seq % 3}`,
    details: { n: seq },
    ...given,
    commitments,
  };
  return { ...entry, previous, hash: hashOf(entry, previous, digest), told };
}

function chainOf(length: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let seq = 1; seq <= length; seq++) rows.push(row(seq, rows.at(-1)?.hash ?? chainStart));
  return rows;
}

function faultsOf(rows: readonly AuditRow[], head?: string) {
  const check = createChainCheck(digest);
  for (const one of rows) check.take(one);
  return check.end(head).faults;
}

const length = 12;
const place = fc.integer({ min: 0, max: length - 1 });
/** Of these the last row has no other after it that would show its loss. */
const inner = fc.integer({ min: 0, max: length - 2 });

describe('the chain of the log', () => {
  it('of what was written is whole', () => {
    expect(faultsOf([])).toEqual([]);
    expect(faultsOf(chainOf(length))).toEqual([]);
  });

  it('names the row in which anything was altered', () => {
    const changes: ((one: AuditRow) => AuditRow)[] = [
      (one) => ({ ...one, at: '2026-11-26T09:00:00.000Z' }),
      (one) => ({ ...one, actor: 'account:bob' }),
      (one) => ({ ...one, act: 'export' }),
      (one) => ({ ...one, subject: '' }),
      (one) => ({ ...one, details: { ...one.details, n: -1 } }),
      (one) => ({ ...one, commitments: {} }),
      (one) => ({ ...one, hash: chainStart }),
      (one) => ({ ...one, previous: digest('other') }),
      (one) => ({ ...one, told: { actorName: { value: 'bob', salt: 'salt' } } }),
      (one) => ({ ...one, told: {} }),
      (one) => ({ ...one, told: { ...one.told, reason: { value: 'x', salt: 'x' } } }),
    ];
    fc.assert(
      fc.property(place, fc.constantFrom(...changes), (index, change) => {
        const rows = chainOf(length).map((one, i) => (i === index ? change(one) : one));
        expect(faultsOf(rows).map(({ seq }) => seq)).toContain(index + 1);
      }),
    );
  });

  it('shows an alteration with its hash made anew at the row after it', () => {
    fc.assert(
      fc.property(inner, (index) => {
        const rows = chainOf(length);
        rows[index] = row(index + 1, rows[index]?.previous ?? '', { subject: 'room:other' });
        expect(faultsOf(rows)).toMatchObject([{ seq: index + 2, kind: 'unlinked' }]);
      }),
    );
  });

  it('names what was removed, and the place of what was inserted or moved', () => {
    fc.assert(
      fc.property(inner, place, (index, other) => {
        const rows = chainOf(length);
        const [taken] = rows.splice(index, 1) as [AuditRow];
        const kinds = faultsOf(rows).map(({ kind }) => kind);
        expect(kinds).toContain(index === 0 ? 'beginning-removed' : 'removed');
        rows.splice(other, 0, taken);
        expect(faultsOf(rows).length > 0).toBe(other !== index);
        const doubled = chainOf(length).toSpliced(other, 0, taken);
        expect(faultsOf(doubled)).not.toEqual([]);
      }),
    );
  });

  it('shows a tail that was cut off only against a head that was written down', () => {
    const rows = chainOf(length);
    const head = rows.at(-1)?.hash ?? '';
    expect(faultsOf(rows, head)).toEqual([]);
    expect(faultsOf(rows.slice(0, -2))).toEqual([]);
    expect(faultsOf(rows.slice(0, -2), head)).toMatchObject([{ kind: 'head-missing' }]);
    expect(faultsOf(rows, rows[3]?.hash)).toEqual([]);
  });

  it('may lack its beginning when a row says what was deleted, and only that', () => {
    const rows = chainOf(length);
    const head = rows.at(-1)?.hash ?? '';
    const cut = (through: number) =>
      row(length + 1, head, {
        act: 'log-cut',
        details: { through, hash: rows[through - 1]?.hash ?? '' },
      });
    expect(faultsOf([...rows.slice(4), cut(4)])).toEqual([]);
    expect(faultsOf([...rows.slice(5), cut(4)])).toMatchObject([{ kind: 'beginning-removed' }]);
  });

  it('may have lost what it told of a person when a row says that the person was erased', () => {
    const silent = chainOf(length).map((one) => ({ ...one, told: {} }));
    const erased = (subject: string) =>
      row(length + 1, silent.at(-1)?.hash ?? '', {
        act: 'person-erased',
        subject,
        actor: 'system',
      });
    expect(faultsOf([...silent, erased('account:ada')])).toEqual([]);
    expect(faultsOf([...silent, erased('account:bob')])).toMatchObject([{ kind: 'told-removed' }]);
    const kept: PrivateKey = 'actorName';
    expect(erased('account:ada').told[kept]).toBeDefined();
  });
});
