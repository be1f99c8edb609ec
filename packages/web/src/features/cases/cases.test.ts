import { Message } from '@vigie/contracts/notifications';
import type { Case, CaseStatus } from '@vigie/contracts/parking';
import { CaseStatus as AllStatuses } from '@vigie/contracts/parking';
import { describe, expect, it } from 'vitest';
import { groupCases, nextStepsOf, outcomeOf, toldLinks, withCase } from './cases.ts';

const one = (number: number, status: CaseStatus, since = '2026-03-01T00:00:00Z'): Case => ({
  id: `c${number}`,
  number,
  spaceId: 's',
  spaceLabel: '12',
  address: '',
  zoneId: 'z1',
  zoneName: 'Centre',
  since,
  days: 8,
  openedAt: since,
  status,
  nextStatuses: [],
  steps: [],
  messages: [],
  chain: [],
  nextLookAt: null,
});

describe('the list of cases', () => {
  it('has a place for every status there is', () => {
    const groups = groupCases(AllStatuses.options.map((status, i) => one(i + 1, status)));
    expect(Object.values(groups).flat()).toHaveLength(AllStatuses.options.length);
  });

  it('puts the longest parked car first', () => {
    const { todo } = groupCases([
      one(1, 'sent', '2026-03-02T00:00:00Z'),
      one(2, 'open', '2026-03-01T00:00:00Z'),
    ]);
    expect(todo.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('puts the newest closed case first', () => {
    const { closed } = groupCases([one(1, 'closed'), one(2, 'closed')]);
    expect(closed.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('takes a live change without moving the others', () => {
    const after = withCase([one(1, 'open'), one(2, 'open')], one(1, 'sent'));
    expect(after.map(({ status }) => status)).toEqual(['sent', 'open']);
    expect(withCase(after, one(3, 'open'))).toHaveLength(3);
  });
});

describe('the outcome of a case', () => {
  it.each<[string, CaseStatus[], CaseStatus | undefined]>([
    ['is not known at first', ['open', 'sent', 'acknowledged'], undefined],
    ['is what was established', ['open', 'wreck'], 'wreck'],
    ['stays after closing', ['open', 'wreck', 'closed'], 'wreck'],
    ['is the latest one', ['open', 'nuisance', 'gone', 'closed'], 'gone'],
  ])('%s', (_name, statuses, outcome) => {
    const steps = statuses.map((status) => ({ status, at: 'x', actor: 'anna', reason: '' }));
    expect(outcomeOf({ ...one(1, 'closed'), steps })).toBe(outcome);
  });
});

describe('the next steps', () => {
  it.each<[string, CaseStatus[], ReturnType<typeof nextStepsOf>]>([
    [
      'offer to acknowledge first',
      ['inspecting', 'acknowledged', 'gone', 'closed'],
      { direct: 'acknowledged', findings: ['gone'], canClose: true },
    ],
    [
      'never offer what only the server does',
      ['open', 'sent'],
      { direct: undefined, findings: [], canClose: false },
    ],
    [
      'send somebody to look once it is acknowledged',
      ['wreck', 'inspecting'],
      { direct: 'inspecting', findings: ['wreck'], canClose: false },
    ],
  ])('%s', (_name, next, steps) => {
    expect(nextStepsOf(next)).toEqual(steps);
  });
});

describe('who is told', () => {
  const message = (id: string, recipient: string) =>
    Message.parse({
      id,
      kind: 'case-opened',
      caseId: 'c1',
      recipient,
      subject: '',
      status: 'sent',
      attempts: 1,
      lastError: null,
      createdAt: '2026-03-01T00:00:00Z',
      sentAt: null,
    });
  const first = { channel: 'mail', address: 'a@police.fr', name: 'Commissariat' } as const;
  const second = { channel: 'sms', address: '+33612345678', name: '' } as const;
  const shown = (messages: Message[]) =>
    toldLinks({ chain: [first, second], messages }).map(
      ({ link, messages: own }) => `${link.name || link.address}: ${own.map(({ id }) => id)}`,
    );

  it.each([
    ['is the chain, before anybody is', [], ['Commissariat: ', '+33612345678: ']],
    [
      'has each his own messages',
      [message('m1', 'a@police.fr'), message('m2', 'a@police.fr')],
      ['Commissariat: m1,m2', '+33612345678: '],
    ],
    [
      'keeps who has left the chain',
      [message('m1', 'old@police.fr')],
      ['Commissariat: ', '+33612345678: ', 'old@police.fr: m1'],
    ],
  ])('%s', (_name, messages, expected) => {
    expect(shown(messages)).toEqual(expected);
  });
});
