import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutbox, type Delivery, type Waiting } from './outbox.ts';

const sweep = (id: string, username = 'wanda'): Waiting => ({
  what: 'sweep',
  incidentId: 'i',
  username,
  body: { id, roomId: 'hall', result: 'clear', people: null, at: '2026-03-01T10:00:00Z' },
});

const createStorage = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
};

function open(storage = createStorage(), username = 'wanda') {
  const sent: string[] = [];
  let answer: Delivery = { kind: 'stored' };
  const deliver = async ({ body }: Waiting) => {
    if (answer.kind !== 'later') sent.push(body.id);
    return answer;
  };
  const outbox = createOutbox({ storage, username, deliver });
  const answerWith = (next: Delivery) => {
    answer = next;
  };
  return { outbox, sent, storage, answerWith };
}

const idsIn = (waiting: readonly Waiting[]) => waiting.map(({ body }) => body.id);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what was found out without a network', () => {
  it('waits, and goes in its order when the network is back', async () => {
    const { outbox, sent, answerWith } = open();
    answerWith({ kind: 'later' });
    outbox.start();
    outbox.add(sweep('a'));
    outbox.add(sweep('b'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(idsIn(outbox.read().own)).toEqual(['a', 'b']);
    answerWith({ kind: 'stored' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(outbox.read().own).toEqual([]);
    expect(sent).toEqual(['a', 'b']);
    outbox.stop();
  });

  it('outlives the page, and is sent only in the name of whoever found it', async () => {
    const first = open();
    first.answerWith({ kind: 'later' });
    first.outbox.add(sweep('a'));
    await vi.advanceTimersByTimeAsync(0);
    const other = open(first.storage, 'bob');
    expect(other.outbox.read().own).toEqual([]);
    expect(idsIn(other.outbox.read().others)).toEqual(['a']);
    const again = open(first.storage);
    again.outbox.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(again.sent).toEqual(['a']);
    again.outbox.stop();
  });

  it('is kept in sight when the server refuses it, until somebody has read that', async () => {
    const { outbox, sent, answerWith } = open();
    answerWith({ kind: 'refused', code: 'evacuation/room-unknown' });
    outbox.start();
    outbox.add(sweep('a'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(outbox.read().own).toMatchObject([{ refused: 'evacuation/room-unknown' }]);
    expect(sent).toEqual(['a']);
    outbox.drop('a');
    expect(outbox.read().own).toEqual([]);
    outbox.stop();
  });

  it('is not undone by another window of the same telephone', async () => {
    const first = open();
    const second = open(first.storage);
    first.answerWith({ kind: 'later' });
    second.answerWith({ kind: 'later' });
    first.outbox.add(sweep('a'));
    second.outbox.add(sweep('b'));
    expect(idsIn(open(first.storage).outbox.read().own)).toEqual(['a', 'b']);
  });

  it('says so when the telephone keeps nothing, and sends it all the same', async () => {
    const storage = {
      ...createStorage(),
      setItem: () => {
        throw new Error('it is full');
      },
    };
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { outbox, sent, answerWith } = open(storage);
    answerWith({ kind: 'later' });
    outbox.start();
    outbox.add(sweep('a'));
    expect(outbox.read()).toMatchObject({ own: [{ body: { id: 'a' } }], isKept: false });
    answerWith({ kind: 'stored' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(sent).toEqual(['a']);
    outbox.stop();
  });
});
