import { Message } from '@vigie/contracts/notifications';
import * as z from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import { createMailDriver } from './mail.driver.ts';
import { createNotificationsService, type SentHandler } from './notifications.service.ts';
import { createNotificationsStore, type NewLetter } from './notifications.store.ts';

interface NotificationsDeps {
  db: Database;
  jobs: Jobs;
  events: EventBus;
  clock: Clock;
  log: Log;
  smtpUrl: string | undefined;
  from: string;
}

/** Messages to people outside: the police station first. */
export interface Notifications {
  /** Writes a message in the caller's transaction; the same id twice is one message. */
  queue(letter: NewLetter, tx: Database): Promise<void>;
  /** `handler` runs in the transaction that marks a message as sent. */
  onSent(handler: SentHandler): void;
  routes(http: Http): void;
  stop(): void;
}

export function createNotifications({
  db,
  jobs,
  events,
  clock,
  log,
  smtpUrl,
  from,
}: NotificationsDeps): Notifications {
  const store = createNotificationsStore(db);
  const mail = createMailDriver({ url: smtpUrl, from });
  const service = createNotificationsService({ db, store, mail, jobs, events, clock, log });
  return {
    queue: service.queue,
    onSent: service.onSent,
    routes: (http) => {
      http.get(
        '/api/v1/messages',
        { config: { access: 'messages.read' }, schema: { response: { 200: z.array(Message) } } },
        () => store.list(200),
      );
    },
    stop: mail.stop,
  };
}
