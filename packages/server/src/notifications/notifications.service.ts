import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { messageOf } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { MailDriver } from './mail.driver.ts';
import type { Letter, NewLetter, NotificationsStore } from './notifications.store.ts';

interface NotificationsDeps {
  db: Database;
  store: NotificationsStore;
  mail: MailDriver;
  jobs: Jobs;
  events: EventBus;
  clock: Clock;
  log: Log;
}

/** Called in the transaction that marks a message as sent. */
export type SentHandler = (letter: Letter, tx: Database) => Promise<void>;

/** From 2 s, doubling to an hour: a mail server that is down for a week loses nothing. */
const queueName = 'deliver-message';
const patience = { retries: 200, firstDelaySeconds: 2, maxDelaySeconds: 3600 };

export function createNotificationsService({
  db,
  store,
  mail,
  jobs,
  events,
  clock,
  log,
}: NotificationsDeps) {
  const onSent: SentHandler[] = [];

  function tell(letter: Letter): void {
    const { text: _text, html: _html, ...message } = letter;
    events.emit('message', message);
  }

  /** Sends one message unless it was sent; a repeated job after a crash sends nothing twice that we know of. */
  async function deliver(id: string): Promise<void> {
    const letter = await store.find(id);
    if (!letter || letter.status === 'sent') return;
    try {
      await mail.send(letter);
    } catch (error) {
      log.warn(
        { message: id, error: messageOf(error) },
        'a message could not be sent; it will be tried again',
      );
      tell(await store.saveAttempt(id, clock.now(), messageOf(error), db));
      throw error;
    }
    const sent = await db.transaction(async (tx) => {
      const saved = await store.saveAttempt(id, clock.now(), null, tx);
      for (const handler of onSent) await handler(saved, tx);
      return saved;
    });
    tell(sent);
    log.info({ message: id }, 'a message was sent');
  }

  jobs.work({ name: queueName, ...patience }, ({ id }) => deliver(id));

  return {
    onSent: (handler: SentHandler): void => void onSent.push(handler),
    queue: async (letter: NewLetter, tx: Database): Promise<void> => {
      if (await store.add(letter, clock.now(), tx)) await jobs.add(queueName, letter.id, tx);
    },
  };
}
