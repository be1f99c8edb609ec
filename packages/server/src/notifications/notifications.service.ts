import type { Message } from '@vigie/contracts/notifications';
import { Channel, shownAddress } from '@vigie/contracts/recipients';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { JobQueue, Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { Carrier, Letter, NewLetter } from './letter.ts';
import type { NotificationsStore } from './notifications.store.ts';

interface NotificationsDeps {
  db: Database;
  store: NotificationsStore;
  carriers: Readonly<Record<Channel, Carrier>>;
  jobs: Jobs;
  events: EventBus;
  clock: Clock;
  log: Log;
}

/** Called in the transaction that marks a message as sent. */
export type SentHandler = (letter: Letter, tx: Database) => Promise<void>;

/** From 2 s, doubling to an hour: a server outside that is down for a week loses nothing. */
const patience: Omit<JobQueue, 'name'> = {
  retries: 200,
  firstDelaySeconds: 2,
  maxDelaySeconds: 3600,
};

/** A queue for each channel: a mail server that stalls must not hold up the SMS that is sent because of it. */
const queueOf = (channel: Channel): string =>
  channel === 'mail' ? 'deliver-message' : `deliver-${channel}`;

export function createNotificationsService({
  db,
  store,
  carriers,
  jobs,
  events,
  clock,
  log,
}: NotificationsDeps) {
  const onSent: SentHandler[] = [];

  function tell(letter: Letter): void {
    const { text: _text, html: _html, data: _data, ...message } = letter;
    events.emit('message', shown(message));
  }

  async function saveFailure({ id, attempts }: Letter, error: string): Promise<void> {
    const isLast = attempts > patience.retries;
    if (isLast) log.error({ message: id, error }, 'a message was given up. Tell its recipient');
    else log.warn({ message: id, error }, 'a message could not be sent; it will be tried again');
    tell(await store.saveAttempt({ id, at: clock.now(), error, isLast }, db));
  }

  /** Sends one message unless it was sent; a repeated job after a crash sends nothing twice that we know of. */
  async function deliver(id: string): Promise<void> {
    const letter = await store.claim(id);
    if (!letter) return;
    try {
      await carriers[letter.channel].send(letter);
    } catch (error) {
      await saveFailure(letter, messageOf(error));
      throw error;
    }
    const sent = await db.transaction(async (tx) => {
      const saved = await store.saveAttempt({ id, at: clock.now() }, tx);
      for (const handler of onSent) await handler(saved, tx);
      return saved;
    });
    tell(sent);
    log.info({ message: id }, 'a message was sent');
  }

  for (const channel of Channel.options)
    jobs.work({ name: queueOf(channel), ...patience }, ({ id }) => deliver(id));

  return {
    onSent: (handler: SentHandler): void => void onSent.push(handler),
    queue: async (letter: NewLetter, tx: Database): Promise<void> => {
      if (await store.add(letter, clock.now(), tx))
        await jobs.add(queueOf(letter.channel), letter.id, tx);
    },
    list: async (): Promise<Message[]> => (await store.list(200)).map(shown),
  };
}

/** What people see of a message: an address that may be a secret is cut. */
const shown = (message: Message): Message => ({
  ...message,
  recipient: shownAddress({ channel: message.channel, address: message.recipient }),
});
