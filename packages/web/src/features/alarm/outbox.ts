import type { NewAssemblyCount, NewSweep } from '@vigie/contracts/sweeps';
import type { Watched } from '../../platform/clock.ts';

const KEPT_AS = 'vigie.outbox';
const AGAIN_MS = 3000;

/** Something found out that the server has not confirmed. `refused`: it will not take it, for this reason. */
export type Waiting = { incidentId: string; username: string; refused?: string } & (
  | { what: 'sweep'; body: Omit<NewSweep, 'sentAt'> }
  | { what: 'assembly'; body: Omit<NewAssemblyCount, 'sentAt'> }
);

/** How the server answered: it is stored, it will never be, or ask again. */
export type Delivery = { kind: 'stored' } | { kind: 'refused'; code: string } | { kind: 'later' };

interface OutboxDeps {
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** What others left on this telephone is theirs to send. */
  username: string;
  deliver: (waiting: Waiting) => Promise<Delivery>;
}

/** What waits on this telephone, oldest first. */
export interface Held {
  /** Of whoever is signed in. */
  own: readonly Waiting[];
  /** What others found out and have not sent: they must sign in here. */
  others: readonly Waiting[];
  /** `false`: it is lost when the page is closed. */
  isKept: boolean;
}

export interface Outbox extends Watched<Held> {
  add(waiting: Waiting): void;
  drop(id: string): void;
  start(): void;
  stop(): void;
}

/**
 * Keeps what was found out until the server has it, through a network gap and a closed page, and sends it again and again: its
 * id lets it count once.
 */
export function createOutbox({ storage, username, deliver }: OutboxDeps): Outbox {
  const listeners = new Set<() => void>();
  let all: readonly Waiting[] = readFrom(storage);
  let held = heldIn(true);
  let timer: ReturnType<typeof setInterval> | undefined;
  let isSending = false;

  function heldIn(isKept: boolean): Held {
    const { own = [], others = [] } = Object.groupBy(all, (one) =>
      one.username === username ? 'own' : 'others',
    );
    return { own, others, isKept };
  }
  function change(by: (waiting: readonly Waiting[]) => readonly Waiting[]) {
    all = by(mergedWith(readFrom(storage), all));
    held = heldIn(keepIn(storage, all));
    for (const listener of listeners) listener();
  }
  const drop = (id: string) => {
    all = all.filter(({ body }) => body.id !== id);
    change((waiting) => waiting.filter(({ body }) => body.id !== id));
  };
  async function send() {
    if (isSending) return;
    isSending = true;
    for (const one of held.own.filter(({ refused }) => refused === undefined)) {
      const delivery = await deliver(one);
      if (delivery.kind === 'later') break;
      if (delivery.kind === 'stored') drop(one.body.id);
      else change((waiting) => waiting.map((w) => refusedIf(w, one.body.id, delivery.code)));
    }
    isSending = false;
  }
  const sendNow = () => void send();
  return {
    read: () => held,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(one) {
      change((waiting) => [...waiting, one]);
      sendNow();
    },
    drop,
    start() {
      timer = setInterval(sendNow, AGAIN_MS);
      addEventListener('online', sendNow);
      sendNow();
    },
    stop() {
      clearInterval(timer);
      removeEventListener('online', sendNow);
    },
  };
}

const refusedIf = (waiting: Waiting, id: string, code: string): Waiting =>
  waiting.body.id === id ? { ...waiting, refused: code } : waiting;

/** What another window of this telephone added meanwhile stays. */
const mergedWith = (stored: readonly Waiting[], mine: readonly Waiting[]): Waiting[] => [
  ...new Map([...stored, ...mine].map((one) => [one.body.id, one])).values(),
];

/** Everything that waits on this telephone, whoever found it out. */
export function readFrom(storage: Pick<Storage, 'getItem'>): Waiting[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keepIn(storage: OutboxDeps['storage'], waiting: readonly Waiting[]): boolean {
  try {
    storage.setItem(KEPT_AS, JSON.stringify(waiting));
    return true;
  } catch (error) {
    console.warn('What waits to be sent is kept only as long as this page is open.', error);
    return false;
  }
}

/** An id that nobody else draws. `crypto.randomUUID` is missing where the page came without https. */
export const drawId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
