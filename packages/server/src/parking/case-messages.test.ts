import type { CaseMessageKind } from '@vigie/contracts/case-notice';
import { Zone } from '@vigie/contracts/parking';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseTelling, messagesDue, type ToldMessage } from './case-messages.ts';

const opened = new Date('2026-03-02T10:00:00Z');
const hours = (count: number): Date => new Date(opened.getTime() + count * 3_600_000);
const zone = (part: object = {}): Zone =>
  Zone.parse({
    id: 'street',
    name: 'Rue',
    allowedDays: 7,
    recipients: ['first@police.fr', { channel: 'sms', address: '+33612345678', name: 'Astreinte' }],
    ...part,
  });

const steps = {
  open: [{ status: 'open', actor: 'system' }],
  sent: [
    { status: 'open', actor: 'system' },
    { status: 'sent', actor: 'system' },
  ],
  acknowledged: [
    { status: 'open', actor: 'system' },
    { status: 'acknowledged', actor: 'anna' },
  ],
  found: [
    { status: 'open', actor: 'system' },
    { status: 'gone', actor: 'anna' },
  ],
  left: [
    { status: 'sent', actor: 'system' },
    { status: 'gone', actor: 'system' },
    { status: 'closed', actor: 'system' },
  ],
} as const;

const to = (who: 'first' | 'second') =>
  who === 'first'
    ? { channel: 'mail' as const, address: 'first@police.fr', name: '' }
    : { channel: 'sms' as const, address: '+33612345678', name: 'Astreinte' };

/** A message to `who`, queued after `at` hours and sent at once unless `part` says otherwise. */
const told = (
  kind: CaseMessageKind,
  who: 'first' | 'second',
  at: number,
  part: Partial<ToldMessage> = {},
): ToldMessage => ({
  ...to(who),
  kind,
  status: 'sent',
  attempts: 1,
  createdAt: hours(at),
  sentAt: hours(at),
  ...part,
});
const unsent = { status: 'queued', sentAt: null } as const;
const night = { from: '22:00', to: '07:00' };

interface Row {
  name: string;
  at: number;
  steps: keyof typeof steps;
  told?: ToldMessage[];
  zone?: object;
  /** `kind-n who`. */
  due: string[];
  /** Hours after the opening. */
  next: number | null;
}

