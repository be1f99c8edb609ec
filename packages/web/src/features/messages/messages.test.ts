import type { Message } from '@vigie/contracts/notifications';
import { describe, expect, it } from 'vitest';
import { inOrderOfNeed, needsLook, withMessage } from './messages.ts';

const message = (id: string, part: Partial<Message>): Message => ({
  id,
  kind: 'case-opened',
  caseId: null,
  channel: 'mail',
  recipient: 'commissariat@demo.invalid',
  recipientName: '',
  subject: 'Place 12',
  status: 'sent',
  attempts: 1,
  lastError: null,
  createdAt: '2026-03-01T10:00:00Z',
  sentAt: null,
  ...part,
});

describe('a message', () => {
  it.each([
    ['that was sent', { status: 'sent' as const }, false],
    ['that waits for its first try', { status: 'queued' as const, attempts: 0 }, false],
    ['whose first try is under way', { status: 'queued' as const, attempts: 1 }, false],
    ['whose first try failed', { status: 'queued' as const, lastError: 'refused' }, true],
    ['that was withdrawn', { status: 'withdrawn' as const, lastError: 'refused' }, false],
    ['that waits after a failed try', { status: 'queued' as const, attempts: 2 }, true],
    ['that failed', { status: 'failed' as const }, true],
  ])('%s needs a look: see the table', (_name, part, needs) => {
    expect(needsLook(message('a', part))).toBe(needs);
  });
});

describe('the list of messages', () => {
  it('puts what failed before what is newer', () => {
    const list = inOrderOfNeed([
      message('new', { createdAt: '2026-03-02T10:00:00Z' }),
      message('failed', { status: 'failed' }),
      message('old', {}),
    ]);
    expect(list.map(({ id }) => id)).toEqual(['failed', 'new', 'old']);
  });

  it('takes a live change in its place and a new one at the top', () => {
    const list = withMessage([message('a', {})], message('b', {}));
    expect(list.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(withMessage(list, message('a', { status: 'failed' }))[1]?.status).toBe('failed');
  });
});
