import type { Account } from '@vigie/contracts/accounts';
import { expect, it } from 'vitest';
import { isForgotten, mustReturn } from './forgotten.ts';

const now = new Date('2026-03-29T12:00:00Z');
const hourMs = 3_600_000;
const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();

it.each<{ who: string; directory: Account['directory']; forgotten: boolean }>([
  { who: 'a local account', directory: null, forgotten: false },
  { who: 'just seen', directory: { checkedAt: ago(0), refusal: null }, forgotten: false },
  {
    who: 'seen a day ago',
    directory: { checkedAt: ago(24 * hourMs), refusal: null },
    forgotten: false,
  },
  {
    who: 'seen longer ago',
    directory: { checkedAt: ago(24 * hourMs + 1), refusal: null },
    forgotten: true,
  },
  {
    who: 'refused just now',
    directory: { checkedAt: ago(0), refusal: 'disabled' },
    forgotten: true,
  },
])('$who, of whom the directory has spoken within a day or not: forgotten $forgotten', (row) => {
  expect(isForgotten(row, now, 24 * hourMs)).toBe(row.forgotten);
});

it.each<{ who: string; provider: Account['provider']; agoMs: number; must: boolean }>([
  { who: 'a local account', provider: null, agoMs: 99 * hourMs, must: false },
  {
    who: 'somebody of the provider, twelve hours ago',
    provider: { email: 'a@b.example', isLinked: true, invitedUntil: ago(0) },
    agoMs: 12 * hourMs,
    must: false,
  },
  {
    who: 'somebody of the provider, longer ago',
    provider: { email: 'a@b.example', isLinked: true, invitedUntil: ago(0) },
    agoMs: 12 * hourMs + 1,
    must: true,
  },
])('$who, must come again: $must', ({ agoMs, must, ...account }) => {
  const signedInAt = new Date(now.getTime() - agoMs);
  expect(mustReturn(account, signedInAt, { now, sessionMs: 12 * hourMs })).toBe(must);
});