const rows: Row[] = [
  { name: 'the first is told at once', at: 0, steps: 'open', due: ['opened-1 first'], next: 48 },
  {
    name: 'with no recipient nobody is told',
    at: 0,
    steps: 'open',
    zone: { recipients: [] },
    due: [],
    next: null,
  },
  {
    name: 'the night is waited for',
    at: 12,
    steps: 'open',
    zone: { quietHours: night },
    due: [],
    next: 20,
  },
  {
    name: 'the morning ends the wait',
    at: 20,
    steps: 'open',
    zone: { quietHours: night },
    due: ['opened-1 first'],
    next: 68,
  },
  {
    name: 'what was not sent is not reminded of',
    at: 30,
    steps: 'open',
    told: [told('opened', 'first', 0, unsent)],
    due: [],
    next: 48,
  },
  {
    name: 'before its time nothing is due',
    at: 23,
    steps: 'sent',
    told: [told('opened', 'first', 0)],
    due: [],
    next: 24,
  },
  {
    name: 'the same one is reminded',
    at: 24,
    steps: 'sent',
    told: [told('opened', 'first', 0)],
    due: ['reminder-1 first'],
    next: 48,
  },
  {
    name: 'the reminder counts from the sending',
    at: 30,
    steps: 'sent',
    told: [told('opened', 'first', 0, { sentAt: hours(10) })],
    due: [],
    next: 34,
  },
  {
    name: 'the next one is told, however many reminders were sent',
    at: 48,
    steps: 'sent',
    told: [told('opened', 'first', 0), told('reminder', 'first', 24)],
    due: ['escalated-1 second'],
    next: null,
  },
  {
    name: 'the next one is told also when nothing ever went out',
    at: 48,
    steps: 'open',
    told: [told('opened', 'first', 0, unsent)],
    due: ['escalated-1 second'],
    next: null,
  },
  {
    name: 'after a long stop of the server one message is due, the more pressing one',
    at: 300,
    steps: 'sent',
    told: [told('opened', 'first', 0)],
    due: ['escalated-1 second'],
    next: null,
  },
  {
    name: 'the last of the chain is reminded, too',
    at: 72,
    steps: 'sent',
    told: [told('opened', 'first', 0), told('escalated', 'second', 48)],
    due: ['reminder-1 second'],
    next: null,
  },
  {
    name: 'reminders have an end',
    at: 999,
    steps: 'sent',
    told: [
      told('opened', 'first', 0),
      told('escalated', 'second', 48),
      told('reminder', 'second', 72),
      told('reminder', 'second', 96),
      told('reminder', 'second', 120),
    ],
    due: [],
    next: null,
  },
  {
    name: 'reminders are numbered through the case',
    at: 96,
    steps: 'sent',
    told: [
      told('opened', 'first', 0),
      told('reminder', 'first', 24),
      told('escalated', 'second', 48),
    ],
    due: ['reminder-2 second'],
    next: null,
  },
  {
    name: 'the zone’s own hours count',
    at: 2,
    steps: 'sent',
    told: [told('opened', 'first', 0)],
    zone: { remindAfterHours: 1, escalateAfterHours: 3 },
    due: ['reminder-1 first'],
    next: 3,
  },
  {
    name: 'a reminder waits for the morning',
    at: 36,
    steps: 'sent',
    told: [told('opened', 'first', 10)],
    zone: { quietHours: night },
    due: [],
    next: 44,
  },
  {
    name: 'who joins the chain later is told in time',
    at: 60,
    steps: 'sent',
    told: [told('opened', 'first', 0), told('reminder', 'first', 24)],
    due: ['escalated-1 second'],
    next: null,
  },
  {
    name: 'who left the chain is not the end of it',
    at: 49,
    steps: 'sent',
    told: [told('opened', 'first', 0)],
    zone: { recipients: [{ channel: 'sms', address: '+33612345678', name: 'Astreinte' }] },
    due: ['escalated-1 second'],
    next: null,
  },
  {
    name: 'nobody is pressed after an acknowledgement',
    at: 500,
    steps: 'acknowledged',
    told: [told('opened', 'first', 0)],
    due: [],
    next: null,
  },
  {
    name: 'what an officer found is told to nobody',
    at: 500,
    steps: 'found',
    told: [told('opened', 'first', 0)],
    due: [],
    next: null,
  },
  {
    name: 'a departure is told to everybody who was told, once each',
    at: 80,
    steps: 'left',
    told: [
      told('opened', 'first', 0),
      told('reminder', 'first', 24),
      told('escalated', 'second', 48),
    ],
    due: ['gone-1 first', 'gone-2 second'],
    next: null,
  },
  {
    name: 'a departure is told to who may have been told',
    at: 1,
    steps: 'left',
    told: [told('opened', 'first', 0, unsent)],
    due: ['gone-1 first'],
    next: null,
  },
  {
    name: 'a departure is not told to who never was',
    at: 1,
    steps: 'left',
    told: [told('opened', 'first', 0, { ...unsent, attempts: 0 })],
    due: [],
    next: null,
  },
  {
    name: 'a departure is told once',
    at: 81,
    steps: 'left',
    told: [
      told('opened', 'first', 0),
      told('escalated', 'second', 48),
      told('gone', 'first', 80, { ...unsent, attempts: 0 }),
      told('gone', 'second', 80),
    ],
    due: [],
    next: null,
  },
  {
    name: 'a departure in the night is told in the morning',
    at: 14,
    steps: 'left',
    told: [told('opened', 'first', 0)],
    zone: { quietHours: night },
    due: [],
    next: 20,
  },
  {
    name: 'a departure is told to who has left the chain since',
    at: 80,
    steps: 'left',
    told: [told('opened', 'first', 0)],
    zone: { recipients: [] },
    due: ['gone-1 first'],
    next: null,
  },
];

const tellingOf = (row: Row): CaseTelling => ({
  steps: steps[row.steps],
  told: row.told ?? [],
  zone: zone(row.zone),
  now: hours(row.at),
});

describe('the messages of a case', () => {
  it.each(rows)('$name', (row) => {
    const { due, nextLookAt } = messagesDue(tellingOf(row));
    const who = (address: string) => (address === 'first@police.fr' ? 'first' : 'second');
    expect(due.map(({ kind, n, recipient }) => `${kind}-${n} ${who(recipient.address)}`)).toEqual(
      row.due,
    );
    expect(nextLookAt).toEqual(row.next === null ? null : hours(row.next));
  });

  it.each([
    ['open', []],
    ['acknowledged', ['reminder', 'escalated']],
    ['left', ['opened', 'reminder', 'escalated']],
  ] as const)('that became pointless are withdrawn: %s', (status, withdraw) => {
    const telling = { steps: steps[status], told: [], zone: zone(), now: opened };
    expect(messagesDue(telling).withdraw).toEqual(withdraw);
  });

  it('never repeat, however often and whenever one looks', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(looks, fc.boolean(), (waits, isQuietAtNight) => {
        const rules = zone(isQuietAtNight ? { quietHours: night } : {});
        const all: ToldMessage[] = [];
        let at = 0;
        for (const wait of waits) {
          at += wait;
          const telling = { steps: steps.sent, told: all, zone: rules, now: hours(at) };
          const { due } = messagesDue(telling);
          expect(due.length).toBeLessThanOrEqual(1);
          for (const { kind, n, recipient } of due) {
            expect(all.filter((one) => one.kind === kind)).toHaveLength(n - 1);
            all.push(told(kind, recipient.channel === 'mail' ? 'first' : 'second', at));
          }
        }
        expect(all.filter(({ kind }) => kind === 'opened').length).toBeLessThanOrEqual(1);
        expect(all.filter(({ kind }) => kind === 'escalated').length).toBeLessThanOrEqual(1);
        expect(all.filter(({ kind }) => kind === 'reminder').length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
