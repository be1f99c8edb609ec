import { Message } from '@vigie/contracts/notifications';
import type { Channel } from '@vigie/contracts/recipients';
import * as z from 'zod';
import type { Bus } from '../platform/bus.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { Unavailable } from '../platform/errors.ts';
import type { EventBus } from '../platform/events.ts';
import type { Http } from '../platform/http.ts';
import type { Jobs } from '../platform/jobs.ts';
import type { Log } from '../platform/log.ts';
import type { Outgoing } from '../platform/outgoing.driver.ts';
import type { SealedAddresses } from '../platform/sealed-addresses.ts';
import type { Carrier, NewLetter } from './letter.ts';
import { createMailDriver } from './mail.driver.ts';
import { createMqttCarrier } from './notifications.mqtt.ts';
import { createNotificationsService, type SentHandler } from './notifications.service.ts';
import { createNotificationsStore } from './notifications.store.ts';
import { createOvhSms } from './ovh-sms.driver.ts';
import { createSmsGateway } from './sms-gateway.driver.ts';
import { createWebhookDriver } from './webhook.driver.ts';

export { notificationsOldData, notificationsSealedData } from './notifications.store.ts';
export { notificationsPersonData } from './notifications-person.store.ts';

/** How messages go out. */
export type ChannelSettings = Pick<
  Config,
  | 'SMTP_URL'
  | 'VIGIE_MAIL_FROM'
  | 'VIGIE_CASE_WEBHOOK_SECRET'
  | 'VIGIE_SMS_URL'
  | 'VIGIE_SMS_METHOD'
  | 'VIGIE_SMS_HEADER'
  | 'VIGIE_SMS_BODY'
  | 'VIGIE_OVH_URL'
  | 'VIGIE_OVH_APP_KEY'
  | 'VIGIE_OVH_APP_SECRET'
  | 'VIGIE_OVH_CONSUMER_KEY'
  | 'VIGIE_OVH_SMS_SERVICE'
  | 'VIGIE_OVH_SMS_SENDER'
>;

interface NotificationsDeps {
  db: Database;
  jobs: Jobs;
  bus: Pick<Bus, 'publish'>;
  events: EventBus;
  clock: Clock;
  log: Log;
  settings: ChannelSettings;
  outgoing: Pick<Outgoing, 'ask' | 'askAsSet'>;
  publicUrl: string;
  addresses: SealedAddresses;
}

/** Messages to people outside: the police station first. */
export interface Notifications {
  /** Writes a message in the caller's transaction; the same id twice is one message. */
  queue(letter: NewLetter, tx: Database): Promise<void>;
  /** All messages about the cases, oldest first, by case, with full addresses. */
  ofCases(caseIds: readonly string[], tx: Database): Promise<Map<string, Message[]>>;
  /** Messages about a case that did not go out yet never will. `kinds`: of the messages. */
  withdraw(caseId: string, kinds: readonly string[], tx: Database): Promise<void>;
  /** `handler` runs in the transaction that marks a message as sent. */
  onSent(handler: SentHandler): void;
  routes(http: Http): void;
  stop(): void;
}

export function createNotifications({
  settings,
  outgoing,
  publicUrl,
  bus,
  addresses,
  ...deps
}: NotificationsDeps): Notifications {
  const store = createNotificationsStore(deps.db, addresses);
  const carriers: Readonly<Record<Channel, Carrier>> = {
    mail: createMailDriver({ url: settings.SMTP_URL, from: settings.VIGIE_MAIL_FROM }),
    sms: smsCarrier(settings, outgoing),
    webhook: createWebhookDriver({
      ask: outgoing.ask,
      secret: settings.VIGIE_CASE_WEBHOOK_SECRET,
      source: publicUrl,
      now: deps.clock.now,
    }),
    mqtt: createMqttCarrier(bus),
  };
  const service = createNotificationsService({ ...deps, store, carriers });
  return {
    queue: service.queue,
    ofCases: store.ofCases,
    withdraw: store.withdraw,
    onSent: service.onSent,
    routes: (http) => {
      http.get(
        '/api/v1/messages',
        { config: { access: 'messages.read' }, schema: { response: { 200: z.array(Message) } } },
        service.list,
      );
    },
    stop: () => Object.values(carriers).forEach((carrier) => void carrier.stop()),
  };
}

/** OVHcloud where its keys are set, else the gateway. */
function smsCarrier(settings: ChannelSettings, { askAsSet }: Pick<Outgoing, 'askAsSet'>): Carrier {
  const {
    VIGIE_OVH_APP_KEY: appKey,
    VIGIE_OVH_APP_SECRET: appSecret,
    VIGIE_OVH_CONSUMER_KEY: consumerKey,
    VIGIE_OVH_SMS_SERVICE: service,
    VIGIE_OVH_SMS_SENDER: sender,
  } = settings;
  if (appKey && appSecret && consumerKey && service) {
    const url = settings.VIGIE_OVH_URL;
    const account = { url, appKey, appSecret, consumerKey, service, sender };
    return createOvhSms(account, askAsSet(url));
  }
  const { VIGIE_SMS_URL, VIGIE_SMS_METHOD, VIGIE_SMS_HEADER, VIGIE_SMS_BODY } = settings;
  if (VIGIE_SMS_URL === undefined) return noSms;
  const gateway = {
    url: VIGIE_SMS_URL,
    method: VIGIE_SMS_METHOD,
    header: VIGIE_SMS_HEADER,
    body: VIGIE_SMS_BODY,
  };
  return createSmsGateway(gateway, askAsSet(VIGIE_SMS_URL));
}

const noSms: Carrier = {
  send: async () => {
    throw new Unavailable(
      'platform/unavailable',
      'No way to send an SMS is set. Set VIGIE_SMS_URL or the VIGIE_OVH settings; the message waits.',
    );
  },
  stop: () => undefined,
};
