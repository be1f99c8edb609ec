import type { Case, CaseStatus } from '@vigie/contracts/parking';
import { expect, it } from 'vitest';
import { casesToTow } from './towing.ts';

const withStatus = (status: CaseStatus): Case => ({
  id: `case-${status}`,
  number: 1,
  spaceId: 'r-03',
  spaceLabel: 'R-03',
  address: '',
  zoneId: 'z',
  zoneName: 'Z',
  since: '2026-06-01T08:00:00.000Z',
  days: 8,
  openedAt: '2026-06-08T08:00:00.000Z',
  status,
  nextStatuses: [],
  steps: [],
  messages: [],
  chain: [],
  nextLookAt: null,
});

it.each<[CaseStatus, boolean]>([
  ['sent', false],
  ['acknowledged', false],
  ['inspecting', false],
  ['stolen', true],
  ['wreck', true],
  ['nuisance', true],
  ['legitimate', false],
  ['sensor-error', false],
  ['closed', false],
])('a car whose case is "%s" is towed away: %s', (status, isTowed) => {
  expect(casesToTow([withStatus(status)], new Set())).toHaveLength(isTowed ? 1 : 0);
});

it('tows each car once', () => {
  expect(casesToTow([withStatus('wreck')], new Set(['case-wreck']))).toEqual([]);
});
